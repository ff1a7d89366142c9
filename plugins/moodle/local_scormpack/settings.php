<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What an administrator can set.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

$courses = new moodle_url('/local/scormpack/courses.php');
$ADMIN->add('reports', new admin_externalpage('local_scormpack_courses', new lang_string('courses', 'local_scormpack'),
    $courses, 'local/scormpack:manage'));

if ($hassiteconfig) {
    $settings = new admin_settingpage('local_scormpack', new lang_string('pluginname', 'local_scormpack'));
    $ADMIN->add('localplugins', $settings);

    if ($ADMIN->fulltree) {
        $settings->add(new admin_setting_heading('local_scormpack/courses', '',
            new lang_string('settingsabout', 'local_scormpack', $courses->out())));

        $sizes = get_max_upload_sizes($CFG->maxbytes ?? 0, 0, 0, (int) get_config('local_scormpack', 'largest'));
        $sizes = [0 => new lang_string('largestcourse', 'local_scormpack')] + array_diff_key($sizes, [0 => true]);
        $settings->add(new admin_setting_configselect('local_scormpack/largest', new lang_string('largest', 'local_scormpack'),
            new lang_string('largest_desc', 'local_scormpack'), 0, $sizes));

        $settings->add(new admin_setting_configcheckbox('local_scormpack/names', new lang_string('names', 'local_scormpack'),
            new lang_string('names_desc', 'local_scormpack'), 1));
    }
}
