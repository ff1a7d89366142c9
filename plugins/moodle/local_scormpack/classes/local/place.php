<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Where packages go: a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../compat.php');

use core_external\external_api;

/**
 * Finds the course that a call is about.
 */
class place {
    /**
     * The course, in which the caller may be and, unless told otherwise, may load packages.
     *
     * @param int $courseid its number, or 0
     * @param string $idnumber its ID number, or nothing; exactly one of the two is given
     * @param bool $manage whether the caller has to have the capability
     * @return \stdClass row of the table course
     * @throws refusal nocourse
     * @throws \moodle_exception Moodle's own, if the caller may not
     */
    public static function course(int $courseid, string $idnumber, bool $manage = true): \stdClass {
        $course = self::find($courseid, $idnumber);
        $context = \context_course::instance($course->id);
        external_api::validate_context($context);
        if ($manage) {
            require_capability('local/scormpack:manage', $context);
        }
        return $course;
    }

    /**
     * The one course that bears this number or this ID number. The front page is none.
     *
     * @param int $courseid
     * @param string $idnumber
     * @return \stdClass
     * @throws refusal nocourse
     */
    private static function find(int $courseid, string $idnumber): \stdClass {
        global $DB;
        if (($courseid === 0) === ($idnumber === '')) {
            throw new refusal('nocourse');
        }
        $found = $DB->get_records('course', $courseid ? ['id' => $courseid] : ['idnumber' => $idnumber], 'id', '*', 0, 2);
        $course = reset($found);
        if (count($found) !== 1 || (int) $course->id === (int) SITEID) {
            throw new refusal('nocourse');
        }
        return $course;
    }
}
