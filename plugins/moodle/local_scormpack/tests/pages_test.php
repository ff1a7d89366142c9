<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Pages, the site and privacy in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack;

use local_scormpack\external\get_site;
use local_scormpack\output\courses;
use local_scormpack\output\overview;
use local_scormpack\privacy\provider;

defined('MOODLE_INTERNAL') || die();

/**
 * What people and machines are shown of the site and its courses.
 *
 * @covers \local_scormpack\external\get_site
 * @covers \local_scormpack\output\overview
 * @covers \local_scormpack\output\courses
 * @covers \local_scormpack\privacy\provider
 */
final class pages_test extends \advanced_testcase {
    /** @var \stdClass the course */
    private \stdClass $course;
    /** @var \local_scormpack_generator */
    private \local_scormpack_generator $generator;

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->generator = $this->getDataGenerator()->get_plugin_generator('local_scormpack');
        $this->course = $this->getDataGenerator()->create_course(['fullname' => 'Care & home', 'enablecompletion' => 1,
            'idnumber' => 'HC-2024']);
        $this->setAdminUser();
    }

    public function test_overview(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $this->generator->play($cmid, $learner, ['cmi.core.lesson_status' => 'incomplete']);
        set_coursemodule_visible($cmid, 0);
        $page = $this->render('overview', new overview($this->course));
        $cells = array_map('trim', explode('|', preg_replace('/\s*<[^>]*>\s*/', '|', $page)));
        $words = array_values(array_filter($cells, fn($cell) => $cell !== ''));
        $since = userdate(time(), get_string('strftimedatetimeshort', 'langconfig'));
        $this->assertSame(['Activity', 'Version', 'Learners', 'Part-way', 'Inside now', 'May have died',
            'Hidden from learners', '1.0.0', 'SCORM 1.2', "since $since", '1', '1', '1'], array_slice($words, 0, 13));
    }

    public function test_overview_of_nothing(): void {
        $page = $this->render('overview', new overview($this->course));
        $this->assertStringContainsString('This course has no training packages yet.', $page);
        $this->assertStringNotContainsString('<table', $page);
    }

    public function test_overview_of_two_of_the_same(): void {
        global $DB;
        $this->generator->put($this->course);
        $other = $this->generator->put($this->course, ['package' => 'other'])['cmid'];
        $DB->set_field('course_modules', 'idnumber', 'scormpack:may-have-died', ['id' => $other]);
        rebuild_course_cache($this->course->id);
        $page = $this->render('overview', new overview($this->course));
        $this->assertStringContainsString(s(get_string('twice', 'local_scormpack', 'may-have-died')), $page);
    }

    public function test_courses(): void {
        $this->assertStringContainsString('No course holds a training package yet.', $this->render('courses', new courses()));
        $this->generator->put($this->course);
        $this->getDataGenerator()->create_module('scorm', ['course' => $this->course->id, 'cmidnumber' => 'scormpacked']);
        $page = $this->render('courses', new courses());
        $this->assertStringContainsString('/local/scormpack/overview.php?id=' . $this->course->id . '">Care &amp; home</a>', $page);
        $this->assertMatchesRegularExpression('/<td>\s*1\s*<\/td>/', $page);
    }

    public function test_navigation(): void {
        global $CFG;
        require_once($CFG->dirroot . '/local/scormpack/lib.php');
        $context = \context_course::instance($this->course->id);
        $has = function () use ($context): bool {
            $node = new \navigation_node('course');
            local_scormpack_extend_navigation_course($node, $this->course, $context);
            return (bool) $node->get('local_scormpack');
        };
        $this->assertTrue($has());
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertFalse($has());
    }

    public function test_site(): void {
        global $CFG;
        set_config('largest', 1000, 'local_scormpack');
        set_config('protectpackagedownloads', 1, 'scorm');
        $site = $this->site();
        $this->assertSame([$CFG->release, (string) $CFG->branch, 1000, true, false, '', 0], [$site['moodle'], $site['branch'],
            $site['maxbytes'], $site['protecteddownloads'], $site['allowed'], $site['course'], $site['courseid']]);
        $this->assertMatchesRegularExpression('/^\d+\.\d+\.\d+$/D', $site['plugin']);
        $course = $this->site(0, 'HC-2024');
        $this->assertSame([true, 'Care & home', (int) $this->course->id, true],
            [$course['allowed'], $course['course'], $course['courseid'], $course['coursecompletion']]);
    }

    public function test_site_for_one_who_may_not_load(): void {
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertFalse($this->site((int) $this->course->id)['allowed']);
        $this->setUser($this->getDataGenerator()->create_user());
        $this->assertSame(0, $this->site()['courseid']);
        $this->expectException(\require_login_exception::class);
        $this->site((int) $this->course->id);
    }

    public function test_privacy(): void {
        $this->assertSame('privacy:metadata', provider::get_reason());
        $this->assertInstanceOf(\core_privacy\local\metadata\null_provider::class, new provider());
        $this->assertTrue(get_string_manager()->string_exists(provider::get_reason(), 'local_scormpack'));
    }

    /**
     * What a page shows.
     *
     * @param string $template
     * @param \templatable $page
     * @return string
     */
    private function render(string $template, \templatable $page): string {
        global $PAGE;
        $output = $PAGE->get_renderer('core');
        return $output->render_from_template("local_scormpack/$template", $page->export_for_template($output));
    }

    /**
     * What is said of the site, in the form in which it is sent.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @return array
     */
    private function site(int $courseid = 0, string $courseidnumber = ''): array {
        return get_site::clean_returnvalue(get_site::execute_returns(), get_site::execute($courseid, $courseidnumber));
    }
}
