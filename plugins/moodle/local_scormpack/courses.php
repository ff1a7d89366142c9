<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The courses that hold packages.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

require_once(__DIR__ . '/../../config.php');
require_once($CFG->libdir . '/adminlib.php');

admin_externalpage_setup('local_scormpack_courses');

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('courses', 'local_scormpack'), 2, null, 'local_scormpack-title');
$page = new \local_scormpack\output\courses();
echo $OUTPUT->render_from_template('local_scormpack/courses', $page->export_for_template($OUTPUT));
echo $OUTPUT->footer();
