<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What learners have done in an activity.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Reads the tables in which the SCORM activity keeps what learners do. It has functions for one learner at a time, which is
 * too slow for thousands.
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
        return self::counts([$scorm])[$scorm->id]['learners'];
    }

    /**
     * How many learners have attempts; how many of them are part-way, with no attempt in which every part was finished, well
     * or badly; and how many are inside, and have saved something a short while ago.
     *
     * Each question reads most of what the site stores, so asking about one activity takes as long as asking about all.
     *
     * @param \stdClass[] $scorms rows of the table scorm
     * @return array[] learners, partway and inside by the id of the activity
     */
    public static function counts(array $scorms): array {
        $ids = array_map(fn($scorm) => (int) $scorm->id, $scorms);
        $begun = $ids ? self::begun($ids) : [];
        $through = $begun ? self::through(array_keys($begun)) : [];
        $counts = [];
        foreach ($ids as $id) {
            $learners = (int) ($begun[$id]->learners ?? 0);
            $counts[$id] = ['learners' => $learners, 'partway' => $learners - (int) ($through[$id]->learners ?? 0),
                'inside' => (int) ($begun[$id]->inside ?? 0)];
        }
        return $counts;
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
     * The attempts that come after one, in the order of learners and attempts, and when something was first and last saved.
     *
     * @param \stdClass $scorm row of the table scorm
     * @param array $who SQL that selects the learners, and its parameters
     * @param int $userid the learner of the attempt before
     * @param int $attempt the attempt before
     * @param int $limit how many at most
     * @return \stdClass[] userid, attempt, timefirst, timelast
     */
    public static function attempts(\stdClass $scorm, array $who, int $userid, int $attempt, int $limit): array {
        global $DB;
        [$people, $params] = $who;
        $sql = 'SELECT t.userid, t.attempt, MIN(t.timemodified) AS timefirst, MAX(t.timemodified) AS timelast
                  FROM ' . self::table() . " t JOIN ($people) people ON people.id = t.userid
                 WHERE t.scormid = :scorm AND (t.userid > :afteruser OR (t.userid = :sameuser AND t.attempt > :attempt))
              GROUP BY t.userid, t.attempt ORDER BY t.userid, t.attempt";
        $params += ['scorm' => $scorm->id, 'afteruser' => $userid, 'sameuser' => $userid, 'attempt' => $attempt];
        $rows = $DB->get_recordset_sql($sql, $params, 0, $limit);
        $attempts = iterator_to_array($rows, false);
        $rows->close();
        return $attempts;
    }

    /**
     * What an activity reported of some learners, as far as an outcome needs it.
     *
     * @param \stdClass $scorm row of the table scorm
     * @param array $who SQL that selects the learners, and its parameters
     * @param int $first the first of them
     * @param int $last the last of them
     * @return array values by learner, attempt, part and element
     */
    public static function reported(\stdClass $scorm, array $who, int $first, int $last): array {
        global $DB;
        [$people, $params] = $who;
        [$elements, $names] = $DB->get_in_or_equal(outcome::elements(), SQL_PARAMS_NAMED, 'element');
        $sql = 'SELECT t.userid, t.attempt, t.scoid, t.element, t.value
                  FROM ' . self::table() . " t JOIN ($people) people ON people.id = t.userid
                 WHERE t.scormid = :scorm AND t.userid BETWEEN :firstuser AND :lastuser AND t.element $elements";
        $params += $names + ['scorm' => $scorm->id, 'firstuser' => $first, 'lastuser' => $last];
        $reported = [];
        $rows = $DB->get_recordset_sql($sql, $params);
        foreach ($rows as $row) {
            $reported[$row->userid][$row->attempt][$row->scoid][$row->element] = $row->value;
        }
        $rows->close();
        return $reported;
    }

    /**
     * How many have begun, and how many of them are inside.
     *
     * @param int[] $ids of activities
     * @return \stdClass[]
     */
    private static function begun(array $ids): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED, 'scorm');
        $sql = 'SELECT l.scormid, COUNT(l.userid) AS learners, SUM(CASE WHEN l.timelast > :since THEN 1 ELSE 0 END) AS inside
                  FROM (SELECT t.scormid, t.userid, MAX(t.timemodified) AS timelast FROM ' . self::table() . " t
                         WHERE t.scormid $in GROUP BY t.scormid, t.userid) l
              GROUP BY l.scormid";
        return $DB->get_records_sql($sql, ['since' => time() - self::INSIDE] + $params);
    }

    /**
     * How many have finished every part in one attempt.
     *
     * @param int[] $ids of activities
     * @return \stdClass[]
     */
    private static function through(array $ids): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED, 'scorm');
        [$elements, $names] = $DB->get_in_or_equal(self::STATUSES, SQL_PARAMS_NAMED, 'element');
        [$values, $statuses] = $DB->get_in_or_equal(self::THROUGH, SQL_PARAMS_NAMED, 'value');
        $value = $DB->sql_compare_text('t.value', 20);
        $sql = 'SELECT f.scormid, COUNT(DISTINCT f.userid) AS learners
                  FROM (SELECT t.scormid, t.userid, t.attempt, COUNT(DISTINCT t.scoid) AS parts FROM ' . self::table() . " t
                         WHERE t.scormid $in AND t.element $elements AND $value $values
                      GROUP BY t.scormid, t.userid, t.attempt) f
                  JOIN (SELECT s.scorm, COUNT(s.id) AS parts FROM {scorm_scoes} s
                         WHERE s.scormtype = 'sco' GROUP BY s.scorm) a ON a.scorm = f.scormid AND f.parts >= a.parts
              GROUP BY f.scormid";
        return $DB->get_records_sql($sql, $params + $names + $statuses);
    }
}
