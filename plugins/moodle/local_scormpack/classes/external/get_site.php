<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Says what a site can do.
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
use core_external\external_single_structure;
use core_external\external_value;
use local_scormpack\local\limits;
use local_scormpack\local\place;

/**
 * Says what this site and this plugin can do, and whether the caller may load packages into a course. Every caller may ask,
 * so that one who is refused elsewhere finds out what is missing.
 */
class get_site extends external_api {
    /**
     * What it takes.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'Number of a course, or 0', VALUE_DEFAULT, 0),
            'courseidnumber' => new external_value(PARAM_RAW, 'ID number of a course, or nothing', VALUE_DEFAULT, ''),
        ]);
    }

    /**
     * Say what the site can do.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @return array
     */
    public static function execute($courseid = 0, $courseidnumber = ''): array {
        $given = self::validate_parameters(self::execute_parameters(), [
            'courseid' => $courseid, 'courseidnumber' => $courseidnumber,
        ]);
        self::validate_context(\context_system::instance());
        $asked = $given['courseid'] !== 0 || $given['courseidnumber'] !== '';
        $course = $asked ? place::course($given['courseid'], $given['courseidnumber'], false) : null;
        return self::plugin() + self::site() + self::course($course);
    }

    /**
     * Which plugin this is.
     *
     * @return array
     */
    private static function plugin(): array {
        $plugin = \core_plugin_manager::instance()->get_plugin_info('local_scormpack');
        return ['plugin' => (string) $plugin->release, 'pluginversion' => (int) $plugin->versiondb];
    }

    /**
     * What holds for the whole site.
     *
     * @return array
     */
    private static function site(): array {
        global $CFG;
        return [
            'moodle' => $CFG->release,
            'branch' => (string) $CFG->branch,
            'php' => PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION,
            'cronlast' => (int) get_config('tool_task', 'lastcronstart'),
            'completion' => !empty($CFG->enablecompletion),
            'protecteddownloads' => (bool) get_config('scorm', 'protectpackagedownloads'),
            'time' => time(),
        ];
    }

    /**
     * What holds for a course, or for the caller if no course was asked for.
     *
     * @param \stdClass|null $course
     * @return array
     */
    private static function course(?\stdClass $course): array {
        global $CFG;
        return [
            'maxbytes' => limits::largest($course),
            'coursecompletion' => !empty($CFG->enablecompletion) && (!$course || $course->enablecompletion),
            'allowed' => $course && has_capability('local/scormpack:manage', \context_course::instance($course->id)),
            'course' => $course->fullname ?? '',
            'courseid' => (int) ($course->id ?? 0),
        ];
    }

    /**
     * What it gives.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'plugin' => new external_value(PARAM_RAW, 'Release of the plugin'),
            'pluginversion' => new external_value(PARAM_INT, 'Version of the plugin, as a number'),
            'moodle' => new external_value(PARAM_RAW, 'Release of Moodle'),
            'branch' => new external_value(PARAM_RAW, 'Branch of Moodle, as 405'),
            'php' => new external_value(PARAM_RAW, 'Version of PHP'),
            'maxbytes' => new external_value(PARAM_INT, 'The largest package that the caller may upload'),
            'cronlast' => new external_value(PARAM_INT, 'When cron last ran, or 0'),
            'completion' => new external_value(PARAM_BOOL, 'Whether the site records completion'),
            'coursecompletion' => new external_value(PARAM_BOOL, 'Whether the course does too'),
            'protecteddownloads' => new external_value(PARAM_BOOL, 'Whether the app may not fetch packages'),
            'allowed' => new external_value(PARAM_BOOL, 'Whether the caller may load packages into the course'),
            'course' => new external_value(PARAM_RAW, 'Name of the course, or nothing'),
            'courseid' => new external_value(PARAM_INT, 'The course, or 0'),
            'time' => new external_value(PARAM_INT, 'The time on the server'),
        ]);
    }
}
