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
     * These capabilities are needed, to load and to ask.
     *
     * @testWith ["local/scormpack:manage"]
     *           ["moodle/course:manageactivities"]
     *           ["mod/scorm:addinstance"]
     * @param string $lacking
     */
    public function test_needs_capabilities_to_load(string $lacking): void {
        site::$capabilities = array_diff(site::$capabilities, [$lacking]);
        foreach ([true, false] as $dryrun) {
            self::assertSame('nopermissions', self::refused(fn() => sent::put(sent::package(), ['dryrun' => $dryrun]))[0]);
        }
    }

    /**
     * These are needed to remove.
     *
     * @testWith ["local/scormpack:manage"]
     *           ["moodle/course:manageactivities"]
     * @param string $lacking
     */
    public function test_needs_capabilities_to_remove(string $lacking): void {
        sent::put(sent::package());
        $before = self::everything();
        site::$capabilities = array_diff(site::$capabilities, [$lacking]);
        self::assertSame('nopermissions', self::refused(fn() => remove_package::execute(2, '', 'may-have-died'))[0]);
        self::assertEquals($before, self::everything());
    }

    public function test_a_large_package_may_take_its_time(): void {
        sent::put(sent::package());
        self::assertSame(600, site::$patience);
    }
}
