<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Courses and what is in them.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack_tests\site;

/**
 * As Moodle's: an activity in a course.
 */
class cm_info {
    /** @var stdClass */
    private $row;

    public function __construct(stdClass $row) {
        $this->row = $row;
    }

    public function __get($name) {
        return $this->row->$name;
    }

    public function get_formatted_name() {
        return $this->row->modname;
    }

    public function get_course() {
        global $DB;
        return $DB->get_record('course', ['id' => $this->row->course]);
    }
}

/**
 * As Moodle's: all activities of a course.
 */
class course_modinfo {
    /** @var int */
    private $courseid;

    public function __construct($courseid) {
        $this->courseid = $courseid;
    }

    public function get_cms() {
        global $DB;
        return array_map(fn($row) => new cm_info($row), $DB->get_records('course_modules', ['course' => $this->courseid]));
    }

    public function get_cm($cmid) {
        return $this->get_cms()[$cmid];
    }

    public function get_section_info($number) {
        return $number < 3 ? (object) ['section' => $number] : null;
    }
}

function get_fast_modinfo($course) {
    return new course_modinfo(is_object($course) ? $course->id : $course);
}

function get_coursemodule_from_id($modname, $cmid, $courseid = 0, $sectionnum = false, $strictness = 0) {
    global $DB;
    return $DB->get_record('course_modules', ['id' => $cmid, 'modname' => $modname], '*', $strictness);
}

function rebuild_course_cache($courseid = 0, $clearonly = false) {
    site::$forgotten[] = "course/$courseid";
}
