<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Results.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\get_results;

/**
 * What get_results tells of learners, and whom.
 */
final class results_test extends moodle_testcase {
    protected function setUp(): void {
        parent::setUp();
        global $DB;
        site::$capabilities = array_merge(site::$capabilities, ['mod/scorm:viewreport', 'moodle/site:viewuseridentity']);
        site::$config = ['local_scormpack/names' => '1', 'core/showuseridentity' => 'email'];
        sent::put(sent::package());
        foreach (['Amina', 'Ben'] as $name) {
            $id = $DB->insert_record('user', ['idnumber' => "W-$name", 'username' => strtolower($name), 'firstname' => $name,
                'lastname' => 'Learner', 'email' => "$name@example.org"]);
            site::$members[$id] = [$name === 'Amina' ? 31 : 32];
            self::begin($id, 1, 'failed');
            self::begin($id, 2, 'passed');
        }
    }

    public function test_a_row_for_each_attempt(): void {
        $answer = self::results();
        self::assertSame([['W-Amina', 1, 'failed'], ['W-Amina', 2, 'passed'], ['W-Ben', 1, 'failed'], ['W-Ben', 2, 'passed']],
            array_map(fn($row) => [$row['idnumber'], $row['attempt'], $row['status']], $answer['results']));
        self::assertSame('', $answer['next']);
        self::assertSame([null, 0, 100, 200, ''], self::of($answer['results'][0],
            'score', 'seconds', 'started', 'last', 'version'));
    }

    /**
     * @dataProvider limits
     */
    public function test_a_page_at_a_time(int $limit, int $pages): void {
        $after = '';
        $read = [];
        do {
            ['results' => $page, 'next' => $after] = self::results($limit, $after);
            $read[] = $page;
        } while ($after !== '');
        self::assertSame([self::results()['results'], $pages], [array_merge(...$read), count($read)]);
    }

    public static function limits(): array {
        return ['one' => [1, 4], 'three' => [3, 2], 'all' => [4, 1], 'more than there are' => [5, 1]];
    }

    public function test_groups_that_are_apart(): void {
        site::$apart = true;
        self::assertSame([], self::results()['results']);
        site::$groups = [32];
        self::assertSame(['W-Ben'], self::seen());
        site::$capabilities[] = 'moodle/site:accessallgroups';
        self::assertSame(['W-Amina', 'W-Ben'], self::seen());
    }

    /**
     * @dataProvider secrets
     */
    public function test_who(array $without, array $config, array $seen): void {
        site::$capabilities = array_diff(site::$capabilities, $without);
        site::$config = $config + site::$config;
        self::assertSame($seen, self::of(self::results()['results'][0], 'idnumber', 'username', 'fullname', 'email'));
    }

    public static function secrets(): array {
        $no = ['local_scormpack/names' => '0'];
        return [
            'all' => [[], [], ['W-Amina', 'amina', 'Amina', 'Amina@example.org']],
            'no address' => [[], ['core/showuseridentity' => 'idnumber'], ['W-Amina', 'amina', 'Amina', '']],
            'no names' => [[], $no, ['W-Amina', '', '', '']],
            'no identity' => [['moodle/site:viewuseridentity'], [], ['', '', 'Amina', '']],
            'neither' => [['moodle/site:viewuseridentity'], $no, ['', '', '', '']],
        ];
    }

    public function test_what_is_refused(): void {
        self::assertSame('invalidparameter', self::refused(fn() => self::results(0))[0]);
        self::assertSame('invalidparameter', self::refused(fn() => self::results(2001))[0]);
        self::assertSame('invalidparameter', self::refused(fn() => self::results(1, '1-2'))[0]);
        self::assertSame('nosuchpackage', self::refused(fn() => self::results(1, '', 'nowhere'))[0]);
        site::$capabilities = array_diff(site::$capabilities, ['mod/scorm:viewreport']);
        self::assertSame('nopermissions', self::refused(fn() => self::results())[0]);
    }

    /**
     * The results, in the form that is promised.
     *
     * @param int $limit
     * @param string $after
     * @param string $package
     * @return array
     */
    private static function results(int $limit = 500, string $after = '', string $package = ''): array {
        $answer = get_results::execute(2, '', $package, $after, $limit);
        self::assertEquals($answer, get_results::execute_returns()->validate($answer));
        return $answer;
    }

    /**
     * Whose results are seen.
     *
     * @return string[]
     */
    private static function seen(): array {
        return array_values(array_unique(array_column(self::results()['results'], 'idnumber')));
    }

    /**
     * Some values of a row.
     *
     * @param array $row
     * @param string ...$names
     * @return array
     */
    private static function of(array $row, string ...$names): array {
        return array_map(fn($name) => $row[$name], $names);
    }
}
