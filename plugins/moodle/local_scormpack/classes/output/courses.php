<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The courses that hold packages, on a page.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\output;

use local_scormpack\local\activity;

/**
 * What an administrator sees: which courses hold packages, with a way to each.
 */
class courses implements \renderable, \templatable {
    /**
     * What the template shows.
     *
     * @param \renderer_base $output
     * @return array
     */
    public function export_for_template(\renderer_base $output): array {
        $rows = array_values(array_map(fn($course) => self::row($course), self::all()));
        return ['courses' => $rows, 'any' => (bool) $rows];
    }

    /**
     * The courses, in the order of their names.
     *
     * @return \stdClass[]
     */
    private static function all(): array {
        global $DB;
        $sql = 'SELECT c.id, c.fullname, COUNT(m.id) AS packages
                  FROM {course} c
                  JOIN {course_modules} m ON m.course = c.id
                 WHERE m.deletioninprogress = 0 AND ' . $DB->sql_like('m.idnumber', ':ours') . '
              GROUP BY c.id, c.fullname
              ORDER BY c.fullname, c.id';
        return $DB->get_records_sql($sql, ['ours' => $DB->sql_like_escape(activity::idnumber('')) . '%']);
    }

    /**
     * A row of the table.
     *
     * @param \stdClass $course
     * @return array
     */
    private static function row(\stdClass $course): array {
        return [
            'name' => format_string($course->fullname, true, ['context' => \context_course::instance($course->id)]),
            'url' => (new \moodle_url('/local/scormpack/overview.php', ['id' => $course->id]))->out(false),
            'packages' => (int) $course->packages,
        ];
    }
}
