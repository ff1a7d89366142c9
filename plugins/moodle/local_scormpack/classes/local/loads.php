<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Which file was put into which activity, and when.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * The record of what was loaded. It holds nothing about learners, nor about who loaded.
 */
class loads {
    /**
     * Note that a package is now in an activity.
     *
     * @param int $cmid the course module
     * @param package $package
     */
    public static function add(int $cmid, package $package): void {
        global $DB;
        $DB->insert_record('local_scormpack_load', [
            'cmid' => $cmid,
            'package' => $package->manifest->identifier,
            'version' => $package->manifest->version,
            'sha256' => $package->sha256,
            'sha1' => $package->file->get_contenthash(),
            'standard' => $package->manifest->standard,
            'timeloaded' => time(),
        ]);
    }

    /**
     * All loads of an activity.
     *
     * @param int $cmid
     * @return \stdClass[] the oldest first
     */
    public static function all(int $cmid): array {
        global $DB;
        return array_values($DB->get_records('local_scormpack_load', ['cmid' => $cmid], 'timeloaded, id'));
    }

    /**
     * The last load of an activity.
     *
     * @param int $cmid
     * @return \stdClass|null null if nothing is on record, as after a course was restored
     */
    public static function newest(int $cmid): ?\stdClass {
        $all = self::all($cmid);
        return end($all) ?: null;
    }

    /**
     * Forget an activity that is gone, however it went.
     *
     * @param \core\event\course_module_deleted $event
     */
    public static function deleted(\core\event\course_module_deleted $event): void {
        global $DB;
        $DB->delete_records('local_scormpack_load', ['cmid' => $event->objectid]);
    }
}
