<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * An activity that holds a package.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/completionlib.php');
require_once($CFG->dirroot . '/mod/scorm/locallib.php');

/**
 * An activity in a course that is ours, and what is in it. The ID number of its course module says so, which survives
 * backup and restore.
 */
class activity {
    /** What the ID number begins with. */
    private const MARK = 'scormpack:';
    /** What the SCORM activity calls the standards. */
    private const STANDARDS = ['SCORM_1.2' => '1.2', 'SCORM_1.3' => '2004'];

    /** @var \cm_info the course module */
    public \cm_info $cm;
    /** @var \stdClass row of the table scorm */
    public \stdClass $scorm;
    /** @var string identifier of the package */
    public string $package;
    /** @var \stdClass|null what was loaded last, if that is what is there */
    private ?\stdClass $load;
    /** @var bool whether somebody put another file there */
    private bool $byhand;

    /**
     * Made from the course module.
     *
     * @param \cm_info $cm
     * @throws refusal notascorm
     */
    public function __construct(\cm_info $cm) {
        global $DB;
        if ($cm->modname !== 'scorm') {
            throw new refusal('notascorm', $cm->get_formatted_name());
        }
        $this->cm = $cm;
        $this->scorm = $DB->get_record('scorm', ['id' => $cm->instance], '*', MUST_EXIST);
        $this->package = self::of($cm);
        $newest = loads::newest((int) $cm->id);
        $this->byhand = $newest !== null && $newest->sha1 !== $this->scorm->sha1hash;
        $this->load = $this->byhand ? null : $newest;
    }

    /**
     * The ID number that marks the activity of a package.
     *
     * @param string $package
     * @return string
     */
    public static function idnumber(string $package): string {
        return self::MARK . $package;
    }

    /**
     * The activity of a package.
     *
     * @param \stdClass $course
     * @param string $package
     * @return self|null
     * @throws refusal twice or notascorm
     */
    public static function find(\stdClass $course, string $package): ?self {
        $found = array_filter(self::marked($course), fn($cm) => self::of($cm) === $package);
        if (count($found) > 1) {
            throw new refusal('twice', $package);
        }
        return $found ? new self(reset($found)) : null;
    }

    /**
     * All our activities in a course, in its order.
     *
     * @param \stdClass $course
     * @return self[]
     */
    public static function all(\stdClass $course): array {
        $scorms = array_filter(self::marked($course), fn($cm) => $cm->modname === 'scorm');
        return array_values(array_map(fn($cm) => new self($cm), $scorms));
    }

    /**
     * The version that is there.
     *
     * @return string nothing if it is not known
     */
    public function version(): string {
        return $this->load ? $this->load->version : $this->version_inside();
    }

    /**
     * The SHA-256 of the file that is there.
     *
     * @return string nothing if there is no file
     */
    public function sha256(): string {
        $file = $this->file();
        return $this->load->sha256 ?? ($file ? package::checksum($file) : '');
    }

    /**
     * The standard that Moodle takes it for.
     *
     * @return string 1.2, 2004, or nothing if it is another
     */
    public function standard(): string {
        return self::standard_of($this->scorm);
    }

    /**
     * The standard that Moodle takes an activity for.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return string 1.2, 2004, or nothing if it is another
     */
    public static function standard_of(\stdClass $scorm): string {
        return self::STANDARDS[$scorm->version] ?? '';
    }

    /**
     * The parts of an activity that report.
     *
     * @param \stdClass $scorm row of the table scorm
     * @return \stdClass[] rows of the table scorm_scoes
     */
    public static function parts(\stdClass $scorm): array {
        global $DB;
        return $DB->get_records('scorm_scoes', ['scorm' => $scorm->id, 'scormtype' => 'sco'], 'sortorder');
    }

    /**
     * When what is there was loaded.
     *
     * @return int 0 if that is not known
     */
    public function since(): int {
        return (int) ($this->load->timeloaded ?? 0);
    }

    /**
     * Whether somebody has put another file there since the last load.
     *
     * @return bool
     */
    public function changedbyhand(): bool {
        return $this->byhand;
    }

    /**
     * Which status completes it.
     *
     * @return string passed, completed, either, or other
     */
    public function completion(): string {
        return (int) $this->cm->completion === COMPLETION_TRACKING_AUTOMATIC ? settings::rule($this->scorm) : 'other';
    }

    /**
     * Its address.
     *
     * @return string
     */
    public function url(): string {
        return (new \moodle_url('/mod/scorm/view.php', ['id' => $this->cm->id]))->out(false);
    }

    /**
     * Its package file.
     *
     * @return \stored_file|null
     */
    public function file(): ?\stored_file {
        $context = \context_module::instance($this->cm->id);
        return get_file_storage()->get_file($context->id, 'mod_scorm', 'package', 0, '/', $this->scorm->reference) ?: null;
    }

    /**
     * What its own manifest says, where nothing is on record.
     *
     * @return string
     */
    private function version_inside(): string {
        $context = \context_module::instance($this->cm->id);
        $file = get_file_storage()->get_file($context->id, 'mod_scorm', 'content', 0, '/', 'imsmanifest.xml');
        try {
            return $file ? (new manifest($file->get_content()))->version : '';
        } catch (refusal $refusal) {
            return '';
        }
    }

    /**
     * The package that a course module is marked with.
     *
     * @param \cm_info $cm
     * @return string
     */
    private static function of(\cm_info $cm): string {
        return substr($cm->idnumber, strlen(self::MARK));
    }

    /**
     * The course modules with our mark, without those that are about to go.
     *
     * @param \stdClass $course
     * @return \cm_info[]
     */
    private static function marked(\stdClass $course): array {
        return array_filter(get_fast_modinfo($course->id)->get_cms(), fn($cm) =>
            strpos((string) $cm->idnumber, self::MARK) === 0 && !$cm->deletioninprogress);
    }
}
