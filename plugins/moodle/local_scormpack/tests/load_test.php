<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Loading in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack;

use local_scormpack\external\put_package;
use local_scormpack\external\remove_package;
use local_scormpack\local\activity;
use local_scormpack\local\tracks;

defined('MOODLE_INTERNAL') || die();

/**
 * What becomes of a course, and of what learners did in it, when packages are put there and removed.
 *
 * @covers \local_scormpack\external\put_package
 * @covers \local_scormpack\external\remove_package
 */
final class load_test extends \advanced_testcase {
    /** @var \stdClass the course */
    private \stdClass $course;
    /** @var \stdClass a learner */
    private \stdClass $learner;
    /** @var \local_scormpack_generator */
    private \local_scormpack_generator $generator;

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $data = $this->getDataGenerator();
        $this->generator = $data->get_plugin_generator('local_scormpack');
        $this->course = $data->create_course(['enablecompletion' => 1]);
        $this->learner = $data->create_and_enrol($this->course, 'student');
        $this->setUser($data->create_and_enrol($this->course, 'editingteacher'));
    }

    public function test_new(): void {
        $events = $this->redirectEvents();
        $answer = $this->generator->put($this->course);
        $this->assertSame(['new', '1.0.0', '1.2', 'none'],
            [$answer['action'], $answer['version'], $answer['standard'], $answer['progress']]);
        $activity = activity::find($this->course, 'may-have-died');
        $this->assertSame([$answer['cmid'], 'May have died', 'either', false],
            [(int) $activity->cm->id, $activity->scorm->name, $activity->completion(), $activity->changedbyhand()]);
        $this->assertSame(['scormpack:may-have-died', '1', '0', '1', (string) COMPLETION_TRACKING_AUTOMATIC],
            [$activity->cm->idnumber, (string) $activity->scorm->grademethod, (string) $activity->scorm->maxattempt,
            (string) $activity->scorm->hidebrowse, (string) $activity->cm->completion]);
        $this->assertSame([event\package_loaded::class], self::ours($events));
    }

    public function test_the_same_again_does_nothing(): void {
        $is = ['files' => ['note.txt' => 'note']];
        $bytes = $this->generator->package($is);
        $put = fn() => put_package::execute((int) $this->course->id, '', 'may-have-died',
            \local_scormpack_generator::upload($bytes), hash('sha256', $bytes));
        $put();
        $before = $this->scorm();
        $events = $this->redirectEvents();
        $this->assertSame('same', $put()['action']);
        $this->assertEquals([$before, []], [$this->scorm(), self::ours($events)]);
    }

    public function test_an_update_keeps_what_learners_did(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learner, ['x.start.time' => time(), 'cmi.core.lesson_status' => 'incomplete',
            'cmi.suspend_data' => 'half']);
        $before = $this->did();
        $events = $this->redirectEvents();
        $answer = $this->generator->put($this->course, ['version' => '1.1.0']);
        $this->assertSame(['update', 'stays', $cmid, '1.0.0', 1, 1, 1], [$answer['action'], $answer['progress'],
            $answer['cmid'], $answer['oldversion'], $answer['learners'], $answer['partway'], $answer['inside']]);
        $this->assertEquals($before, $this->did());
        $this->assertSame('1.1.0', activity::find($this->course, 'may-have-died')->version());
        $this->assertSame([event\package_updated::class], self::ours($events));
    }

    public function test_a_dry_run_says_what_would_be_lost(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learner, ['cmi.core.lesson_status' => 'incomplete']);
        $before = [$this->scorm(), $this->did()];
        $other = $this->generator->put($this->course, ['item' => 'another'], true);
        $this->assertSame(['update', 'lost'], [$other['action'], $other['progress']]);
        $newer = $this->generator->put($this->course, ['standard' => '2004'], true);
        $this->assertSame(['lost', get_string('loststandard', 'local_scormpack')], [$newer['progress'], $newer['why']]);
        $this->assertEquals($before, [$this->scorm(), $this->did()]);
    }

    public function test_a_refusal_touches_nothing(): void {
        $this->generator->put($this->course);
        $before = $this->scorm();
        $events = $this->redirectEvents();
        $code = self::refused(fn() => $this->generator->put($this->course, ['version' => '1.1.0',
            'files' => ['imsmanifest.xml' => '<manifest']]));
        $this->assertSame('badmanifest', $code);
        $this->assertEquals($before, $this->scorm());
        $this->assertSame([event\package_refused::class], self::ours($events));
    }

    public function test_what_goes_wrong_is_undone(): void {
        $this->preventResetByRollback();
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learner, ['cmi.core.lesson_status' => 'incomplete']);
        $before = [$this->scorm(), $this->did(), $this->files($cmid)];
        $events = $this->redirectEvents();
        $blocked = self::block('another page');
        $code = self::refused(fn() => $this->generator->put($this->course, ['version' => '1.1.0',
            'files' => ['page.html' => 'another page']]));
        unlink($blocked);
        $this->assertSame('restored', $code);
        $this->assertEquals($before, [$this->scorm(), $this->did(), $this->files($cmid)]);
        $this->assertSame([event\package_restored::class], self::ours($events));
        $this->assertSame('1.0.0', activity::find($this->course, 'may-have-died')->version());
    }

    public function test_who_may(): void {
        $this->setUser($this->learner);
        $this->assertSame('nopermissions', self::refused(fn() => $this->generator->put($this->course)));
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $this->assertSame('nopermissions', self::refused(fn() => $this->generator->put($this->course)));
        $this->setUser($this->getDataGenerator()->create_user());
        $this->assertSame('requireloginerror', self::refused(fn() => $this->generator->put($this->course)));
        $this->assertSame([], activity::all($this->course));
    }

    public function test_removing_takes_a_second_word_where_learners_have_begun(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learner, ['cmi.core.lesson_status' => 'incomplete']);
        $remove = fn($even) => remove_package::execute((int) $this->course->id, '', 'may-have-died', $even);
        $this->assertSame('hasattempts', self::refused(fn() => $remove(false)));
        $events = $this->redirectEvents();
        $this->assertSame(['removed' => true, 'cmid' => $cmid, 'learners' => 1], $remove(true));
        $this->assertSame([], activity::all($this->course));
        $this->assertSame([event\package_removed::class], self::ours($events));
    }

    public function test_a_copy_of_the_course_knows_its_packages(): void {
        global $CFG, $USER;
        require_once("$CFG->dirroot/backup/util/includes/backup_includes.php");
        require_once("$CFG->dirroot/backup/util/includes/restore_includes.php");
        $this->generator->put($this->course);
        $this->setAdminUser();
        $backup = new \backup_controller(\backup::TYPE_1COURSE, $this->course->id, \backup::FORMAT_MOODLE,
            \backup::INTERACTIVE_NO, \backup::MODE_IMPORT, $USER->id);
        $backup->execute_plan();
        $copy = $this->getDataGenerator()->create_course();
        $restore = new \restore_controller($backup->get_backupid(), $copy->id, \backup::INTERACTIVE_NO, \backup::MODE_IMPORT,
            $USER->id, \backup::TARGET_EXISTING_ADDING);
        $restore->execute_precheck();
        $restore->execute_plan();
        $activity = activity::find($copy, 'may-have-died');
        $this->assertSame(['1.0.0', 0, false], [$activity->version(), $activity->since(), $activity->changedbyhand()]);
        $backup->destroy();
        $restore->destroy();
    }

    /**
     * The row of the only activity.
     *
     * @return \stdClass
     */
    private function scorm(): \stdClass {
        global $DB;
        return $DB->get_record('scorm', ['course' => $this->course->id], '*', MUST_EXIST);
    }

    /**
     * What learners did, and their grades.
     *
     * @return array
     */
    private function did(): array {
        global $DB;
        $scorm = $this->scorm();
        $sql = 'SELECT t.element, t.userid, t.attempt, t.scoid, t.value, t.timemodified FROM ' . tracks::table() . ' t
                 WHERE t.scormid = ? ORDER BY t.element';
        return [$DB->get_records_sql($sql, [$scorm->id]), $DB->get_records('scorm_scoes', ['scorm' => $scorm->id])];
    }

    /**
     * The files of an activity.
     *
     * @param int $cmid
     * @return string[] hashes by path
     */
    private function files(int $cmid): array {
        $files = [];
        foreach (['package', 'content'] as $area) {
            $found = get_file_storage()->get_area_files(\context_module::instance($cmid)->id, 'mod_scorm', $area, 0, 'id', false);
            foreach ($found as $file) {
                $files[$area . $file->get_filepath() . $file->get_filename()] = $file->get_contenthash();
            }
        }
        return $files;
    }

    /**
     * Leave no room for certain bytes: a file is where the folder should be that they would go into.
     *
     * @param string $bytes
     * @return string the file
     */
    private static function block(string $bytes): string {
        global $CFG;
        $hash = sha1($bytes);
        $file = ($CFG->filedir ?? "$CFG->dataroot/filedir") . '/' . substr($hash, 0, 2) . '/' . substr($hash, 2, 2);
        self::assertDirectoryDoesNotExist($file);
        check_dir_exists(dirname($file));
        file_put_contents($file, '');
        return $file;
    }

    /**
     * The code that a call is refused with.
     *
     * @param callable $call
     * @return string
     */
    private static function refused(callable $call): string {
        try {
            $call();
        } catch (\moodle_exception $refusal) {
            return $refusal->errorcode;
        }
        return 'nothing';
    }

    /**
     * Which events of this plugin there were.
     *
     * @param \phpunit_event_sink $events
     * @return string[]
     */
    private static function ours(\phpunit_event_sink $events): array {
        $classes = array_map(fn($event) => get_class($event), $events->get_events());
        return array_values(preg_grep('/^local_scormpack/', $classes));
    }
}
