<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What goes wrong in between leaves everything as it was.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

/**
 * Each way in which Moodle may fail while a package is loaded.
 */
final class restore_test extends moodle_testcase {
    /**
     * Where it goes wrong, what does, and what is said of it.
     *
     * @return array
     */
    public static function faults(): array {
        $throws = function (): void {
            throw new \RuntimeException('The disk is full');
        };
        $area = fn($context) => ['contextid' => $context->id, 'component' => 'mod_scorm', 'filearea' => 'content', 'itemid' => 0];
        return [
            'the file was taken' => ['saved', $throws, 'The disk is full'],
            'the old files are gone' => ['unpacked', $throws, 'The disk is full'],
            'the manifest was read' => ['parsed', $throws, 'The disk is full'],
            'an error of PHP' => ['parsed', fn() => intdiv(1, 0), 'Division by zero'],
            'another file' => ['parsed', fn($scorm) => self::write('scorm', $scorm->id, ['sha1hash' => sha1('x')]),
                'does not hold the file'],
            'no file' => ['parsed', fn($scorm) => self::write('scorm', $scorm->id, ['sha1hash' => null]), 'does not hold the file'],
            'unreadable' => ['parsed', fn($scorm) => self::write('scorm', $scorm->id, ['version' => 'ERROR']), 'ERROR'],
            'another standard' => ['parsed', fn($scorm) => self::write('scorm', $scorm->id, ['version' => 'SCORM_1.3']),
                'SCORM_1.3'],
            'nothing found' => ['parsed', fn($scorm) => self::remove('scorm_scoes', ['scorm' => $scorm->id]),
                'nothing in the package'],
            'nothing to launch' => ['parsed', fn($scorm) => self::write('scorm', $scorm->id, ['launch' => 0]),
                'nothing in the package'],
            'no address' => ['parsed', fn($scorm) => self::write('scorm_scoes', $scorm->launch, ['launch' => '']),
                'may-have-died.item'],
            'an asset' => ['parsed', fn($scorm) => self::write('scorm_scoes', $scorm->launch, ['scormtype' => 'asset']),
                'may-have-died.item'],
            'not unpacked' => ['unpacked', fn($context) => self::remove('files', $area($context) + ['filename' => 'index.html']),
                'index.html'],
            'half unpacked' => ['unpacked', fn($context) => self::shorten($area($context) + ['filename' => 'index.html']),
                'index.html'],
        ];
    }

    /**
     * An update that fails leaves the old version, its settings and what learners did, down to the last byte.
     *
     * @dataProvider faults
     * @param string $when
     * @param callable $fault
     * @param string $said
     */
    public function test_an_update_that_fails(string $when, callable $fault, string $said): void {
        sent::put(sent::package([], ['only-in-the-old-one.html' => 'old']));
        self::begin();
        $before = self::everything();
        site::$on[$when] = $fault;
        $new = sent::package(['version' => 'version="1.0.1"'], ['new.html' => 'new']);
        $this->assert_restored($before, $new, $said);
        site::$on = [];
        self::assertSame(['update', '1.0.1'], [($answer = sent::put($new))['action'], $answer['version']]);
    }

    /**
     * What learners did in items that are gone comes back with the old version.
     */
    public function test_progress_that_would_be_lost_comes_back(): void {
        sent::put(sent::package());
        self::begin();
        $before = self::everything();
        site::$on['updated'] = fn() => intdiv(1, 0);
        $this->assert_restored($before, sent::package(['item' => 'another']), 'Division by zero');
    }

    /**
     * A new activity that fails is not there.
     *
     * @dataProvider faults
     * @param string $when
     * @param callable $fault
     * @param string $said
     */
    public function test_a_new_one_that_fails(string $when, callable $fault, string $said): void {
        $before = self::everything();
        site::$on[$when] = $fault;
        $this->assert_restored($before, sent::package(), $said);
        site::$on = [];
        self::assertSame('new', sent::put(sent::package())['action']);
    }

    public function test_settings_that_fail(): void {
        sent::put(sent::package());
        $before = self::everything();
        site::$on['updated'] = fn() => intdiv(1, 0);
        [$code] = self::refused(fn() => sent::put(sent::package(), ['settings' => sent::settings(['display' => 'frame'])]));
        self::assertSame('restored', $code);
        self::assertEquals($before, self::everything());
    }

    /**
     * A cache is no part of a transaction: what it holds of the change goes as well.
     */
    public function test_drops_what_was_remembered(): void {
        site::$on['added'] = fn() => intdiv(1, 0);
        self::refused(fn() => sent::put(sent::package()));
        self::assertSame(['core/coursemodinfo/2', 'core/completion', 'course/2'], site::$forgotten);
    }

    /**
     * Where files do not come back, nobody is told that they have.
     */
    public function test_says_when_it_could_not_be_undone(): void {
        sent::put(sent::package());
        site::$on['updated'] = function (): void {
            unset(site::$pool[sha1(sent::package())]);
            throw new \RuntimeException('The disk is broken');
        };
        [$code, $said] = self::refused(fn() => sent::put(sent::package(['version' => 'version="1.0.1"'])));
        self::assertSame('notrestored', $code);
        self::assertStringContainsString('The disk is broken', $said);
    }

    /**
     * A load fails and leaves no trace.
     *
     * @param array $before
     * @param string $bytes
     * @param string $words
     */
    private function assert_restored(array $before, string $bytes, string $words): void {
        global $DB;
        $draft = sent::upload($bytes);
        $drafts = $DB->get_records('files', ['filearea' => 'draft']);
        [$code, $said] = self::refused(fn() => sent::put($bytes, ['draftitemid' => $draft]));
        self::assertSame('restored', $code, $said);
        self::assertStringContainsString($words, $said);
        self::assertSame(['package_restored', ['package' => 'may-have-died', 'reason' => $said]], end(site::$told));
        self::assertEquals($before, self::everything());
        self::assertCount(count($drafts) + 1, $DB->get_records('files', ['filearea' => 'draft']));
        foreach ($DB->get_records('files') as $file) {
            self::assertArrayHasKey($file->contenthash, site::$pool, $file->filename);
        }
        self::assertFalse($DB->is_transaction_started());
        self::assertSame([], site::$locked);
    }

    /**
     * Change a row.
     *
     * @param string $table
     * @param int $id
     * @param array $fields
     */
    private static function write(string $table, $id, array $fields): void {
        global $DB;
        $DB->update_record($table, (object) ($fields + ['id' => $id]));
    }

    /**
     * Remove rows.
     *
     * @param string $table
     * @param array $conditions
     */
    private static function remove(string $table, array $conditions): void {
        global $DB;
        $DB->delete_records($table, $conditions);
    }

    /**
     * Make a file shorter than it was.
     *
     * @param array $conditions
     */
    private static function shorten(array $conditions): void {
        global $DB;
        self::write('files', $DB->get_record('files', $conditions)->id, ['filesize' => 1]);
    }
}
