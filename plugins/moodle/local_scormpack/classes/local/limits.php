<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * How large a package may be.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * The largest file that a caller can put into a course.
 */
class limits {
    /**
     * The smallest of the limits: of PHP, of the site, of the course, of the caller, and of the settings of this plugin.
     *
     * @param \stdClass|null $course row of the table course; null if no course is meant
     * @return int bytes
     */
    public static function largest(?\stdClass $course): int {
        global $CFG;
        $context = $course ? \context_course::instance($course->id) : \context_system::instance();
        // Who may ignore the limits of site and course, which Moodle says with a negative number, still meets the other two.
        $limits = [
            get_max_upload_file_size($CFG->maxbytes ?? 0),
            get_user_max_upload_file_size($context, $CFG->maxbytes ?? 0, $course->maxbytes ?? 0),
            (int) get_config('local_scormpack', 'largest'),
        ];
        return (int) min(array_filter($limits, fn($limit) => $limit > 0));
    }
}
