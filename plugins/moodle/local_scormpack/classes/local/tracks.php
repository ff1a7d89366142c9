<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What learners have done in an activity, counted.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Reads the tables in which the SCORM activity keeps what learners do. It has functions for one learner at a time, which is
 * too slow to count thousands.
 */
class tracks {
    /** Statuses, in both standards, after which nothing is left to do. */
    private const THROUGH = ['passed', 'completed', 'failed'];
    /** Where the statuses are. */
    private const STATUSES = ['cmi.core.lesson_status', 'cmi.completion_status', 'cmi.success_status'];
    /** How long after saving something a learner is taken to be inside, in seconds. */
    private const INSIDE = 1800;

    /**
     * What learners did, as a table to select from: userid, scormid, attempt, scoid, element, value, timemodified.
     *
     * Until Moodle 4.2 it was one table, which the update to 4.3 takes away.
     *
     * @return string
     */
    public static function table(): string {
        global $DB;
        if ($DB->get_manager()->table_exists('scorm_scoes_track')) {
            return '{scorm_scoes_track}';
        }
        return '(SELECT a.userid, a.scormid, a.attempt, v.scoid, e.element, v.value, v.timemodified
                   FROM {scorm_attempt} a
                   JOIN {scorm_scoes_value} v ON v.attemptid = a.id
                   JOIN {scorm_element} e ON e.id = v.elementid)';
    }

    /**
     * How many learners have attempts.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return int
     */
    public static function learners(\stdClass $scorm): int {
        return self::count(self::table() . ' t WHERE t.scormid = :scorm', ['scorm' => $scorm->id]);
    }

    /**
     * How many learners have begun, and have no attempt in which every part was finished, well or badly.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return int
     */
    public static function partway(\stdClass $scorm): int {
        global $DB;
        [$elements, $one] = $DB->get_in_or_equal(self::STATUSES, SQL_PARAMS_NAMED, 'element');
        [$values, $other] = $DB->get_in_or_equal(self::THROUGH, SQL_PARAMS_NAMED, 'value');
        $value = $DB->sql_compare_text('p.value', 20);
        $through = '(SELECT p.userid FROM ' . self::table() . " p
                      WHERE p.scormid = :scorm AND p.element $elements AND $value $values
                   GROUP BY p.userid, p.attempt HAVING COUNT(DISTINCT p.scoid) >= :parts) t";
        $parts = max(1, count(activity::parts($scorm)));
        return self::learners($scorm) - self::count($through, ['scorm' => $scorm->id, 'parts' => $parts] + $one + $other);
    }

    /**
     * How many learners have saved something a short while ago.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return int
     */
    public static function inside(\stdClass $scorm): int {
        $where = ' t WHERE t.scormid = :scorm AND t.timemodified > :since';
        return self::count(self::table() . $where, ['scorm' => $scorm->id, 'since' => time() - self::INSIDE]);
    }

    /**
     * The identifiers of the items in which learners have done something.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return string[]
     */
    public static function identifiers(\stdClass $scorm): array {
        global $DB;
        $sql = 'SELECT DISTINCT s.identifier FROM ' . self::table() . ' t JOIN {scorm_scoes} s ON s.id = t.scoid
                 WHERE t.scormid = :scorm ORDER BY s.identifier';
        return array_values($DB->get_fieldset_sql($sql, ['scorm' => $scorm->id]));
    }

    /**
     * How many learners there are in what was selected.
     *
     * @param string $from a table called t, and a condition
     * @param array $params
     * @return int
     */
    private static function count(string $from, array $params): int {
        global $DB;
        return (int) $DB->count_records_sql("SELECT COUNT(DISTINCT t.userid) FROM $from", $params);
    }
}
