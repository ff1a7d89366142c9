<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The log in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack;

use local_scormpack\event\package_event;

defined('MOODLE_INTERNAL') || die();

/**
 * What Moodle's log says of packages.
 *
 * @covers \local_scormpack\event\package_event
 */
final class events_test extends \advanced_testcase {
    /**
     * @dataProvider sentences
     */
    public function test_says(string $class, string $name, string $crud, array $other, string $said): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course();
        $events = $this->redirectEvents();
        $class::of($course, 'may-have-died', $other)->trigger();
        [$event] = $events->get_events();
        $this->assertSame([$name, $crud, $event::LEVEL_OTHER, (int) $course->id],
            [$event->get_name(), $event->crud, $event->edulevel, (int) $event->courseid]);
        $this->assertSame($said, str_replace("'{$event->userid}'", "'N'", $event->get_description()));
        $gone = !isset($other['cmid']) || $crud === 'd';
        $place = $gone ? "/local/scormpack/overview.php?id=$course->id" : '/mod/scorm/view.php?id=7';
        $this->assertSame($place, $event->get_url()->out_as_local_url(false));
        $this->assertSame(['package' => 'may-have-died'] + $other, $event->other);
    }

    public static function sentences(): array {
        return [
            'loaded' => [event\package_loaded::class, 'Training package loaded', 'c', ['cmid' => 7, 'version' => '1.0.0'],
                "The user with id 'N' loaded version '1.0.0' of the package 'may-have-died' as the activity with course module"
                . " id '7'."],
            'updated' => [event\package_updated::class, 'Training package updated', 'u',
                ['cmid' => 7, 'version' => '1.1.0', 'oldversion' => '1.0.0'],
                "The user with id 'N' replaced version '1.0.0' with version '1.1.0' of the package 'may-have-died' in the activity"
                . " with course module id '7'."],
            'settings' => [event\package_updated::class, 'Training package updated', 'u',
                ['cmid' => 7, 'version' => '1.1.0', 'oldversion' => '1.1.0'],
                "The user with id 'N' changed the settings of the package 'may-have-died' in the activity with course module"
                . " id '7'."],
            'refused' => [event\package_refused::class, 'Training package refused', 'r', ['reason' => 'It is no zip.'],
                "The user with id 'N' was refused the package 'may-have-died': It is no zip."],
            'failed' => [event\package_restored::class, 'Loading of a training package failed', 'u',
                ['reason' => 'Everything is as it was.'],
                "The user with id 'N' could not load the package 'may-have-died': Everything is as it was."],
            'removed' => [event\package_removed::class, 'Training package removed', 'd', ['cmid' => 7, 'learners' => 3],
                "The user with id 'N' removed the package 'may-have-died' with the activity with course module id '7' and what 3"
                . ' learners had done in it.'],
        ];
    }

    public function test_needs_a_package(): void {
        $this->resetAfterTest();
        $course = $this->getDataGenerator()->create_course();
        $this->expectException(\coding_exception::class);
        event\package_loaded::of($course, '')->trigger();
    }

    public function test_all_can_be_listed(): void {
        foreach (glob(__DIR__ . '/../classes/event/package_*.php') as $file) {
            $class = 'local_scormpack\\event\\' . basename($file, '.php');
            if ($class !== package_event::class) {
                $this->assertNotSame('', $class::get_name());
            }
        }
    }
}
