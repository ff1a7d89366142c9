<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Packages, and learners who work through them, for tests in Moodle.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack\external\put_package;
use local_scormpack\local\activity;

/**
 * Makes packages, sends them as a machine would, and plays them as a learner would.
 */
class local_scormpack_generator extends component_generator_base {
    /**
     * The bytes of a package.
     *
     * @param array $is package, version, standard (1.2 or 2004), item, body, and files to add by path
     * @return string
     */
    public function package(array $is = []): string {
        $is += ['package' => 'may-have-died', 'version' => '1.0.0', 'standard' => '1.2', 'item' => 'item', 'body' => '',
            'files' => []];
        $path = make_request_directory() . '/package.zip';
        $zip = new ZipArchive();
        $zip->open($path, ZipArchive::CREATE);
        $files = $is['files'] + ['imsmanifest.xml' => self::manifest($is), 'index.html' => "<title>{$is['body']}</title>"];
        foreach ($files as $name => $bytes) {
            $zip->addFromString($name, $bytes);
        }
        $zip->close();
        return file_get_contents($path);
    }

    /**
     * Put a package into a course, as the current user.
     *
     * @param stdClass $course
     * @param array $is of the package
     * @param bool $dryrun
     * @return array the answer of the web service, in the form in which it is sent
     */
    public function put(stdClass $course, array $is = [], bool $dryrun = false): array {
        $bytes = $this->package($is);
        $answer = put_package::execute((int) $course->id, '', $is['package'] ?? 'may-have-died', self::upload($bytes),
            hash('sha256', $bytes), -1, '', [], $dryrun);
        return put_package::clean_returnvalue(put_package::execute_returns(), $answer);
    }

    /**
     * Let a learner report something.
     *
     * @param int $cmid the course module
     * @param stdClass $user
     * @param array $reported values by element
     * @param int $attempt
     */
    public function play(int $cmid, stdClass $user, array $reported, int $attempt = 1): void {
        [$course, $cm] = get_course_and_cm_from_cmid($cmid, 'scorm');
        $scoes = activity::parts((object) ['id' => $cm->instance]);
        foreach ($reported as $element => $value) {
            scorm_insert_track($user->id, $cm->instance, reset($scoes)->id, $attempt, $element, $value);
        }
    }

    /**
     * Put a package into a course, as a scenario asks for, whose user is the administrator.
     *
     * @param array $data course, package, version
     */
    public function create_load(array $data): void {
        $this->put(get_course($data['course']), $data);
    }

    /**
     * Upload a file into a draft area of the current user.
     *
     * @param string $bytes
     * @return int the draft area
     */
    public static function upload(string $bytes): int {
        global $USER;
        $item = file_get_unused_draft_itemid();
        get_file_storage()->create_file_from_string(['contextid' => context_user::instance($USER->id)->id,
            'component' => 'user', 'filearea' => 'draft', 'itemid' => $item, 'filepath' => '/', 'filename' => 'm.zip'], $bytes);
        return $item;
    }

    /**
     * The manifest of a package.
     *
     * @param array $is
     * @return string
     */
    private static function manifest(array $is): string {
        $schema = ['1.2' => '1.2', '2004' => '2004 4th Edition'][$is['standard']];
        $type = ['1.2' => 'scormtype', '2004' => 'scormType'][$is['standard']];
        $spaces = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"';
        return '<?xml version="1.0" encoding="UTF-8"?>' . "<manifest $spaces identifier=\"{$is['package']}\""
            . " version=\"{$is['version']}\"><metadata><schema>ADL SCORM</schema><schemaversion>$schema</schemaversion></metadata>"
            . '<organizations default="org"><organization identifier="org"><title>May have died</title>'
            . "<item identifier=\"{$is['item']}\" identifierref=\"sco\"><title>May have died</title></item></organization>"
            . '</organizations><resources><resource identifier="sco" type="webcontent" href="index.html"'
            . " adlcp:$type=\"sco\"><file href=\"index.html\"/></resource></resources></manifest>";
    }
}
