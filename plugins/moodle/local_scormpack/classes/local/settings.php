<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * How an activity of a package is set.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/completionlib.php');
require_once($CFG->dirroot . '/mod/scorm/locallib.php');

/**
 * The settings that decide whether a pass counts: what was asked for, and what is always the same.
 */
class settings {
    /** What may be asked for, and the answers that there are. */
    private const CHOICES = [
        'completion' => ['passed', 'completed', 'either'],
        'display' => ['window', 'frame'],
        'visible' => ['1', '0'],
    ];
    /** Statuses that complete an activity, in the bits of the SCORM activity. */
    private const STATUSES = ['passed' => 2, 'completed' => 4, 'either' => 6];

    /** @var string[] what was asked for */
    private array $asked = [];

    /**
     * Made from what was asked for.
     *
     * @param array $asked list of name and value
     * @throws refusal badsetting
     */
    public function __construct(array $asked) {
        foreach ($asked as ['name' => $name, 'value' => $value]) {
            if (!in_array($value, self::CHOICES[$name] ?? [], true) || isset($this->asked[$name])) {
                throw new refusal('badsetting', "$name=$value");
            }
            $this->asked[$name] = $value;
        }
    }

    /**
     * Whether a new activity is shown to learners.
     *
     * @return int 1 or 0
     */
    public function visible(): int {
        return (int) ($this->asked['visible'] ?? 1);
    }

    /**
     * What is set in every activity of ours: fields of the table scorm.
     *
     * In SCORM 2004 "completed" says nothing about passing; in SCORM 1.2 a module without questions never says "passed".
     * A window that opens by itself is blocked by browsers, so the page before it is skipped only where there is none.
     *
     * A list of parts takes room that one part alone does not need.
     *
     * @param string $standard 1.2 or 2004
     * @param bool $alone whether there is one part only
     * @return array
     */
    public function activity(string $standard, bool $alone): array {
        $window = ($this->asked['display'] ?? 'window') === 'window';
        $rule = $this->asked['completion'] ?? ($standard === '2004' ? 'passed' : 'either');
        return [
            'scormtype' => SCORM_TYPE_LOCAL,
            'updatefreq' => SCORM_UPDATE_NEVER,
            'popup' => (int) $window,
            'skipview' => $window ? SCORM_SKIPVIEW_NEVER : SCORM_SKIPVIEW_FIRST,
            'hidebrowse' => 1,
            'displaycoursestructure' => 0,
            'hidetoc' => $alone ? SCORM_TOC_DISABLED : SCORM_TOC_SIDE,
            'nav' => $alone ? SCORM_NAV_DISABLED : SCORM_NAV_UNDER_CONTENT,
            'grademethod' => GRADEHIGHEST,
            'maxgrade' => 100,
            'whatgrade' => HIGHESTATTEMPT,
            'maxattempt' => 0,
            'forcenewattempt' => SCORM_FORCEATTEMPT_NO,
            'lastattemptlock' => 0,
            'forcecompleted' => 0,
            'autocommit' => 0,
            'completionstatusrequired' => self::STATUSES[$rule],
            'completionscorerequired' => null,
            'completionstatusallscos' => 0,
        ];
    }

    /**
     * What is set in every course module of ours, where its course records completion: fields of the table course_modules.
     *
     * @return array
     */
    public function completion(): array {
        return [
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionview' => COMPLETION_VIEW_NOT_REQUIRED,
            'completiongradeitemnumber' => null,
            'completionpassgrade' => 0,
        ];
    }

    /**
     * The rule for completion that an activity has.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return string passed, completed, either, or other
     */
    public static function rule(\stdClass $scorm): string {
        return array_search((int) $scorm->completionstatusrequired, self::STATUSES, true) ?: 'other';
    }

    /**
     * The names of the wanted values that a record does not have. A database gives numbers as words.
     *
     * @param array $wanted
     * @param object $record
     * @return string[]
     */
    public static function differing(array $wanted, object $record): array {
        return array_keys(array_filter($wanted, fn($value, $name) =>
            is_number($value) ? (float) $record->$name !== (float) $value || $record->$name === null
                : (string) $record->$name !== (string) $value, ARRAY_FILTER_USE_BOTH));
    }
}
