<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * One load of a package at a time.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Keeps two loads of the same package into the same course apart.
 */
class lock {
    /**
     * Do something while nobody else does it with this package in this course.
     *
     * @param \stdClass $course
     * @param string $package
     * @param callable $work
     * @return mixed what the work gives
     * @throws refusal busy
     */
    public static function hold(\stdClass $course, string $package, callable $work) {
        $lock = \core\lock\lock_config::get_lock_factory('local_scormpack')->get_lock("$course->id/$package", 0);
        if (!$lock) {
            throw new refusal('busy');
        }
        try {
            return $work();
        } finally {
            $lock->release();
        }
    }
}
