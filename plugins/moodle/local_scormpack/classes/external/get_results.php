<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Lists what learners have achieved.
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
use local_scormpack\local\people;
use local_scormpack\local\place;
use local_scormpack\local\refusal;
use local_scormpack\local\results;

/**
 * Lists what learners have achieved in the packages of a course, a page at a time.
 */
class get_results extends external_api {
    /** The most that one page may hold. */
    private const MOST = 2000;

    /**
     * What it takes.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'Number of the course, or 0'),
            'courseidnumber' => new external_value(PARAM_RAW, 'ID number of the course, or nothing'),
            'package' => new external_value(PARAM_ALPHANUMEXT, 'Identifier of a package; nothing for all', VALUE_DEFAULT, ''),
            'after' => new external_value(PARAM_ALPHANUMEXT, 'What the page before gave as next', VALUE_DEFAULT, ''),
            'limit' => new external_value(PARAM_INT, 'How many at most, from 1 to 2000', VALUE_DEFAULT, 500),
        ]);
    }

    /**
     * List what learners have achieved.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @param string $package
     * @param string $after
     * @param int $limit
     * @return array
     * @throws refusal nosuchpackage, besides those of a place
     */
    public static function execute($courseid, $courseidnumber, $package = '', $after = '', $limit = 500): array {
        $given = self::validate_parameters(self::execute_parameters(), [
            'courseid' => $courseid, 'courseidnumber' => $courseidnumber, 'package' => $package, 'after' => $after,
            'limit' => $limit,
        ]);
        $course = place::course($given['courseid'], $given['courseidnumber']);
        $limit = $given['limit'];
        if ($limit < 1 || $limit > self::MOST) {
            throw new \invalid_parameter_exception('limit');
        }
        // One more than asked for says whether there is a next page.
        $rows = self::rows(self::activities($course, $given['package']), self::place($given['after']), $limit + 1);
        $page = array_slice($rows, 0, $limit);
        return [
            'results' => (new people($course))->name($page),
            'next' => count($rows) > $limit ? self::mark(end($page)) : '',
        ];
    }

    /**
     * The activities that are asked about, in an order that does not change when a teacher moves one.
     *
     * @param \stdClass $course
     * @param string $package
     * @return results[] by the number of the course module
     */
    private static function activities(\stdClass $course, string $package): array {
        $activities = $package === '' ? activity::all($course) : array_filter([activity::find($course, $package)]);
        if ($package !== '' && !$activities) {
            throw new refusal('nosuchpackage', $package);
        }
        $results = [];
        foreach ($activities as $activity) {
            $results[(int) $activity->cm->id] = new results($activity);
        }
        ksort($results);
        return $results;
    }

    /**
     * The rows after a place.
     *
     * @param results[] $activities
     * @param int[] $place course module, learner and attempt
     * @param int $limit
     * @return array[]
     */
    private static function rows(array $activities, array $place, int $limit): array {
        [$from, $userid, $attempt] = $place;
        $rows = [];
        foreach ($activities as $cmid => $results) {
            if ($cmid >= $from && count($rows) < $limit) {
                $begun = $cmid === $from ? [$userid, $attempt] : [0, 0];
                $rows = array_merge($rows, $results->after($begun[0], $begun[1], $limit - count($rows)));
            }
        }
        return $rows;
    }

    /**
     * The place that a mark means.
     *
     * @param string $after
     * @return int[] course module, learner and attempt
     */
    private static function place(string $after): array {
        if ($after === '') {
            return [0, 0, 0];
        }
        if (!preg_match('/^(\d{1,10})-(\d{1,10})-(\d{1,10})$/D', $after, $found)) {
            throw new \invalid_parameter_exception('after');
        }
        return array_map('intval', array_slice($found, 1));
    }

    /**
     * The mark of a row.
     *
     * @param array $row
     * @return string
     */
    private static function mark(array $row): string {
        return "{$row['cmid']}-{$row['userid']}-{$row['attempt']}";
    }

    /**
     * What it gives.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        $result = new external_single_structure([
            'userid' => new external_value(PARAM_INT, 'The learner'),
            'idnumber' => new external_value(PARAM_RAW, 'ID number of the learner'),
            'username' => new external_value(PARAM_RAW, 'User name of the learner'),
            'fullname' => new external_value(PARAM_RAW, 'Name of the learner'),
            'email' => new external_value(PARAM_RAW, 'Email address of the learner'),
            'package' => new external_value(PARAM_RAW, 'Identifier of the package'),
            'cmid' => new external_value(PARAM_INT, 'The course module'),
            'attempt' => new external_value(PARAM_INT, 'Number of the attempt'),
            'status' => new external_value(PARAM_RAW, 'passed, failed, completed, incomplete, browsed or notattempted'),
            'score' => new external_value(PARAM_FLOAT, 'Score, or null', VALUE_REQUIRED, null, NULL_ALLOWED),
            'seconds' => new external_value(PARAM_INT, 'Time spent'),
            'started' => new external_value(PARAM_INT, 'When it was begun, or 0'),
            'last' => new external_value(PARAM_INT, 'When something was last saved, or 0'),
            'version' => new external_value(PARAM_RAW, 'Version that was there then; nothing if it is not known'),
        ]);
        return new external_single_structure([
            'results' => new external_multiple_structure($result, 'One for each learner, activity and attempt'),
            'next' => new external_value(PARAM_RAW, 'What to give as after for the next page; nothing at the end'),
        ]);
    }
}
