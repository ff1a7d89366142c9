<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What a learner has achieved.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\local\outcome;
use local_scormpack\local\results;

/**
 * What becomes of what an activity reported.
 */
final class outcome_test extends \PHPUnit\Framework\TestCase {
    /**
     * @dataProvider statuses
     */
    public function test_status(string $status, array $reported, int $parts = 1): void {
        self::assertSame($status, (new outcome($reported, $parts))->status);
    }

    public static function statuses(): array {
        [$passed, $failed, $completed] = self::older('passed', 'failed', 'completed');
        [$incomplete, $browsed, $not] = self::older('incomplete', 'browsed', 'not attempted');
        return [
            '1.2 passed' => ['passed', [$passed]],
            '1.2 failed' => ['failed', [$failed]],
            '1.2 completed' => ['completed', [$completed]],
            '1.2 part-way' => ['incomplete', [$incomplete]],
            '1.2 browsed' => ['browsed', [$browsed]],
            '1.2 not attempted' => ['notattempted', [$not]],
            'nothing reported' => ['notattempted', []],
            'opened, and nothing said' => ['notattempted', [['x.start.time' => '1']]],
            '2004 passed' => ['passed', [self::newer('completed', 'passed')]],
            '2004 failed' => ['failed', [self::newer('completed', 'failed')]],
            '2004 completed, nothing to pass' => ['completed', [self::newer('completed', 'unknown')]],
            '2004 part-way' => ['incomplete', [self::newer('incomplete', 'unknown')]],
            '2004 passed before the end' => ['passed', [self::newer('incomplete', 'passed')]],
            '2004 nothing known' => ['notattempted', [self::newer('unknown', 'unknown')]],
            '2004 not attempted' => ['notattempted', [self::newer('not attempted', 'unknown')]],
            'all of two parts passed' => ['passed', [$passed, $passed], 2],
            'one of two passed, one completed' => ['passed', [$completed, $passed], 2],
            'one of two passed, the other not opened' => ['incomplete', [$passed], 2],
            'one of two passed, the other begun' => ['incomplete', [$passed, $incomplete], 2],
            'one of two failed' => ['failed', [$passed, $failed], 2],
            'one of two opened' => ['notattempted', [$not], 2],
            'both browsed' => ['browsed', [$browsed, $browsed], 2],
            'a part that has gone since' => ['passed', [$passed, $passed], 1],
        ];
    }

    private static function older(string ...$statuses): array {
        return array_map(fn($status) => ['cmi.core.lesson_status' => $status], $statuses);
    }

    private static function newer(string $completion, string $success): array {
        return ['cmi.completion_status' => $completion, 'cmi.success_status' => $success];
    }

    /**
     * @dataProvider durations
     */
    public function test_duration(float $seconds, string $duration): void {
        self::assertSame($seconds, outcome::seconds($duration));
    }

    public static function durations(): array {
        return [
            '1.2' => [45296.78, '12:34:56.78'],
            '1.2, long' => [3600000.0, '1000:00:00'],
            '1.2, short form' => [62.0, '0:1:2'],
            '2004' => [3723.5, 'PT1H2M3.5S'],
            '2004, seconds only' => [90.0, 'PT90S'],
            '2004, minutes only' => [180.0, 'PT3M'],
            '2004, days' => [93784.0, 'P1DT2H3M4S'],
            '2004, nothing' => [0.0, 'PT0S'],
            'nothing' => [0.0, ''],
            'words' => [0.0, 'an hour'],
            'more after it' => [0.0, "00:00:01\n"],
        ];
    }

    public function test_score_time_and_start_of_several_parts(): void {
        $one = ['cmi.core.score.raw' => '70', 'cmi.core.total_time' => '00:10:00.00', 'x.start.time' => '1700000500'];
        $two = ['cmi.core.score.raw' => '85.5', 'cmi.core.total_time' => '00:00:30.60', 'x.start.time' => '1700000100'];
        $outcome = new outcome([$one, $two], 2);
        self::assertSame([85.5, 631, 1700000100], [$outcome->score, $outcome->seconds, $outcome->started]);
    }

    public function test_nothing_of_what_was_not_reported(): void {
        $outcome = new outcome([['cmi.score.raw' => '']], 1);
        self::assertSame([null, 0, 0], [$outcome->score, $outcome->seconds, $outcome->started]);
    }

    public function test_no_points_are_a_score(): void {
        self::assertSame(0.0, (new outcome([['cmi.score.raw' => '0']], 1))->score);
    }

    public function test_time_of_a_session_that_was_cut_short(): void {
        $part = ['cmi.total_time' => 'PT0S', 'cmi.session_time' => 'PT5M'];
        self::assertSame(300, (new outcome([$part], 1))->seconds);
    }

    /**
     * @dataProvider times
     */
    public function test_version(string $version, int $time, bool $changedbyhand = false): void {
        $loads = [(object) ['version' => '1.0.0', 'timeloaded' => '100'], (object) ['version' => '1.1.0', 'timeloaded' => '200']];
        self::assertSame($version, results::version($loads, $changedbyhand, $time));
    }

    public static function times(): array {
        return [
            'before the first' => ['', 99],
            'at the first' => ['1.0.0', 100],
            'between' => ['1.0.0', 199],
            'after the last' => ['1.1.0', 300],
            'after the last, and changed by hand since' => ['', 300, true],
            'between, and changed by hand since' => ['1.0.0', 150, true],
        ];
    }

    public function test_no_version_where_nothing_is_on_record(): void {
        self::assertSame('', results::version([], false, 100));
    }
}
