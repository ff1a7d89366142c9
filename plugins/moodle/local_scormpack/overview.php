<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The packages in a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

require_once(__DIR__ . '/../../config.php');

$course = get_course(required_param('id', PARAM_INT));
require_login($course);
$context = context_course::instance($course->id);
require_capability('local/scormpack:manage', $context);

$title = get_string('packages', 'local_scormpack');
$PAGE->set_url('/local/scormpack/overview.php', ['id' => $course->id]);
$PAGE->set_pagelayout('incourse');
$PAGE->set_title($title . ' | ' . format_string($course->shortname, true, ['context' => $context]));
$PAGE->set_heading(format_string($course->fullname, true, ['context' => $context]));

echo $OUTPUT->header();
echo $OUTPUT->heading($title, 2, null, 'local_scormpack-title');
$page = new \local_scormpack\output\overview($course);
echo $OUTPUT->render_from_template('local_scormpack/overview', $page->export_for_template($OUTPUT));
echo $OUTPUT->footer();
