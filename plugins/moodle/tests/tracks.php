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

/**
 * As the plugin's, which reads the tables of the SCORM activity.
 */
class tracks {
    public static function learners(\stdClass $scorm): int {
        return count(array_unique(array_column(self::of($scorm), 'userid')));
    }

    public static function partway(\stdClass $scorm): int {
        return count(array_filter(self::of($scorm), fn($track) => $track->status === 'incomplete'));
    }

    public static function inside(\stdClass $scorm): int {
        return count(array_filter(self::of($scorm), fn($track) => $track->now === '1'));
    }

    public static function identifiers(\stdClass $scorm): array {
        global $DB;
        $items = array_column($DB->get_records('scorm_scoes', ['scorm' => $scorm->id]), 'identifier', 'id');
        return array_values(array_unique(array_map(fn($track) => $items[$track->scoid], self::of($scorm))));
    }

    private static function of(\stdClass $scorm): array {
        global $DB;
        return $DB->get_records('tracks', ['scorm' => $scorm->id]);
    }
}
