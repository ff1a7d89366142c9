<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Making and changing an activity. What goes wrong in between is left as it is, as in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack_tests\site;

require_once(__DIR__ . '/../mod/scorm/locallib.php');

function prepare_new_moduleinfo_data($course, $modulename, $section) {
    require_capability('moodle/course:manageactivities', context_course::instance($course->id));
    $info = (object) ['course' => $course->id, 'modulename' => $modulename, 'section' => $section, 'visible' => '1',
        'completion' => 1, 'completionstatusrequired' => [4 => 1], 'options' => ''];
    return [null, null, null, null, $info];
}

function get_moduleinfo_data($cm, $course) {
    global $DB;
    $info = $DB->get_record('scorm', ['id' => $cm->instance]);
    $info->coursemodule = $cm->id;
    $info->instance = $cm->instance;
    $info->cmidnumber = $cm->idnumber;
    $info->completion = $cm->completion;
    $info->gradepass = '0,00';
    return [$cm, null, null, $info, null];
}

function add_moduleinfo($info, $course) {
    global $DB;
    $transaction = $DB->start_delegated_transaction();
    $cm = ['course' => $course->id, 'modname' => $info->modulename, 'idnumber' => $info->cmidnumber, 'instance' => 0,
        'visible' => $info->visible, 'sectionnum' => $info->section, 'deletioninprogress' => 0];
    $completion = $course->enablecompletion ? local_scormpack_tests_completion($info) : ['completion' => 0];
    $info->coursemodule = $DB->insert_record('course_modules', $cm + $completion + local_scormpack_tests_completion(null));
    $instance = scorm_add_instance($info);
    $DB->update_record('course_modules', (object) ['id' => $info->coursemodule, 'instance' => $instance]);
    site::happens('added', $info);
    $transaction->allow_commit();
    return $info;
}

function update_moduleinfo($cm, $info, $course) {
    global $DB;
    if (isset($info->gradepass)) {
        throw new moodle_exception('dmlwriteexception', 'error', '', $info->gradepass);
    }
    if ($course->enablecompletion && !empty($info->completionunlocked)) {
        $DB->update_record('course_modules', (object) (['id' => $cm->id] + local_scormpack_tests_completion($info)));
        site::$reset[] = (int) $cm->id;
    }
    scorm_update_instance($info);
    site::happens('updated', $info);
    return [$cm, $info];
}

/**
 * The fields of a course module about completion.
 */
function local_scormpack_tests_completion($info) {
    $fields = ['completion' => 0, 'completionview' => 0, 'completiongradeitemnumber' => null, 'completionpassgrade' => 0];
    return array_intersect_key((array) $info, $fields) + $fields;
}
