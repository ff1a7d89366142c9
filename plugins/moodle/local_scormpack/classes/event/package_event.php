<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What the events about packages have in common.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * Something happened to a package in a course. The context is the course, because the activity may be new, or gone.
 */
abstract class package_event extends \core\event\base {
    /** What kind of change it is, in the letters of the log: c, r, u or d. */
    protected const CRUD = 'u';
    /** The string that is its name. */
    protected const NAME = '';

    /**
     * An event about a package, to be triggered.
     *
     * @param \stdClass $course row of the table course
     * @param string $package identifier of the package
     * @param array $other what else there is to say: cmid, version, oldversion, sha256, reason, learners
     * @return static
     */
    public static function of(\stdClass $course, string $package, array $other = []): self {
        return static::create([
            'context' => \context_course::instance($course->id),
            'other' => ['package' => $package] + $other,
        ]);
    }

    /**
     * What kind of event it is.
     */
    protected function init(): void {
        $this->data['crud'] = static::CRUD;
        $this->data['edulevel'] = self::LEVEL_OTHER;
    }

    /**
     * Its name.
     *
     * @return string
     */
    public static function get_name() {
        return get_string(static::NAME, 'local_scormpack');
    }

    /**
     * Where to look: at the activity, or at the packages of the course.
     *
     * @return \moodle_url
     */
    public function get_url() {
        if (empty($this->other['cmid'])) {
            return new \moodle_url('/local/scormpack/overview.php', ['id' => $this->courseid]);
        }
        return new \moodle_url('/mod/scorm/view.php', ['id' => $this->other['cmid']]);
    }

    /**
     * How its parts change when a log is restored into another course.
     *
     * @return array
     */
    public static function get_other_mapping() {
        return ['cmid' => ['db' => 'course_modules', 'restore' => 'course_module']];
    }

    /**
     * Who it was and what it was about: the beginning of every sentence in the log.
     *
     * @param string $did
     * @return string
     */
    protected function sentence(string $did): string {
        return "The user with id '$this->userid' $did the package '" . $this->said('package') . "'";
    }

    /**
     * A part of what there is to say.
     *
     * @param string $name
     * @return string nothing if it was not given
     */
    protected function said(string $name): string {
        return (string) ($this->other[$name] ?? '');
    }

    /**
     * Require that the package is named.
     */
    protected function validate_data() {
        parent::validate_data();
        if ($this->said('package') === '') {
            throw new \coding_exception("The 'package' value must be set in other.");
        }
    }
}
