<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What learners did, in one table.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

use local_scormpack_tests\site;

/**
 * As the plugin's, which reads the tables of the SCORM activity. Its SQL is tested in Moodle.
 */
class tracks {
    public static function learners(\stdClass $scorm): int {
        return self::counts([$scorm])[$scorm->id]['learners'];
    }

    public static function counts(array $scorms): array {
        $counts = [];
        foreach ($scorms as $scorm) {
            $of = fn($condition) => count(array_unique(array_column(array_filter(self::of($scorm), $condition), 'userid')));
            $counts[$scorm->id] = ['learners' => $of(fn() => true), 'partway' => $of(fn($row) => $row->status === 'incomplete'),
                'inside' => $of(fn($row) => $row->now === '1')];
        }
        return $counts;
    }

    public static function identifiers(\stdClass $scorm): array {
        global $DB;
        $items = array_column($DB->get_records('scorm_scoes', ['scorm' => $scorm->id]), 'identifier', 'id');
        return array_values(array_unique(array_map(fn($track) => $items[$track->scoid], self::of($scorm))));
    }

    public static function attempts(\stdClass $scorm, array $who, int $userid, int $attempt, int $limit): array {
        $rows = array_filter(self::of($scorm), fn($row) => self::among($row, $who)
            && [(int) $row->userid, (int) $row->attempt] > [$userid, $attempt]);
        usort($rows, fn($one, $other) => [$one->userid, $one->attempt] <=> [$other->userid, $other->attempt]);
        $times = ['timefirst' => '100', 'timelast' => '200'];
        return array_map(fn($row) => (object) (['userid' => $row->userid, 'attempt' => $row->attempt] + $times),
            array_slice($rows, 0, $limit));
    }

    public static function reported(\stdClass $scorm, array $who, int $first, int $last): array {
        $reported = [];
        foreach (self::of($scorm) as $row) {
            $reported[$row->userid][$row->attempt][$row->scoid] = ['cmi.core.lesson_status' => $row->status];
        }
        return $reported;
    }

    private static function of(\stdClass $scorm): array {
        global $DB;
        return $DB->get_records('tracks', ['scorm' => $scorm->id]);
    }

    private static function among(\stdClass $row, array $who): bool {
        [, ['groups' => $groups]] = $who;
        return !$groups || array_intersect($groups, site::$members[$row->userid] ?? []);
    }
}
