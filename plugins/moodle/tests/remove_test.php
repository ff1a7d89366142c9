<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Removing.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\remove_package;

/**
 * What remove_package does.
 */
final class remove_test extends moodle_testcase {
    public function test_removes_what_nobody_has_begun(): void {
        $cmid = sent::put(sent::package())['cmid'];
        $answer = remove_package::execute(2, '', 'may-have-died');
        self::assertSame(['removed' => true, 'cmid' => $cmid, 'learners' => 0], $answer);
        self::assertSame($answer, remove_package::execute_returns()->validate($answer));
        self::assertSame(['package_removed', ['package' => 'may-have-died', 'cmid' => $cmid, 'learners' => 0]], end(site::$told));
        global $DB;
        self::assertSame([[], []], [$DB->get_records('course_modules'), $DB->get_records('local_scormpack_load')]);
    }

    public function test_has_to_be_told_twice_where_learners_have_begun(): void {
        sent::put(sent::package());
        self::begin();
        $before = self::everything();
        $said = '1 learners have begun this activity. Their attempts would go with it, so it was not removed.';
        self::assertSame(['hasattempts', $said], self::refused(fn() => remove_package::execute(2, '', 'may-have-died')));
        self::assertEquals($before, self::everything());
        self::assertSame(1, remove_package::execute(2, '', 'may-have-died', true)['learners']);
    }

    public function test_refuses_what_is_not_there(): void {
        self::assertSame('nosuchpackage', self::refused(fn() => remove_package::execute(2, '', 'may-have-died'))[0]);
    }

    public function test_not_while_it_is_loaded(): void {
        sent::put(sent::package());
        site::$locked['2/may-have-died'] = true;
        self::assertSame('busy', self::refused(fn() => remove_package::execute(2, '', 'may-have-died'))[0]);
    }
}
