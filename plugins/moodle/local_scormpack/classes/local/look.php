<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A look at an activity after it was changed.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Looks whether an activity holds what it should: Moodle reads a package without saying what it could not read.
 */
class look {
    /** @var \stdClass row of the table scorm */
    private \stdClass $scorm;
    /** @var \context_module its context */
    private \context_module $context;

    /**
     * Made from what the database has now.
     *
     * @param int $cmid the course module
     */
    public function __construct(int $cmid) {
        global $DB;
        $cm = get_coursemodule_from_id('scorm', $cmid, 0, false, MUST_EXIST);
        $this->scorm = $DB->get_record('scorm', ['id' => $cm->instance], '*', MUST_EXIST);
        $this->context = \context_module::instance($cmid);
    }

    /**
     * Require that a package is in the activity, whole.
     *
     * @param package $package
     * @throws refusal what is wrong: lookfile, lookstandard, looklaunch or lookcontent
     */
    public function holds(package $package): void {
        self::need($this->scorm->sha1hash === $package->file->get_contenthash(), 'lookfile');
        self::need($this->standard() === $package->manifest->standard, 'lookstandard', $this->scorm->version);
        $missing = array_diff(array_keys($package->manifest->launches), $this->launchable());
        self::need(!$missing && $this->scorm->launch, 'looklaunch', implode(', ', $missing));
        $lacking = array_diff_assoc($package->files, $this->content());
        self::need(!$lacking, 'lookcontent', (string) key($lacking));
    }

    /**
     * Require that an activity is as it was, with its file.
     *
     * @param activity $before
     * @throws refusal lookfile
     */
    public function is_as(activity $before): void {
        $same = $this->scorm == $before->scorm;
        $file = $before->file();
        self::need($same && (!$file || $file->get_contenthash() === package::checksum($file, 'sha1')), 'lookfile');
    }

    /**
     * The standard that Moodle has read.
     *
     * @return string
     */
    private function standard(): string {
        return activity::standard_of($this->scorm);
    }

    /**
     * The items that can be launched and report.
     *
     * @return string[]
     */
    private function launchable(): array {
        $scoes = activity::parts($this->scorm);
        $launchable = array_filter($scoes, fn($sco) => (string) $sco->launch !== '');
        return array_values(array_map(fn($sco) => $sco->identifier, $launchable));
    }

    /**
     * The size of each file that was unpacked.
     *
     * @return int[] by path
     */
    private function content(): array {
        $sizes = [];
        $files = get_file_storage()->get_area_files($this->context->id, 'mod_scorm', 'content', 0, 'id', false);
        foreach ($files as $file) {
            $sizes[ltrim($file->get_filepath() . $file->get_filename(), '/')] = (int) $file->get_filesize();
        }
        return $sizes;
    }

    /**
     * Refuse what is not so.
     *
     * @param bool $so
     * @param string $code
     * @param mixed $a
     * @throws refusal
     */
    private static function need(bool $so, string $code, $a = null): void {
        if (!$so) {
            throw new refusal($code, $a);
        }
    }
}
