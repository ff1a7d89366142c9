<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What the tests have in common.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\put_package;

/**
 * A test with a fresh site.
 */
abstract class moodle_testcase extends \PHPUnit\Framework\TestCase {
    protected function setUp(): void {
        site::begin();
    }

    protected function tearDown(): void {
        array_map('unlink', array_filter(site::$temporary, 'is_file'));
    }

    /**
     * What a call is refused with: its code and its sentence.
     *
     * @param callable $call
     * @return string[]
     */
    protected static function refused(callable $call): array {
        try {
            $call();
        } catch (\moodle_exception $refusal) {
            return [$refusal->errorcode, $refusal->getMessage()];
        }
        return ['nothing', ''];
    }

    /**
     * Everything that the site holds, but for draft areas: they are cleared by Moodle.
     *
     * @return array
     */
    protected static function everything(): array {
        global $DB;
        $tables = unserialize(serialize($DB->tables));
        $tables['files'] = array_filter($tables['files'] ?? [], fn($file) => $file->filearea !== 'draft');
        return array_filter($tables);
    }

    /**
     * The only row of a table.
     *
     * @param string $table
     * @return \stdClass
     */
    protected static function only(string $table): \stdClass {
        global $DB;
        $rows = $DB->get_records($table);
        self::assertCount(1, $rows, $table);
        return reset($rows);
    }

    /**
     * Fields in the order of their names.
     *
     * @param array $fields
     * @return array
     */
    protected static function sorted(array $fields): array {
        ksort($fields);
        return $fields;
    }

    /**
     * A learner begins the only activity.
     *
     * @param int $userid
     * @param int $attempt
     * @param string $status
     */
    protected static function begin(int $userid = 7, int $attempt = 1, string $status = 'incomplete'): void {
        global $DB;
        $item = self::only('scorm_scoes');
        $DB->insert_record('tracks', ['scorm' => $item->scorm, 'scoid' => $item->id, 'userid' => $userid, 'attempt' => $attempt,
            'status' => $status, 'now' => 1]);
    }

    /**
     * The answer of put_package in the form that is promised.
     *
     * @param array $answer
     */
    protected static function assert_promised(array $answer): void {
        self::assertSame(self::sorted($answer), self::sorted(put_package::execute_returns()->validate($answer)));
    }
}
