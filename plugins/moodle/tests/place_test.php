<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Where a package may go, and who may put it there.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\remove_package;

/**
 * Courses and capabilities.
 */
final class place_test extends moodle_testcase {
    /**
     * A course has to be named once, to be there, to be the only one, and not to be the front page.
     *
     * @testWith [0, ""]
     *           [2, "HC-2024"]
     *           [9, ""]
     *           [1, ""]
     *           [0, "NONE"]
     *           [0, "SAME"]
     * @param int $id
     * @param string $idnumber
     */
    public function test_no_such_course(int $id, string $idnumber): void {
        $put = fn() => sent::put(sent::package(), ['courseid' => $id, 'courseidnumber' => $idnumber]);
        self::assertSame('nocourse', self::refused($put)[0]);
    }

    public function test_finds_a_course_by_its_id_number(): void {
        self::assertSame(2, sent::put(sent::package(), ['courseid' => 0, 'courseidnumber' => 'HC-2024'])['courseid']);
    }

    /**
     * Both capabilities are needed, to load and to remove.
     *
     * @testWith ["local/scormpack:manage"]
     *           ["moodle/course:manageactivities"]
     * @param string $lacking
     */
    public function test_needs_capabilities(string $lacking): void {
        site::$capabilities = array_diff(site::$capabilities, [$lacking]);
        $calls = [fn() => sent::put(sent::package()), fn() => sent::put(sent::package(), ['dryrun' => true]),
            fn() => remove_package::execute(2, '', 'may-have-died')];
        foreach ($calls as $call) {
            self::assertSame('nopermissions', self::refused($call)[0]);
        }
    }
}
