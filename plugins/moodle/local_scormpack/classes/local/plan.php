<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What a load would do.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * What a load would do to a course and to the progress of its learners.
 */
class plan {
    /** @var activity|null the activity as it is */
    public ?activity $activity;
    /** @var string new, update, settings or same */
    public string $action;
    /** @var string none, stays or lost */
    public string $progress = 'none';
    /** @var string why progress is lost, or nothing */
    public string $why = '';
    /** @var bool whether the rule for completion changes */
    public bool $otherrule = false;
    /** @var int learners with attempts */
    public int $learners = 0;
    /** @var int those who are not through */
    public int $partway = 0;
    /** @var int those who are in it now */
    public int $inside = 0;
    /** @var string the standard of what will be there, or nothing if that is not known */
    public string $standard = '';
    /** @var string the version that will be there, or nothing if that is not known */
    public string $version = '';
    /** @var string the version that is there */
    public string $oldversion = '';
    /** @var string the checksum of what is there */
    public string $oldsha256 = '';
    /** @var string[] what to know besides */
    public array $warnings = [];

    /**
     * Made from what is there and what comes.
     *
     * @param activity|null $activity
     * @param package|null $package null if only its checksum is known
     * @param string $sha256
     * @param settings $settings
     * @param string $name wanted name, or nothing
     */
    public function __construct(?activity $activity, ?package $package, string $sha256, settings $settings, string $name) {
        $this->activity = $activity;
        $this->action = 'new';
        if ($activity) {
            $this->oldversion = $activity->version();
            $this->oldsha256 = $activity->sha256();
            $this->standard = $activity->standard();
        }
        if ($package) {
            $this->standard = $package->manifest->standard;
            $this->version = $package->manifest->version;
        }
        if ($activity) {
            $this->count($activity->scorm);
            $parts = $package ? $package->manifest->launches : activity::parts($activity->scorm);
            $this->compare($settings->activity($this->standard, count($parts) === 1), $settings->completion(), $sha256, $name);
            $this->judge($package);
        }
    }

    /**
     * Count the learners.
     *
     * @param \stdClass $scorm
     */
    private function count(\stdClass $scorm): void {
        ['learners' => $this->learners, 'partway' => $this->partway, 'inside' => $this->inside]
            = tracks::counts([$scorm])[$scorm->id];
    }

    /**
     * Find out whether the file or a setting is another.
     *
     * @param array $fields wanted of the activity
     * @param array $tracking wanted of the course module
     * @param string $sha256
     * @param string $name
     */
    private function compare(array $fields, array $tracking, string $sha256, string $name): void {
        $cm = get_coursemodule_from_id('scorm', $this->activity->cm->id, 0, false, MUST_EXIST);
        $course = $this->activity->cm->get_course();
        $completion = (new \completion_info($course))->is_enabled() ? settings::differing($tracking, $cm) : [];
        $other = settings::differing($fields, $this->activity->scorm);
        $this->otherrule = (bool) array_merge($completion, preg_grep('/^completion/', $other));
        $named = $name !== '' && $name !== $this->activity->scorm->name;
        $this->action = $completion || $other || $named ? 'settings' : 'same';
        if (strtolower($sha256) !== $this->oldsha256) {
            $this->action = 'update';
        } else {
            $this->version = $this->oldversion;
        }
        if ($this->otherrule && $this->learners) {
            $this->warnings[] = get_string('completionanew', 'local_scormpack');
        }
    }

    /**
     * Say what becomes of the progress of learners. Moodle keeps it by the identifier of an item.
     *
     * @param package|null $package
     */
    private function judge(?package $package): void {
        if (!$this->learners) {
            return;
        }
        $this->progress = 'stays';
        if ($this->action !== 'update') {
            return;
        }
        if (!$package) {
            $this->why = get_string('notjudged', 'local_scormpack');
            return;
        }
        $gone = array_diff(tracks::identifiers($this->activity->scorm), array_keys($package->manifest->launches));
        $this->lose($package->manifest->standard !== $this->activity->standard(), $gone);
    }

    /**
     * Say that progress is lost, if it is.
     *
     * @param bool $standard whether the standard is another
     * @param string[] $gone identifiers that are no longer there
     */
    private function lose(bool $standard, array $gone): void {
        if ($standard) {
            $this->why = get_string('loststandard', 'local_scormpack');
        } else if ($gone) {
            $this->why = get_string('lostitems', 'local_scormpack', implode(', ', $gone));
        }
        $this->progress = $this->why === '' ? 'stays' : 'lost';
    }
}
