<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What the plugin says, in English.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

$string['badmanifest'] = 'The file imsmanifest.xml in the package cannot be read: {$a}';
$string['badsetting'] = 'There is no such setting, it has no such value, or it was given twice: {$a}';
$string['badstandard'] = 'Moodle does not take this schemaversion: “{$a}”. It takes 1.2, 1.3, CAM 1.3, 2004 3rd Edition and 2004 4th Edition.';
$string['busy'] = 'The same package is being loaded into this course at this moment. Try again in a minute.';
$string['completionanew'] = 'The rule for completion changes, so Moodle works out anew who has completed the activity.';
$string['hasattempts'] = '{$a} learners have begun this activity. Their attempts would go with it, so it was not removed.';
$string['lookcontent'] = 'A file of the package was not unpacked as it is: {$a}';
$string['lookfile'] = 'The activity does not hold the file that it should.';
$string['looklaunch'] = 'Moodle found nothing in the package that it could start. {$a}';
$string['lookstandard'] = 'Moodle took the package for something else: {$a}';
$string['lostitems'] = 'Learners have progress in parts that the new version no longer has: {$a}';
$string['loststandard'] = 'The new version follows another standard, SCORM 1.2 or SCORM 2004, than the one that is there.';
$string['manifesttype'] = 'it is not in UTF-8, or it has a document type or entities of its own';
$string['manifestword'] = 'an identifier or a title is missing or too long';
$string['nocourse'] = 'There is no such course, or more than one. Give either its number or its ID number.';
$string['nolaunch'] = 'Nothing in the package can be started, or what should be started is missing: {$a}';
$string['nomanifest'] = 'There is no imsmanifest.xml at the root of the package, so it is no SCORM package.';
$string['noroom'] = 'There is no room on this site to look at the package. The administrator has to make some.';
$string['nosuchpackage'] = 'This course has no activity with the package {$a}.';
$string['nosuchsection'] = 'This course has no section {$a}.';
$string['notascorm'] = 'The ID number of this package belongs to an activity of another kind: {$a}';
$string['notazip'] = 'The file that was uploaded is not a zip file that can be opened.';
$string['notjudged'] = 'Whether progress stays was not looked at, because the package was not sent.';
$string['notone'] = 'One uploaded file was expected, and {$a} were found.';
$string['notours'] = 'The package calls itself {$a}, which is not the one that was announced.';
$string['notrestored'] = 'The package could not be loaded, and the activity may not be as it was. Look at it. What happened: {$a}';
$string['noversion'] = 'The manifest has no version, or one that is longer than 100 characters.';
$string['pluginname'] = 'Training packages (scormpack)';
$string['restored'] = 'The package could not be loaded, and everything is as it was. What happened: {$a}';
$string['scormpack:manage'] = 'Load training packages into a course';
$string['toolarge'] = 'The package is larger than it may be: {$a}';
$string['twice'] = 'Two activities in this course have the ID number of the package {$a}. Remove it from one of them.';
$string['unsafezip'] = 'The zip file holds something that is not unpacked: {$a}';
$string['wrongbytes'] = 'What arrived is not what was sent. Send it again.';
$string['zipmany'] = 'more than {$a} files';

// What happened, in the log.
$string['eventloaded'] = 'Training package loaded';
$string['eventrefused'] = 'Training package refused';
$string['eventremoved'] = 'Training package removed';
$string['eventrestored'] = 'Loading of a training package failed';
$string['eventupdated'] = 'Training package updated';

// What it stores about people.
$string['privacy:metadata'] = 'This plugin stores nothing about people. It keeps a list of which package was put into which activity, and when. What learners do is stored by the SCORM activity.';

// The packages in a course, and the courses that hold packages.
$string['aboutnumbers'] = 'Learners: everybody who has opened the activity. Part-way: those who have begun and not finished. Inside now: those who have saved something in the last 30 minutes. Anyone who is inside when a new version arrives finishes the version that they began.';
$string['changedbyhand'] = 'Another file was put here by hand.';
$string['columncourse'] = 'Course';
$string['columninside'] = 'Inside now';
$string['columnlearners'] = 'Learners';
$string['columnname'] = 'Activity';
$string['columnpackages'] = 'Packages';
$string['columnpartway'] = 'Part-way';
$string['columnversion'] = 'Version';
$string['courses'] = 'Courses with training packages';
$string['hidden'] = 'Hidden from learners';
$string['nocourses'] = 'No course holds a training package yet. They appear here once somebody has loaded one with scormpack.';
$string['nopackages'] = 'This course has no training packages yet. They appear here once somebody has loaded one with scormpack. Activities that were made by hand are not listed.';
$string['packages'] = 'Training packages';
$string['since'] = 'since {$a}';
$string['unknown'] = 'Not known';

// What an administrator can set.
$string['largest'] = 'Largest package';
$string['largest_desc'] = 'A larger package is refused. The limits of the course, the site and the server hold as well.';
$string['largestcourse'] = 'As large as the course allows';
$string['names'] = 'Names in results';
$string['names_desc'] = 'Whether results that are fetched from here say who a learner is: full name, user name and email address. Without them, results carry the ID number of the learner and the number of the account only.';
$string['settingsabout'] = 'Packages are loaded into a course, which lists them under “Training packages”. <a href="{$a}">See all courses that hold some</a>.';
