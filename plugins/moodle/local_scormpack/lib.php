<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What the plugin adds to pages of Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

/**
 * Put the packages of a course into its navigation, for those who may load packages.
 *
 * @param navigation_node $navigation
 * @param stdClass $course
 * @param context $context
 */
function local_scormpack_extend_navigation_course(navigation_node $navigation, stdClass $course, context $context): void {
    if ((int) $course->id !== (int) SITEID && has_capability('local/scormpack:manage', $context)) {
        $url = new moodle_url('/local/scormpack/overview.php', ['id' => $course->id]);
        $icon = new pix_icon('i/report', '');
        $navigation->add(get_string('packages', 'local_scormpack'), $url, navigation_node::TYPE_SETTING, null,
            'local_scormpack', $icon);
    }
}
