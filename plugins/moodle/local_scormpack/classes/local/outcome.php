<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What a learner has achieved in one attempt.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Reads status, score and time out of what an activity reported, in the words of either standard.
 */
class outcome {
    /** What is read, in the order in which the first that is there counts. */
    private const STATUS = ['cmi.core.lesson_status', 'cmi.success_status', 'cmi.completion_status'];
    /** The score. Moodle takes its grade from the raw one only. */
    private const SCORE = ['cmi.core.score.raw', 'cmi.score.raw'];
    /** Time: the total, which is written when a part is left, and otherwise that of the session that was cut short. */
    private const TIME = ['cmi.core.total_time', 'cmi.total_time', 'cmi.core.session_time', 'cmi.session_time'];
    /** When Moodle saw a part begin. */
    private const START = ['x.start.time'];
    /** What an activity says before it knows. */
    private const UNKNOWN = ['', 'unknown', 'not attempted'];

    /** @var string passed, failed, completed, incomplete, browsed or notattempted */
    public string $status;
    /** @var float|null the highest score of its parts */
    public ?float $score = null;
    /** @var int seconds spent */
    public int $seconds = 0;
    /** @var int when it was begun; 0 if that is not known */
    public int $started = 0;

    /**
     * Made from what was reported.
     *
     * @param array $reported for each part that was opened, its elements and their values
     * @param int $parts how many parts there are
     */
    public function __construct(array $reported, int $parts) {
        $this->status = self::together(array_map(fn($part) => self::status($part), $reported), $parts);
        foreach ($reported as $part) {
            $score = self::first($part, self::SCORE);
            if (is_numeric($score)) {
                $this->score = max((float) $score, $this->score ?? (float) $score);
            }
            $this->seconds += (int) round(self::time($part));
        }
        $starts = array_filter(array_map(fn($part) => (int) self::first($part, self::START), $reported));
        $this->started = $starts ? min($starts) : 0;
    }

    /**
     * The elements that have to be read.
     *
     * @return string[]
     */
    public static function elements(): array {
        return array_merge(self::STATUS, self::SCORE, self::TIME, self::START);
    }

    /**
     * How long a duration is.
     *
     * @param string $duration of SCORM 1.2 (12:34:56.78) or SCORM 2004 (P1DT2H3M4.5S)
     * @return float seconds; 0 if it is none
     */
    public static function seconds(string $duration): float {
        if (preg_match('/^(\d+):(\d\d?):(\d\d?(\.\d+)?)$/D', $duration, $m)) {
            return $m[1] * 3600 + $m[2] * 60 + (float) $m[3];
        }
        $number = '(\d+(?:\.\d+)?)';
        if (!preg_match("/^P(?:{$number}D)?(?:T(?:{$number}H)?(?:{$number}M)?(?:{$number}S)?)?$/D", $duration, $m)) {
            return 0;
        }
        [, $days, $hours, $minutes, $seconds] = array_pad(array_map('floatval', $m), 5, 0);
        return $days * 86400 + $hours * 3600 + $minutes * 60 + $seconds;
    }

    /**
     * The status of an attempt: finished once every part is, and failed once one part is.
     *
     * @param string[] $statuses of the parts that were opened
     * @param int $parts how many parts there are
     * @return string
     */
    private static function together(array $statuses, int $parts): string {
        $different = array_unique($statuses);
        if (in_array('failed', $different, true)) {
            return 'failed';
        }
        $through = array_intersect($statuses, ['passed', 'completed']);
        if ($through && count($through) >= $parts) {
            return in_array('passed', $through, true) ? 'passed' : 'completed';
        }
        return count($different) === 1 && !$through ? reset($different) : ($different ? 'incomplete' : 'notattempted');
    }

    /**
     * The status of a part.
     *
     * @param string[] $part its elements
     * @return string
     */
    private static function status(array $part): string {
        return self::first($part, self::STATUS, self::UNKNOWN) ?: 'notattempted';
    }

    /**
     * How long a learner was in a part.
     *
     * @param string[] $part its elements
     * @return float seconds
     */
    private static function time(array $part): float {
        $times = array_filter(array_map(fn($name) => self::seconds($part[$name] ?? ''), self::TIME));
        return $times ? reset($times) : 0;
    }

    /**
     * The first element that is there and says something.
     *
     * @param string[] $part its elements
     * @param string[] $names
     * @param string[] $nothing values that say nothing
     * @return string nothing if there is none
     */
    private static function first(array $part, array $names, array $nothing = ['']): string {
        $values = array_diff(array_map(fn($name) => (string) ($part[$name] ?? ''), $names), $nothing);
        return $values ? reset($values) : '';
    }
}
