<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Putting a package into a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->dirroot . '/course/modlib.php');
require_once($CFG->dirroot . '/mod/scorm/locallib.php');

use local_scormpack\event\package_loaded;
use local_scormpack\event\package_updated;

/**
 * Says what a load would do, does it, looks whether it is so, and leaves everything as it was if it is not.
 */
class loader {
    /** @var \stdClass row of the table course */
    private \stdClass $course;
    /** @var string identifier of the package */
    private string $id;
    /** @var settings what was asked for */
    private settings $settings;
    /** @var int number of the section that a new activity goes into */
    private int $section;
    /** @var string name of the activity, or nothing */
    private string $name;

    /**
     * Made from what was asked for.
     *
     * @param \stdClass $course row of the table course
     * @param string $id identifier of the package
     * @param settings $settings
     * @param int $section number of the section for a new activity
     * @param string $name of the activity; nothing leaves the one that it has, or takes that of the package
     * @throws refusal nosuchsection
     */
    public function __construct(\stdClass $course, string $id, settings $settings, int $section, string $name) {
        if (!get_fast_modinfo($course->id)->get_section_info($section)) {
            throw new refusal('nosuchsection', $section);
        }
        $this->course = $course;
        $this->id = $id;
        $this->settings = $settings;
        $this->section = $section;
        $this->name = $name;
    }

    /**
     * What a load would do.
     *
     * @param package|null $package null if it was not sent
     * @param string $sha256 checksum of the file
     * @return plan
     * @throws refusal twice or notascorm
     */
    public function plan(?package $package, string $sha256): plan {
        return new plan(activity::find($this->course, $this->id), $package, $sha256, $this->settings, $this->name);
    }

    /**
     * Load.
     *
     * @param package $package
     * @return array the plan as it was before, and the activity as it is now
     * @throws refusal restored or notrestored, besides those of a plan
     */
    public function load(package $package): array {
        $plan = $this->plan($package, $package->sha256);
        $before = $plan->activity;
        if ($plan->action === 'same') {
            $this->note($before, (int) $before->cm->id, $package);
            return [$plan, $before];
        }
        try {
            $context = $before ? \context_module::instance($before->cm->id) : null;
            $cmid = (new whole())->change($context, fn() => $this->change($plan, $package));
        } catch (\Throwable $problem) {
            throw $this->restored($before, $problem);
        }
        $this->tell($plan, $cmid, $package);
        return [$plan, new activity(get_fast_modinfo($this->course->id)->get_cm($cmid))];
    }

    /**
     * Let the log know what was done, now that it is done for good.
     *
     * @param plan $plan
     * @param int $cmid
     * @param package $package
     */
    private function tell(plan $plan, int $cmid, package $package): void {
        $event = $plan->action === 'new' ? package_loaded::class : package_updated::class;
        $event::of($this->course, $this->id, ['cmid' => $cmid, 'version' => $plan->version, 'oldversion' => $plan->oldversion,
            'sha256' => $package->sha256])->trigger();
    }

    /**
     * Make the change and look at it.
     *
     * @param plan $plan
     * @param package $package
     * @return int the course module
     */
    private function change(plan $plan, package $package): int {
        $cmid = $plan->activity ? $this->update($plan, $package) : $this->add($package);
        $this->note($plan->action === 'settings' ? $plan->activity : null, $cmid, $package);
        (new look($cmid))->holds($package);
        return $cmid;
    }

    /**
     * Put a load on record, unless the file that is there is on record already.
     *
     * @param activity|null $same the activity, if it had the file before
     * @param int $cmid
     * @param package $package
     */
    private function note(?activity $same, int $cmid, package $package): void {
        if (!$same || !$same->since()) {
            loads::add($cmid, $package);
        }
    }

    /**
     * Make a new activity.
     *
     * @param package $package
     * @return int the course module
     */
    private function add(package $package): int {
        [, , , , $info] = prepare_new_moduleinfo_data($this->course, 'scorm', $this->section);
        self::set($info, (array) get_config('scorm'));
        self::set($info, ['width' => 100, 'height' => 100, 'timeopen' => 0, 'timeclose' => 0]);
        $this->want($info, $package);
        self::set($info, [
            'name' => $this->name !== '' ? $this->name : $package->manifest->title,
            'add' => 'scorm',
            'visible' => $this->settings->visible(),
            'cmidnumber' => activity::idnumber($this->id),
            'packagefile' => $package->file->get_itemid(),
            'reference' => $package->file->get_filename(),
        ]);
        return (int) add_moduleinfo($info, $this->course)->coursemodule;
    }

    /**
     * Give an activity another file, other settings, or both.
     *
     * Completion is worked out anew only if its rule changes: Moodle begins by forgetting who was through.
     *
     * @param plan $plan
     * @param package $package
     * @return int the course module
     */
    private function update(plan $plan, package $package): int {
        $cm = get_coursemodule_from_id('scorm', $plan->activity->cm->id, $this->course->id, false, MUST_EXIST);
        [$cm, , , $info] = get_moduleinfo_data($cm, $this->course);
        unset($info->gradepass); // It is written for people to read, and stays as it is when it is not given.
        $this->want($info, $package);
        self::set($info, ['completionunlocked' => (int) $plan->otherrule]);
        if ($this->name !== '') {
            self::set($info, ['name' => $this->name]);
        }
        if ($plan->action === 'update') {
            self::set($info, ['packagefile' => $package->file->get_itemid()]);
        }
        update_moduleinfo($cm, $info, $this->course);
        return (int) $cm->id;
    }

    /**
     * Put the wanted settings into the data of an activity. The options of the window stay as they are.
     *
     * @param \stdClass $info
     * @param package $package
     */
    private function want(\stdClass $info, package $package): void {
        parse_str(str_replace(',', '&', $info->options ?? ''), $options);
        self::set($info, $options);
        $manifest = $package->manifest;
        self::set($info, $this->settings->activity($manifest->standard, count($manifest->launches) === 1));
        self::set($info, $this->settings->completion() + ['completionusegrade' => 0]);
    }

    /**
     * Set several fields.
     *
     * @param \stdClass $info
     * @param array $values
     */
    private static function set(\stdClass $info, array $values): void {
        foreach ($values as $name => $value) {
            $info->$name = $value;
        }
    }

    /**
     * Say that everything is as it was, after looking whether it is.
     *
     * @param activity|null $before
     * @param \Throwable $problem
     * @return refusal
     */
    private function restored(?activity $before, \Throwable $problem): refusal {
        $what = $problem->getMessage();
        try {
            $this->forget_caches();
            $now = activity::find($this->course, $this->id);
            if ($before) {
                (new look((int) $before->cm->id))->is_as($before);
            }
            return new refusal(($now === null) === ($before === null) ? 'restored' : 'notrestored', $what);
        } catch (\Throwable $worse) {
            return new refusal('notrestored', "$what " . $worse->getMessage());
        }
    }

    /**
     * Drop what was remembered of the change. A cache is no part of the transaction, and the number that tells old entries
     * for the course from new ones has gone back with it, so the entry has to go itself.
     */
    private function forget_caches(): void {
        $cache = \cache::make('core', 'coursemodinfo');
        $cache->acquire_lock($this->course->id);
        $cache->delete($this->course->id);
        $cache->release_lock($this->course->id);
        \cache::make('core', 'completion')->purge();
        rebuild_course_cache($this->course->id, true);
    }
}
