<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Results in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack;

use local_scormpack\external\get_packages;
use local_scormpack\external\get_results;
use local_scormpack\local\activity;
use local_scormpack\local\tracks;

defined('MOODLE_INTERNAL') || die();

/**
 * What is told of learners, and to whom.
 *
 * @covers \local_scormpack\external\get_results
 * @covers \local_scormpack\external\get_packages
 * @covers \local_scormpack\local\tracks
 */
final class results_test extends \advanced_testcase {
    /** @var \stdClass the course */
    private \stdClass $course;
    /** @var \stdClass[] learners by name */
    private array $learners;
    /** @var \stdClass an editing teacher */
    private \stdClass $teacher;
    /** @var \local_scormpack_generator */
    private \local_scormpack_generator $generator;

    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $data = $this->getDataGenerator();
        $this->generator = $data->get_plugin_generator('local_scormpack');
        $this->course = $data->create_course(['enablecompletion' => 1]);
        foreach (['amina', 'ben', 'chidi'] as $name) {
            $this->learners[$name] = $data->create_and_enrol($this->course, 'student', ['username' => $name,
                'firstname' => ucfirst($name), 'lastname' => 'Learner', 'idnumber' => "W-$name", 'email' => "$name@example.org"]);
        }
        $this->teacher = $data->create_and_enrol($this->course, 'editingteacher');
        $this->setUser($this->teacher);
    }

    public function test_one_row_for_each_attempt(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['x.start.time' => 1700000000,
            'cmi.core.lesson_status' => 'failed', 'cmi.core.score.raw' => '40', 'cmi.core.total_time' => '00:05:00.00']);
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.core.lesson_status' => 'passed',
            'cmi.core.score.raw' => '90'], 2);
        $this->generator->play($cmid, $this->learners['ben'], ['cmi.core.lesson_status' => 'incomplete']);
        [$failed, $passed, $begun] = $this->results()['results'];
        $this->assertSame(['W-amina', 'amina', 'Amina Learner', 'amina@example.org', 'may-have-died', $cmid, 1, 'failed', 40.0,
            300, 1700000000, '1.0.0'], [$failed['idnumber'], $failed['username'], $failed['fullname'], $failed['email'],
            $failed['package'], $failed['cmid'], $failed['attempt'], $failed['status'], $failed['score'], $failed['seconds'],
            $failed['started'], $failed['version']]);
        $this->assertSame([2, 'passed', 90.0], [$passed['attempt'], $passed['status'], $passed['score']]);
        $this->assertSame(['W-ben', 'incomplete', null], [$begun['idnumber'], $begun['status'], $begun['score']]);
    }

    public function test_scorm_2004_says_whether_it_was_passed(): void {
        $cmid = $this->generator->put($this->course, ['standard' => '2004'])['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.completion_status' => 'completed',
            'cmi.success_status' => 'passed', 'cmi.score.raw' => '100', 'cmi.total_time' => 'PT12M3.5S']);
        [$only] = $this->results()['results'];
        $this->assertSame(['passed', 100.0, 724], [$only['status'], $only['score'], $only['seconds']]);
    }

    public function test_a_page_at_a_time(): void {
        foreach (['first', 'second'] as $package) {
            $cmid = $this->generator->put($this->course, ['package' => $package])['cmid'];
            foreach ($this->learners as $learner) {
                $this->generator->play($cmid, $learner, ['cmi.core.lesson_status' => 'passed']);
                $this->generator->play($cmid, $learner, ['cmi.core.lesson_status' => 'incomplete'], 2);
            }
        }
        $all = $this->results()['results'];
        $this->assertCount(12, $all);
        foreach ([1, 5, 6, 12] as $limit) {
            $read = [];
            $pages = 0;
            $after = '';
            do {
                ['results' => $page, 'next' => $after] = $this->results(['after' => $after, 'limit' => $limit]);
                $read = array_merge($read, $page);
                $pages++;
            } while ($after !== '');
            $this->assertSame([$all, (int) ceil(12 / $limit)], [$read, $pages], "a page of $limit");
        }
        $second = $this->results(['package' => 'second'])['results'];
        $this->assertSame(array_slice($all, 6), $second);
    }

    public function test_what_is_not_there_or_not_possible(): void {
        $this->assertSame(['results' => [], 'next' => ''], $this->results());
        $this->assertSame('nosuchpackage', $this->refused(['package' => 'nowhere']));
        foreach ([['limit' => 0], ['limit' => 2001], ['after' => '1-2'], ['after' => 'a-b-c']] as $is) {
            $this->assertSame('invalidparameter', $this->refused($is));
        }
    }

    public function test_groups_that_are_apart_stay_apart(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        foreach ($this->learners as $learner) {
            $this->generator->play($cmid, $learner, ['cmi.core.lesson_status' => 'passed']);
        }
        set_coursemodule_groupmode($cmid, SEPARATEGROUPS);
        rebuild_course_cache($this->course->id);
        $this->assertSame(['W-amina', 'W-ben', 'W-chidi'], $this->seen());
        $context = \context_course::instance($this->course->id);
        $role = $this->getDataGenerator()->create_role();
        assign_capability('moodle/site:accessallgroups', CAP_PROHIBIT, $role, $context);
        role_assign($role, $this->teacher->id, $context);
        $this->assertSame([], $this->seen());
        $north = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
        foreach ([$this->teacher, $this->learners['ben']] as $member) {
            $this->getDataGenerator()->create_group_member(['groupid' => $north->id, 'userid' => $member->id]);
        }
        $this->assertSame(['W-ben'], $this->seen());
    }

    public function test_who_has_left_is_not_seen(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.core.lesson_status' => 'passed']);
        $enrol = enrol_get_plugin('manual');
        $instances = enrol_get_instances($this->course->id, true);
        $manual = array_filter($instances, fn($instance) => $instance->enrol === 'manual');
        $enrol->unenrol_user(reset($manual), $this->learners['amina']->id);
        $this->assertSame([], $this->seen());
    }

    public function test_names_only_where_they_may_go(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['ben'], ['cmi.core.lesson_status' => 'passed']);
        $who = fn() => array_intersect_key($this->results()['results'][0],
            array_flip(['idnumber', 'username', 'fullname', 'email']));
        set_config('names', '0', 'local_scormpack');
        $this->assertSame(['idnumber' => 'W-ben', 'username' => '', 'fullname' => '', 'email' => ''], $who());
        set_config('names', '1', 'local_scormpack');
        set_config('showuseridentity', '');
        $this->assertSame(['idnumber' => 'W-ben', 'username' => 'ben', 'fullname' => 'Ben Learner', 'email' => ''], $who());
        $this->prohibit('moodle/site:viewuseridentity');
        $this->assertSame(['idnumber' => '', 'username' => '', 'fullname' => 'Ben Learner', 'email' => ''], $who());
    }

    public function test_needs_the_right_to_see_reports(): void {
        $this->generator->put($this->course);
        $this->prohibit('mod/scorm:viewreport');
        $this->assertSame('nopermissions', $this->refused());
        $this->setUser($this->learners['amina']);
        $this->assertSame('nopermissions', $this->refused());
    }

    public function test_packages(): void {
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.core.lesson_status' => 'failed']);
        $this->generator->play($cmid, $this->learners['ben'], ['cmi.core.lesson_status' => 'incomplete']);
        $answer = get_packages::execute((int) $this->course->id, '');
        $clean = get_packages::clean_returnvalue(get_packages::execute_returns(), $answer);
        $this->assertSame($answer, $clean);
        [$only] = $answer['packages'];
        $this->assertSame([$cmid, 'may-have-died', '1.2', '1.0.0', 2, 1, false, 'either'], [$only['cmid'], $only['package'],
            $only['standard'], $only['version'], $only['learners'], $only['partway'], $only['changedbyhand'],
            $only['completion']]);
    }

    public function test_counts_of_several_packages_are_kept_apart(): void {
        global $DB;
        $busy = $this->generator->put($this->course)['cmid'];
        $this->generator->put($this->course, ['package' => 'quiet']);
        $this->generator->play($busy, $this->learners['amina'], ['cmi.core.lesson_status' => 'passed']);
        $this->generator->play($busy, $this->learners['amina'], ['cmi.core.lesson_status' => 'incomplete'], 2);
        $this->generator->play($busy, $this->learners['ben'], ['cmi.core.lesson_status' => 'browsed']);
        $scorms = array_column(activity::all($this->course), 'scorm', 'package');
        $counts = tracks::counts($scorms);
        $this->assertSame(['learners' => 2, 'partway' => 1, 'inside' => 2], $counts[$scorms['may-have-died']->id]);
        $this->assertSame(['learners' => 0, 'partway' => 0, 'inside' => 0], $counts[$scorms['quiet']->id]);
        $table = $DB->get_manager()->table_exists('scorm_scoes_track') ? 'scorm_scoes_track' : 'scorm_scoes_value';
        $DB->set_field($table, 'timemodified', time() - 1801);
        $this->assertSame(0, tracks::counts($scorms)[$scorms['may-have-died']->id]['inside']);
        $this->assertSame([], tracks::counts([]));
    }

    public function test_another_file_by_hand_is_told(): void {
        global $DB;
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.core.lesson_status' => 'passed']);
        $DB->set_field('scorm', 'sha1hash', sha1('another'), ['course' => $this->course->id]);
        [$only] = get_packages::execute((int) $this->course->id, '')['packages'];
        $this->assertSame([true, 0], [$only['changedbyhand'], $only['since']]);
        $this->assertSame('', $this->results()['results'][0]['version']);
    }

    public function test_counts_as_moodle_stored_it_until_4_2(): void {
        global $DB;
        if ($DB->get_manager()->table_exists('scorm_scoes_track')) {
            $this->markTestSkipped('This Moodle still stores it so.');
        }
        $cmid = $this->generator->put($this->course)['cmid'];
        $this->generator->play($cmid, $this->learners['amina'], ['cmi.core.lesson_status' => 'passed']);
        $this->generator->play($cmid, $this->learners['ben'], ['cmi.core.lesson_status' => 'incomplete']);
        $scorm = activity::find($this->course, 'may-have-died')->scorm;
        $before = [self::counts($scorm), $this->results()];
        $rows = $DB->get_records_sql('SELECT ' . $DB->sql_concat('t.userid', "'-'", 't.element') . ' AS one, t.*
                                        FROM ' . tracks::table() . ' t');
        $table = self::old_table();
        $DB->get_manager()->create_temp_table($table);
        try {
            foreach ($rows as $row) {
                $DB->insert_record('scorm_scoes_track', $row);
            }
            $this->assertSame('{scorm_scoes_track}', tracks::table());
            $this->assertEquals($before, [self::counts($scorm), $this->results()]);
            $DB->delete_records('scorm_scoes_track');
            $this->assertSame([0, ['learners' => 0, 'partway' => 0, 'inside' => 0], []], self::counts($scorm));
        } finally {
            $DB->get_manager()->drop_table($table);
        }
    }

    /**
     * All that is counted.
     *
     * @param \stdClass $scorm
     * @return array
     */
    private static function counts(\stdClass $scorm): array {
        return [tracks::learners($scorm), tracks::counts([$scorm])[$scorm->id], tracks::identifiers($scorm)];
    }

    /**
     * The table in which Moodle kept what learners did, until 4.2.
     *
     * @return \xmldb_table
     */
    private static function old_table(): \xmldb_table {
        $table = new \xmldb_table('scorm_scoes_track');
        $table->add_field('id', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, XMLDB_SEQUENCE);
        foreach (['userid', 'scormid', 'scoid', 'attempt', 'timemodified'] as $number) {
            $table->add_field($number, XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0');
        }
        $table->add_field('element', XMLDB_TYPE_CHAR, '255', null, XMLDB_NOTNULL);
        $table->add_field('value', XMLDB_TYPE_TEXT, null, null, XMLDB_NOTNULL);
        $table->add_key('primary', XMLDB_KEY_PRIMARY, ['id']);
        return $table;
    }

    /**
     * Take something from the teacher.
     *
     * @param string $capability
     */
    private function prohibit(string $capability): void {
        $context = \context_course::instance($this->course->id);
        $role = $this->getDataGenerator()->create_role();
        assign_capability($capability, CAP_PROHIBIT, $role, $context);
        role_assign($role, $this->teacher->id, $context);
    }

    /**
     * The results, in the form in which they are sent.
     *
     * @param array $is parameters that are others
     * @return array
     */
    private function results(array $is = []): array {
        $is += ['package' => '', 'after' => '', 'limit' => 500];
        $answer = get_results::execute((int) $this->course->id, '', $is['package'], $is['after'], $is['limit']);
        return get_results::clean_returnvalue(get_results::execute_returns(), $answer);
    }

    /**
     * Whose results are seen.
     *
     * @return string[]
     */
    private function seen(): array {
        return array_column($this->results()['results'], 'idnumber');
    }

    /**
     * The code that a call is refused with.
     *
     * @param array $is
     * @return string
     */
    private function refused(array $is = []): string {
        try {
            $this->results($is);
        } catch (\moodle_exception $refusal) {
            return $refusal->errorcode;
        }
        return 'nothing';
    }
}
