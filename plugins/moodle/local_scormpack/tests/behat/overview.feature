@local @local_scormpack
Feature: See which training packages are in a course
  In order to know what learners have before them
  As a teacher
  I need to see which version of each package is there, and how many learners are part-way

  Background:
    Given the following "courses" exist:
      | fullname     | shortname |
      | Care at home | HC-2024   |
    And the following "users" exist:
      | username | firstname | lastname |
      | tess     | Tess      | Teacher  |
      | amina    | Amina     | Hussain  |
    And the following "course enrolments" exist:
      | user  | course  | role           |
      | tess  | HC-2024 | editingteacher |
      | amina | HC-2024 | student        |

  Scenario: A course without packages says so
    Given I am on the "HC-2024" "Course" page logged in as "tess"
    When I navigate to "Training packages" in current page administration
    Then I should see "This course has no training packages yet."

  @javascript @accessibility
  Scenario: A teacher sees the version of a package
    Given the following "local_scormpack > loads" exist:
      | course  | package       | version |
      | HC-2024 | may-have-died | 1.0.0   |
      | HC-2024 | may-have-died | 1.1.0   |
    And I am on the "HC-2024" "Course" page logged in as "tess"
    When I navigate to "Training packages" in current page administration
    Then I should see "1.1.0" in the "May have died" "table_row"
    And I should see "SCORM 1.2" in the "May have died" "table_row"
    And I should not see "1.0.0"
    And the page should meet accessibility standards
    And I click on "May have died" "link" in the "May have died" "table_row"
    And "Enter" "button" should exist

  Scenario: A learner does not see it
    When I am on the "HC-2024" "Course" page logged in as "amina"
    Then "Training packages" "link" should not exist

  Scenario: An administrator finds the courses with packages
    Given the following "local_scormpack > loads" exist:
      | course  | package       | version |
      | HC-2024 | may-have-died | 1.0.0   |
    And I log in as "admin"
    When I navigate to "Reports > Courses with training packages" in site administration
    Then I should see "1" in the "Care at home" "table_row"
    And I click on "Care at home" "link" in the "Care at home" "table_row"
    And I should see "May have died"
