<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What learners have achieved in an activity.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Reads what learners have achieved in an activity, many at a time, as far as the caller may see them.
 */
class results {
    /** @var activity the activity */
    private activity $activity;
    /** @var \context_module its context */
    private \context_module $context;
    /** @var int how many parts it has */
    private int $parts;
    /** @var \stdClass[] what was loaded, the oldest first */
    private array $loads;

    /**
     * Made from an activity whose reports the caller may see.
     *
     * @param activity $activity
     * @throws \required_capability_exception
     */
    public function __construct(activity $activity) {
        $this->activity = $activity;
        $this->context = \context_module::instance($activity->cm->id);
        require_capability('mod/scorm:viewreport', $this->context);
        $this->parts = max(1, count(activity::parts($activity->scorm)));
        $this->loads = loads::all((int) $activity->cm->id);
    }

    /**
     * The next attempts, in the order of learners and attempts.
     *
     * @param int $userid the learner that was the last one
     * @param int $attempt the attempt that was the last one
     * @param int $limit how many at most
     * @return array[] userid, attempt, status, score, seconds, started, last, version
     */
    public function after(int $userid, int $attempt, int $limit): array {
        $who = $this->who();
        $scorm = $this->activity->scorm;
        $attempts = $who ? tracks::attempts($scorm, $who, $userid, $attempt, $limit) : [];
        $reported = $attempts ? tracks::reported($scorm, $who, reset($attempts)->userid, end($attempts)->userid) : [];
        return array_map(fn($row) => $this->result($row, $reported[$row->userid][$row->attempt] ?? []), $attempts);
    }

    /**
     * Whom the caller may see: as in Moodle's own report, who is enrolled, and where groups are separate, is in a group of
     * the caller's.
     *
     * @return array|null SQL and its parameters; null for nobody
     */
    private function who(): ?array {
        $groups = [];
        $apart = (int) groups_get_activity_groupmode($this->activity->cm) === SEPARATEGROUPS;
        if ($apart && !has_capability('moodle/site:accessallgroups', $this->context)) {
            $groups = array_keys(groups_get_activity_allowed_groups($this->activity->cm));
            if (!$groups) {
                return null;
            }
        }
        return get_enrolled_sql($this->context, 'mod/scorm:savetrack', $groups);
    }

    /**
     * One attempt.
     *
     * @param \stdClass $row
     * @param array $reported
     * @return array
     */
    private function result(\stdClass $row, array $reported): array {
        $outcome = new outcome($reported, $this->parts);
        return [
            'userid' => (int) $row->userid,
            'package' => $this->activity->package,
            'cmid' => (int) $this->activity->cm->id,
            'attempt' => (int) $row->attempt,
            'status' => $outcome->status,
            'score' => $outcome->score,
            'seconds' => $outcome->seconds,
            'started' => $outcome->started ?: (int) $row->timefirst,
            'last' => (int) $row->timelast,
            'version' => self::version($this->loads, $this->activity->changedbyhand(), (int) $row->timelast),
        ];
    }

    /**
     * The version that was there at a time.
     *
     * @param \stdClass[] $loads the oldest first
     * @param bool $changedbyhand whether something else has been put there since the last of them, nobody knows when
     * @param int $time
     * @return string nothing if that is not known
     */
    public static function version(array $loads, bool $changedbyhand, int $time): string {
        $before = array_filter($loads, fn($load) => (int) $load->timeloaded <= $time);
        return !$before || ($changedbyhand && count($before) === count($loads)) ? '' : end($before)->version;
    }
}
