<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Removing an activity.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

function course_delete_module($cmid, $async = false) {
    global $DB;
    $cm = $DB->get_record('course_modules', ['id' => $cmid]);
    $DB->delete_records('scorm', ['id' => $cm->instance]);
    $DB->delete_records('course_modules', ['id' => $cmid]);
    require(dirname(__DIR__, 3) . '/local_scormpack/db/events.php');
    foreach ($observers as $observer) {
        $observer['callback'](new \core\event\course_module_deleted($cmid));
    }
}
