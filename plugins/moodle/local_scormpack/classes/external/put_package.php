<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Puts a package into a course.
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
use local_scormpack\event\package_refused;
use local_scormpack\event\package_restored;
use local_scormpack\local\activity;
use local_scormpack\local\limits;
use local_scormpack\local\loader;
use local_scormpack\local\lock;
use local_scormpack\local\package;
use local_scormpack\local\place;
use local_scormpack\local\plan;
use local_scormpack\local\refusal;
use local_scormpack\local\settings;

/**
 * Checks a package and makes it an activity, or the new version of an activity.
 */
class put_package extends external_api {
    /** How many seconds a large package may take. */
    private const PATIENCE = 600;

    /**
     * What it takes.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        $setting = new external_single_structure([
            'name' => new external_value(PARAM_ALPHA, 'completion, display or visible'),
            'value' => new external_value(PARAM_ALPHANUM, 'passed, completed, either; window, frame; 1, 0'),
        ]);
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'Number of the course, or 0'),
            'courseidnumber' => new external_value(PARAM_RAW, 'ID number of the course, or nothing'),
            'package' => new external_value(PARAM_ALPHANUMEXT, 'Identifier of the package'),
            'draftitemid' => new external_value(PARAM_INT, 'Draft area with the file; 0 with dryrun only'),
            'sha256' => new external_value(PARAM_ALPHANUM, 'SHA-256 of the file'),
            'section' => new external_value(PARAM_INT, 'Number of the section for a new activity', VALUE_DEFAULT, -1),
            'name' => new external_value(PARAM_TEXT, 'Name of the activity', VALUE_DEFAULT, ''),
            'settings' => new external_multiple_structure($setting, 'Settings', VALUE_DEFAULT, []),
            'dryrun' => new external_value(PARAM_BOOL, 'Whether to say only what would be done', VALUE_DEFAULT, false),
        ]);
    }

    /**
     * Put a package into a course.
     *
     * @param int $courseid
     * @param string $courseidnumber
     * @param string $package
     * @param int $draftitemid
     * @param string $sha256
     * @param int $section
     * @param string $name
     * @param array $settings
     * @param bool $dryrun
     * @return array what was done, or would be
     * @throws refusal why not
     */
    public static function execute($courseid, $courseidnumber, $package, $draftitemid, $sha256, $section = -1, $name = '',
            $settings = [], $dryrun = false): array {
        $given = self::validate_parameters(self::execute_parameters(), [
            'courseid' => $courseid, 'courseidnumber' => $courseidnumber, 'package' => $package,
            'draftitemid' => $draftitemid, 'sha256' => $sha256, 'section' => $section, 'name' => $name,
            'settings' => $settings, 'dryrun' => $dryrun,
        ]);
        $course = place::course($given['courseid'], $given['courseidnumber']);
        require_capability('moodle/course:manageactivities', \context_course::instance($course->id));
        require_capability('mod/scorm:addinstance', \context_course::instance($course->id));
        \core_php_time_limit::raise(self::PATIENCE);
        $loader = new loader($course, $given['package'], new settings($given['settings']), max(0, $given['section']),
            \core_text::substr(trim($given['name']), 0, 255));
        $work = fn() => self::put($course, $loader, $given);
        return $given['dryrun'] ? $work() : self::noted($course, $given['package'], $work);
    }

    /**
     * Do it while nobody else does, and let the log know how it went.
     *
     * @param \stdClass $course
     * @param string $package
     * @param callable $work
     * @return array what the work gives
     * @throws refusal
     */
    private static function noted(\stdClass $course, string $package, callable $work): array {
        try {
            return lock::hold($course, $package, $work);
        } catch (refusal $refusal) {
            $event = $refusal->errorcode === 'restored' || $refusal->errorcode === 'notrestored'
                ? package_restored::class : package_refused::class;
            $event::of($course, $package, ['reason' => $refusal->getMessage()])->trigger();
            throw $refusal;
        }
    }

    /**
     * Look through the file, and load it unless this is only a question.
     *
     * @param \stdClass $course
     * @param loader $loader
     * @param array $given
     * @return array
     */
    private static function put(\stdClass $course, loader $loader, array $given): array {
        $package = null;
        if ($given['draftitemid'] !== 0 || !$given['dryrun']) {
            $largest = limits::largest($course);
            $package = new package($given['draftitemid'], $given['sha256'], $given['package'], $largest);
        }
        [$plan, $activity] = $given['dryrun'] ? self::asked($loader, $package, $given['sha256'])
            : self::loaded($loader, $package);
        return self::answer($course, $given, $plan, $activity, $package);
    }

    /**
     * What would be done, and what is there.
     *
     * @param loader $loader
     * @param package|null $package
     * @param string $sha256
     * @return array
     */
    private static function asked(loader $loader, ?package $package, string $sha256): array {
        $plan = $loader->plan($package, $sha256);
        return [$plan, $plan->activity];
    }

    /**
     * What was done, and what is there now. The upload goes: the activity has its own entry, and Moodle would keep both for days.
     *
     * @param loader $loader
     * @param package $package
     * @return array
     * @throws refusal
     */
    private static function loaded(loader $loader, package $package): array {
        $done = $loader->load($package);
        $package->file->delete();
        return $done;
    }

    /**
     * The answer to the caller.
     *
     * @param \stdClass $course
     * @param array $given
     * @param plan $plan
     * @param activity|null $activity
     * @param package|null $package
     * @return array
     */
    private static function answer(\stdClass $course, array $given, plan $plan, ?activity $activity, ?package $package): array {
        $new = ['cmid' => 0, 'section' => max(0, $given['section']), 'name' => $given['name'], 'url' => ''];
        if ($package && $new['name'] === '') {
            $new['name'] = $package->manifest->title;
        }
        return [
            'action' => $plan->action,
            'dryrun' => $given['dryrun'],
            'courseid' => (int) $course->id,
            'standard' => $plan->standard,
            'version' => $plan->version,
            'oldversion' => $plan->oldversion,
            'oldsha256' => $plan->oldsha256,
            'progress' => $plan->progress,
            'why' => $plan->why,
            'learners' => $plan->learners,
            'partway' => $plan->partway,
            'inside' => $plan->inside,
            'changedbyhand' => $plan->activity !== null && $plan->activity->changedbyhand(),
            'warnings' => $plan->warnings,
        ] + ($activity ? self::place($activity) : $new);
    }

    /**
     * What an activity is called and where it is.
     *
     * @param activity $activity
     * @return array
     */
    private static function place(activity $activity): array {
        return [
            'cmid' => (int) $activity->cm->id,
            'section' => (int) $activity->cm->sectionnum,
            'name' => $activity->scorm->name,
            'url' => $activity->url(),
        ];
    }

    /**
     * What it gives.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'action' => new external_value(PARAM_ALPHA, 'new, update, settings or same'),
            'dryrun' => new external_value(PARAM_BOOL, 'Whether this is only what would be done'),
            'cmid' => new external_value(PARAM_INT, 'The course module, or 0'),
            'courseid' => new external_value(PARAM_INT, 'The course'),
            'section' => new external_value(PARAM_INT, 'Number of the section'),
            'name' => new external_value(PARAM_RAW, 'Name of the activity'),
            'standard' => new external_value(PARAM_RAW, '1.2 or 2004'),
            'version' => new external_value(PARAM_RAW, 'Version of the package'),
            'oldversion' => new external_value(PARAM_RAW, 'Version that was there before'),
            'oldsha256' => new external_value(PARAM_RAW, 'SHA-256 of what was there before'),
            'progress' => new external_value(PARAM_ALPHA, 'none, stays or lost'),
            'why' => new external_value(PARAM_RAW, 'Why progress is lost'),
            'learners' => new external_value(PARAM_INT, 'Learners with attempts'),
            'partway' => new external_value(PARAM_INT, 'Learners who are not through'),
            'inside' => new external_value(PARAM_INT, 'Learners who saved something in the last 30 minutes'),
            'changedbyhand' => new external_value(PARAM_BOOL, 'Whether another file was put there by hand'),
            'url' => new external_value(PARAM_RAW, 'Address of the activity'),
            'warnings' => new external_multiple_structure(new external_value(PARAM_RAW, 'What to know besides')),
        ]);
    }
}
