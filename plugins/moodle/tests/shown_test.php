<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What is there.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\get_packages;
use local_scormpack\external\get_site;

/**
 * What get_site and get_packages tell.
 */
final class shown_test extends moodle_testcase {
    public function test_packages(): void {
        global $DB;
        $bytes = sent::package(['version' => 'version="1.2.0"']);
        $cmid = sent::put($bytes)['cmid'];
        self::begin(7);
        self::begin(8, 1, 'passed');
        $answer = get_packages::execute(0, 'HC-2024');
        self::assertSame(['courseid' => 2, 'course' => 'Course 2', 'packages' => [['cmid' => $cmid,
            'package' => 'may-have-died', 'name' => 'May have died', 'section' => 0, 'visible' => true, 'standard' => '1.2',
            'version' => '1.2.0', 'sha256' => hash('sha256', $bytes),
            'since' => (int) self::only('local_scormpack_load')->timeloaded, 'learners' => 2, 'partway' => 1,
            'changedbyhand' => false, 'completion' => 'either',
            'url' => "https://moodle.example.org/mod/scorm/view.php?id=$cmid"]]], $answer);
        self::assertSame($answer, get_packages::execute_returns()->validate($answer));
    }

    public function test_no_packages(): void {
        self::assertSame([], get_packages::execute(2, '')['packages']);
    }

    public function test_packages_are_not_for_all(): void {
        site::$capabilities = [];
        self::assertSame('nopermissions', self::refused(fn() => get_packages::execute(2, ''))[0]);
    }

    public function test_site(): void {
        site::$config = ['tool_task/lastcronstart' => '1700000000', 'scorm/protectpackagedownloads' => '1',
            'local_scormpack/largest' => '1000'];
        $site = get_site::execute();
        $time = $site['time'];
        self::assertSame(self::sorted(['plugin' => '1.0.0', 'moodle' => '4.5.6 (Build: 20250811)', 'branch' => '405',
            'php' => PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION, 'maxbytes' => 1000, 'cronlast' => 1700000000,
            'completion' => true, 'coursecompletion' => true, 'protecteddownloads' => true, 'allowed' => false, 'course' => '',
            'courseid' => 0, 'time' => $time]), self::sorted(array_diff_key($site, ['pluginversion' => 0])));
        self::assertSame(self::sorted($site), self::sorted(get_site::execute_returns()->validate($site)));
    }

    public function test_site_and_a_course(): void {
        $of = fn($site) => [$site['courseid'], $site['course'], $site['allowed'], $site['coursecompletion'], $site['maxbytes']];
        self::assertSame([2, 'Course 2', true, true, 268435456], $of(get_site::execute(0, 'HC-2024')));
        site::$capabilities = [];
        self::assertSame([2, 'Course 2', false, true, 268435456], $of(get_site::execute(2)));
        global $DB;
        $DB->update_record('course', (object) ['id' => 2, 'enablecompletion' => 0, 'maxbytes' => 500]);
        self::assertSame([2, 'Course 2', false, false, 500], $of(get_site::execute(2)));
        self::assertSame('nocourse', self::refused(fn() => get_site::execute(0, 'SAME'))[0]);
    }

    /**
     * @dataProvider limits
     */
    public function test_largest(int $largest, array $capabilities, array $config, int $course): void {
        global $DB;
        site::$capabilities = $capabilities;
        site::$config = $config;
        $DB->update_record('course', (object) ['id' => 2, 'maxbytes' => $course]);
        self::assertSame($largest, get_site::execute(2)['maxbytes']);
    }

    public static function limits(): array {
        $ignores = ['moodle/course:ignorefilesizelimits'];
        $set = ['local_scormpack/largest' => '1000'];
        return [
            'of the server' => [268435456, [], [], 0],
            'of the course' => [500, [], $set, 500],
            'of the plugin' => [1000, [], $set, 5000],
            'none of the course' => [268435456, $ignores, [], 500],
            'of the plugin only' => [1000, $ignores, $set, 500],
        ];
    }
}
