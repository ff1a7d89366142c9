<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Loading: new, another version, the same, and what becomes of learners.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\local\activity;

/**
 * What put_package does.
 */
final class load_test extends moodle_testcase {
    public function test_makes_an_activity(): void {
        $bytes = sent::package();
        $answer = sent::put($bytes, ['section' => 2]);
        self::assert_promised($answer);
        $cm = self::only('course_modules');
        self::assertSame([['package_loaded', ['package' => 'may-have-died', 'cmid' => (int) $cm->id, 'version' => '1.0.0',
            'oldversion' => '', 'sha256' => hash('sha256', $bytes)]]], site::$told);
        $promised = ['action' => 'new', 'dryrun' => false, 'cmid' => (int) $cm->id, 'courseid' => 2, 'section' => 2,
            'name' => 'May have died', 'standard' => '1.2', 'version' => '1.0.0', 'oldversion' => '', 'oldsha256' => '',
            'progress' => 'none', 'why' => '', 'learners' => 0, 'partway' => 0, 'inside' => 0, 'changedbyhand' => false,
            'url' => "https://moodle.example.org/mod/scorm/view.php?id=$cm->id", 'warnings' => []];
        self::assertSame(self::sorted($promised), self::sorted($answer));
        self::assertSame(['scormpack:may-have-died', '2', '0', '1'],
            [$cm->idnumber, $cm->completion, $cm->completionview, $cm->visible]);
        $scorm = self::only('scorm');
        self::assertSame([sha1($bytes), 'm.zip', '100', '100'],
            [$scorm->sha1hash, $scorm->reference, $scorm->width, $scorm->height]);
    }

    /**
     * The settings that decide whether a pass counts.
     *
     * @testWith ["1.2", {}, "6", "1", "0"]
     *           ["CAM 1.3", {}, "2", "1", "0"]
     *           ["CAM 1.3", {"completion": "completed"}, "4", "1", "0"]
     *           ["1.2", {"completion": "passed", "display": "frame"}, "2", "0", "1"]
     * @param string $schemaversion
     * @param string[] $asked
     * @param string $rule
     * @param string $popup
     * @param string $skipview
     */
    public function test_sets(string $schemaversion, array $asked, string $rule, string $popup, string $skipview): void {
        sent::put(sent::package(['schemaversion' => $schemaversion]), ['settings' => sent::settings($asked)]);
        $wanted = ['completionstatusrequired' => $rule, 'popup' => $popup, 'skipview' => $skipview, 'hidebrowse' => '1',
            'grademethod' => '1', 'maxgrade' => '100', 'whatgrade' => '0', 'maxattempt' => '0', 'forcenewattempt' => '0',
            'lastattemptlock' => '0', 'forcecompleted' => '0', 'displaycoursestructure' => '0', 'hidetoc' => '3', 'nav' => '0',
            'updatefreq' => '0', 'autocommit' => '0', 'scormtype' => 'local', 'completionscorerequired' => null,
            'completionstatusallscos' => '0'];
        self::assertSame($wanted, array_merge($wanted, array_intersect_key((array) self::only('scorm'), $wanted)));
    }

    public function test_shows_the_list_of_several_parts(): void {
        $second = '<item identifier="b" identifierref="may-have-died.sco"><title>B</title></item></organization>';
        $bytes = sent::package([], ['imsmanifest.xml' => str_replace('</organization>', $second, sent::manifest())]);
        sent::put($bytes);
        self::assertSame(['0', '1'], [self::only('scorm')->hidetoc, self::only('scorm')->nav]);
        self::assertSame('same', sent::put($bytes, ['draftitemid' => 0, 'dryrun' => true])['action']);
    }

    public function test_hides_a_new_activity_only(): void {
        $hidden = ['settings' => sent::settings(['visible' => '0'])];
        sent::put(sent::package(), $hidden);
        self::assertSame('0', self::only('course_modules')->visible);
        self::assertSame('same', sent::put(sent::package())['action']);
        self::assertSame('0', self::only('course_modules')->visible);
    }

    /**
     * A setting that there is not.
     *
     * @testWith [{"completion": "attended"}]
     *           [{"display": "Window"}]
     *           [{"visible": "2"}]
     *           [{"maxattempt": "1"}]
     * @param string[] $asked
     */
    public function test_refuses_settings(array $asked): void {
        $put = fn() => sent::put(sent::package(), ['settings' => sent::settings($asked)]);
        self::assertSame('badsetting', self::refused($put)[0]);
    }

    public function test_refuses_a_setting_that_is_given_twice(): void {
        $settings = array_merge(sent::settings(['display' => 'frame']), sent::settings(['display' => 'window']));
        self::assertSame('badsetting', self::refused(fn() => sent::put(sent::package(), ['settings' => $settings]))[0]);
    }

    public function test_refuses_a_section_that_there_is_not(): void {
        self::assertSame('nosuchsection', self::refused(fn() => sent::put(sent::package(), ['section' => 3]))[0]);
    }

    public function test_the_same_again_does_nothing(): void {
        $answer = sent::put(sent::package(), ['name' => 'At the end']);
        $before = self::everything();
        site::$told = [];
        $again = sent::put(sent::package(), ['name' => 'At the end']);
        self::assertSame(['same', $answer['cmid'], '1.0.0', '1.0.0', hash('sha256', sent::package())],
            [$again['action'], $again['cmid'], $again['version'], $again['oldversion'], $again['oldsha256']]);
        self::assertEquals($before, self::everything());
        self::assertSame([[], []], [site::$reset, site::$told]);
    }

    public function test_puts_settings_right(): void {
        global $DB;
        $cmid = sent::put(sent::package())['cmid'];
        self::begin();
        $scorm = self::only('scorm');
        $DB->update_record('scorm', (object) ['id' => $scorm->id, 'maxattempt' => 1]);
        $answer = sent::put(sent::package());
        self::assertSame(['settings', 'stays', []], [$answer['action'], $answer['progress'], $answer['warnings']]);
        self::assertSame([['package_updated', ['package' => 'may-have-died', 'cmid' => $cmid, 'version' => '1.0.0',
            'oldversion' => '1.0.0', 'sha256' => hash('sha256', sent::package())]]], array_slice(site::$told, 1));
        self::assertEquals($scorm, self::only('scorm'));
        self::assertSame([], site::$reset);
        $DB->update_record('scorm', (object) ['id' => $scorm->id, 'completionstatusrequired' => 4]);
        $answer = sent::put(sent::package());
        self::assertSame(['settings', 1], [$answer['action'], count($answer['warnings'])]);
        self::assertSame([$cmid], site::$reset);
        self::assertCount(1, $DB->get_records('local_scormpack_load'));
    }

    public function test_puts_the_way_of_completion_right(): void {
        global $DB;
        $cmid = sent::put(sent::package())['cmid'];
        $DB->update_record('course_modules', (object) ['id' => $cmid, 'completion' => 1]);
        self::assertSame('settings', sent::put(sent::package())['action']);
        self::assertSame('2', self::only('course_modules')->completion);
    }

    public function test_leaves_completion_alone_where_a_course_records_none(): void {
        global $DB;
        $DB->update_record('course', (object) ['id' => 2, 'enablecompletion' => 0]);
        sent::put(sent::package());
        self::assertSame('same', sent::put(sent::package())['action']);
    }

    public function test_names(): void {
        sent::put(sent::package());
        $answer = sent::put(sent::package(), ['name' => ' At the end ']);
        self::assertSame(['settings', 'At the end'], [$answer['action'], $answer['name']]);
        $answer = sent::put(sent::package(['version' => 'version="1.0.1"']));
        self::assertSame(['update', 'At the end'], [$answer['action'], $answer['name']]);
    }

    public function test_keeps_progress(): void {
        global $DB;
        $old = sent::put(sent::package());
        self::begin();
        $bytes = sent::package(['version' => 'version="1.0.1"'], ['more.html' => 'x']);
        $answer = sent::put($bytes);
        self::assert_promised($answer);
        self::assertSame(['update', $old['cmid'], '1.0.1', '1.0.0', hash('sha256', sent::package()), 'stays', '', 1, 1, 1],
            [$answer['action'], $answer['cmid'], $answer['version'], $answer['oldversion'], $answer['oldsha256'],
            $answer['progress'], $answer['why'], $answer['learners'], $answer['partway'], $answer['inside']]);
        self::assertCount(1, $DB->get_records('tracks'));
        self::assertSame(sha1($bytes), self::only('scorm')->sha1hash);
        self::assertSame([], site::$reset);
        $loads = array_values($DB->get_records('local_scormpack_load', [], 'id'));
        self::assertSame([['1.0.0', hash('sha256', sent::package())], ['1.0.1', hash('sha256', $bytes)]],
            array_map(fn($load) => [$load->version, $load->sha256], $loads));
        self::assertSame([(string) $old['cmid'], 'may-have-died', sha1($bytes), '1.2'],
            [$loads[1]->cmid, $loads[1]->package, $loads[1]->sha1, $loads[1]->standard]);
    }

    /**
     * What takes progress away, said before it is done.
     *
     * @testWith [{"item": "another.item"}, "the new version no longer has: may-have-died.item"]
     *           [{"schemaversion": "CAM 1.3"}, "another standard, SCORM 1.2 or SCORM 2004, than the one that is there."]
     * @param string[] $other
     * @param string $why
     */
    public function test_says_that_progress_is_lost(array $other, string $why): void {
        sent::put(sent::package());
        $without = sent::put(sent::package($other), ['dryrun' => true]);
        self::assertSame(['none', ''], [$without['progress'], $without['why']]);
        self::begin();
        $answer = sent::put(sent::package($other), ['dryrun' => true]);
        self::assertSame(['update', 'lost'], [$answer['action'], $answer['progress']]);
        self::assertStringEndsWith($why, $answer['why']);
    }

    public function test_what_was_sent_goes_once_it_is_there_and_waits_until_then(): void {
        $bytes = sent::package();
        $draft = sent::upload($bytes);
        $left = fn() => count($GLOBALS['DB']->get_records('files', ['filearea' => 'draft', 'itemid' => $draft]));
        sent::put($bytes, ['draftitemid' => $draft, 'dryrun' => true]);
        self::refused(fn() => sent::put($bytes, ['draftitemid' => $draft, 'package' => 'another']));
        self::assertSame(1, $left());
        sent::put($bytes, ['draftitemid' => $draft]);
        self::assertSame(0, $left());
        sent::upload($bytes, ['itemid' => $draft]);
        self::assertSame(['same', 0], [sent::put($bytes, ['draftitemid' => $draft])['action'], $left()]);
    }

    public function test_a_question_changes_nothing(): void {
        sent::put(sent::package());
        $before = self::everything();
        site::$told = [];
        $answer = sent::put(sent::package(['version' => 'version="2.0.0"']), ['dryrun' => true, 'settings' =>
            sent::settings(['display' => 'frame'])]);
        self::assertSame('notazip', self::refused(fn() => sent::put('x', ['dryrun' => true]))[0]);
        self::assertSame([], site::$told);
        self::assert_promised($answer);
        self::assertSame(['update', true, '2.0.0', '1.0.0'],
            [$answer['action'], $answer['dryrun'], $answer['version'], $answer['oldversion']]);
        self::assertEquals($before, self::everything());
    }

    public function test_a_question_without_the_file(): void {
        $asked = ['draftitemid' => 0, 'dryrun' => true];
        self::assertSame(['new', 0, '', ''], self::about(sent::put('', $asked)));
        $cmid = sent::put(sent::package())['cmid'];
        self::assertSame(['update', $cmid, '', '1.0.0'], self::about(sent::put('', $asked)));
        self::assertSame(['same', $cmid, '1.0.0', '1.0.0'], self::about(sent::put(sent::package(), $asked)));
        self::begin();
        $answer = sent::put('', $asked);
        self::assertSame(['stays', 'Whether progress stays was not looked at, because the package was not sent.'],
            [$answer['progress'], $answer['why']]);
    }

    /**
     * Action, activity and versions of an answer.
     *
     * @param array $answer
     * @return array
     */
    private static function about(array $answer): array {
        return [$answer['action'], $answer['cmid'], $answer['version'], $answer['oldversion']];
    }

    public function test_notices_a_file_that_was_put_there_by_hand(): void {
        $cmid = sent::put(sent::package())['cmid'];
        $bytes = sent::package(['version' => 'version="1.5.0"']);
        $cm = get_coursemodule_from_id('scorm', $cmid);
        [, , , $info] = get_moduleinfo_data($cm, null);
        $info->packagefile = sent::upload($bytes);
        scorm_update_instance($info);
        $answer = sent::put(sent::package(), ['dryrun' => true]);
        self::assertSame(['update', true, '1.5.0', hash('sha256', $bytes)],
            [$answer['action'], $answer['changedbyhand'], $answer['oldversion'], $answer['oldsha256']]);
        self::assertSame(['same', true], [($now = sent::put($bytes))['action'], $now['changedbyhand']]);
        self::assertFalse(sent::put($bytes)['changedbyhand']);
    }

    public function test_knows_an_activity_that_is_not_on_record(): void {
        global $DB;
        sent::put(sent::package());
        $DB->delete_records('local_scormpack_load', []);
        $activity = activity::find($DB->get_record('course', ['id' => 2]), 'may-have-died');
        self::assertSame(['1.0.0', hash('sha256', sent::package()), 0, false, '1.2', 'either'], [$activity->version(),
            $activity->sha256(), $activity->since(), $activity->changedbyhand(), $activity->standard(), $activity->completion()]);
        self::assertSame('same', sent::put(sent::package())['action']);
        self::assertSame('1.0.0', self::only('local_scormpack_load')->version);
    }

    public function test_refuses_two_activities(): void {
        global $DB;
        sent::put(sent::package());
        $cm = $DB->insert_record('course_modules', self::only('course_modules'));
        self::assertSame('twice', self::refused(fn() => sent::put(sent::package()))[0]);
        $DB->update_record('course_modules', (object) ['id' => $cm, 'deletioninprogress' => 1]);
        self::assertSame('same', sent::put(sent::package())['action']);
    }

    public function test_refuses_an_activity_of_another_kind(): void {
        global $DB;
        $DB->insert_record('course_modules', ['course' => 2, 'modname' => 'quiz', 'idnumber' => 'scormpack:may-have-died',
            'deletioninprogress' => 0, 'instance' => 1]);
        self::assertSame('notascorm', self::refused(fn() => sent::put(sent::package()))[0]);
    }

    public function test_one_load_at_a_time(): void {
        site::$locked['2/may-have-died'] = true;
        self::assertSame('busy', self::refused(fn() => sent::put(sent::package()))[0]);
        self::assertSame('new', sent::put(sent::package(), ['dryrun' => true])['action']);
    }
}
