<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Lists the packages in a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\external;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../compat.php');

use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use local_scormpack\local\activity;
use local_scormpack\local\place;
use local_scormpack\local\tracks;

/**
 * Lists the packages in a course: version, checksum, since when, how many learners.
 */
class get_packages extends external_api {
    /**
     * What it takes.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'Number of the course, or 0'),
            'courseidnumber' => new external_value(PARAM_RAW, 'ID number of the course, or nothing'),
        ]);
    }

    /**
     * List the packages in a course.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @return array
     */
    public static function execute($courseid, $courseidnumber): array {
        $given = self::validate_parameters(self::execute_parameters(), [
            'courseid' => $courseid, 'courseidnumber' => $courseidnumber,
        ]);
        $course = place::course($given['courseid'], $given['courseidnumber']);
        $activities = activity::all($course);
        $counts = tracks::counts(array_column($activities, 'scorm'));
        return [
            'courseid' => (int) $course->id,
            'course' => $course->fullname,
            'packages' => array_map(fn($activity) => self::package($activity, $counts[$activity->scorm->id]), $activities),
        ];
    }

    /**
     * What there is to say about a package.
     *
     * @param activity $activity
     * @param int[] $counts
     * @return array
     */
    private static function package(activity $activity, array $counts): array {
        return [
            'cmid' => (int) $activity->cm->id,
            'package' => $activity->package,
            'name' => $activity->scorm->name,
            'section' => (int) $activity->cm->sectionnum,
            'visible' => (bool) $activity->cm->visible,
            'standard' => $activity->standard(),
            'version' => $activity->version(),
            'sha256' => $activity->sha256(),
            'since' => $activity->since(),
            'learners' => $counts['learners'],
            'partway' => $counts['partway'],
            'changedbyhand' => $activity->changedbyhand(),
            'completion' => $activity->completion(),
            'url' => $activity->url(),
        ];
    }

    /**
     * What it gives.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        $package = new external_single_structure([
            'cmid' => new external_value(PARAM_INT, 'The course module'),
            'package' => new external_value(PARAM_RAW, 'Identifier of the package'),
            'name' => new external_value(PARAM_RAW, 'Name of the activity'),
            'section' => new external_value(PARAM_INT, 'Number of the section'),
            'visible' => new external_value(PARAM_BOOL, 'Whether learners see it'),
            'standard' => new external_value(PARAM_RAW, '1.2 or 2004'),
            'version' => new external_value(PARAM_RAW, 'Version of the package'),
            'sha256' => new external_value(PARAM_RAW, 'SHA-256 of its file'),
            'since' => new external_value(PARAM_INT, 'When it was loaded, or 0'),
            'learners' => new external_value(PARAM_INT, 'Learners with attempts'),
            'partway' => new external_value(PARAM_INT, 'Learners who are not through'),
            'changedbyhand' => new external_value(PARAM_BOOL, 'Whether another file was put there by hand'),
            'completion' => new external_value(PARAM_ALPHA, 'passed, completed, either or other'),
            'url' => new external_value(PARAM_RAW, 'Address of the activity'),
        ]);
        return new external_single_structure([
            'courseid' => new external_value(PARAM_INT, 'The course'),
            'course' => new external_value(PARAM_RAW, 'Its name'),
            'packages' => new external_multiple_structure($package, 'In the order of the course'),
        ]);
    }
}
