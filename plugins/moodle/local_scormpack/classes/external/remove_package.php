<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Removes a package from a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\external;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../compat.php');
require_once($CFG->dirroot . '/course/lib.php');

use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_single_structure;
use core_external\external_value;
use local_scormpack\event\package_removed;
use local_scormpack\local\activity;
use local_scormpack\local\lock;
use local_scormpack\local\place;
use local_scormpack\local\refusal;
use local_scormpack\local\tracks;

/**
 * Removes the activity of a package, if no learner has begun it or if told twice.
 */
class remove_package extends external_api {
    /**
     * What it takes.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'Number of the course, or 0'),
            'courseidnumber' => new external_value(PARAM_RAW, 'ID number of the course, or nothing'),
            'package' => new external_value(PARAM_ALPHANUMEXT, 'Identifier of the package'),
            'evenwithattempts' => new external_value(PARAM_BOOL, 'Whether attempts may go with it', VALUE_DEFAULT, false),
        ]);
    }

    /**
     * Remove a package from a course.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @param string $package
     * @param bool $evenwithattempts
     * @return array
     * @throws refusal nosuchpackage, hasattempts or busy, besides those of a place
     */
    public static function execute($courseid, $courseidnumber, $package, $evenwithattempts = false): array {
        $given = self::validate_parameters(self::execute_parameters(), [
            'courseid' => $courseid, 'courseidnumber' => $courseidnumber, 'package' => $package,
            'evenwithattempts' => $evenwithattempts,
        ]);
        $course = place::course($given['courseid'], $given['courseidnumber']);
        return lock::hold($course, $given['package'], fn() =>
            self::remove($course, $given['package'], $given['evenwithattempts']));
    }

    /**
     * Remove the activity, unless attempts would go with it and may not.
     *
     * @param \stdClass $course
     * @param string $package
     * @param bool $evenwithattempts
     * @return array
     */
    private static function remove(\stdClass $course, string $package, bool $evenwithattempts): array {
        $activity = activity::find($course, $package);
        if (!$activity) {
            throw new refusal('nosuchpackage', $package);
        }
        require_capability('moodle/course:manageactivities', \context_module::instance($activity->cm->id));
        $learners = tracks::learners($activity->scorm);
        if ($learners && !$evenwithattempts) {
            throw new refusal('hasattempts', $learners);
        }
        course_delete_module($activity->cm->id);
        package_removed::of($course, $package, ['cmid' => (int) $activity->cm->id, 'learners' => $learners])->trigger();
        return ['removed' => true, 'cmid' => (int) $activity->cm->id, 'learners' => $learners];
    }

    /**
     * What it gives.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'removed' => new external_value(PARAM_BOOL, 'Whether it is gone'),
            'cmid' => new external_value(PARAM_INT, 'The course module that it was'),
            'learners' => new external_value(PARAM_INT, 'Learners whose attempts have gone with it'),
        ]);
    }
}
