<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What a client sends.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

use local_scormpack\external\put_package;

/**
 * A package that is sent to the site.
 */
class sent {
    /** The elements of a manifest that the tests write in other ways. */
    private const MANIFEST = [
        'identifier' => 'identifier="may-have-died"',
        'version' => 'version="1.0.0"',
        'schemaversion' => '1.2',
        'item' => 'may-have-died.item',
        'title' => 'May have died',
        'ref' => 'may-have-died.sco',
        'href' => 'index.html',
        'type' => 'adlcp:scormtype="sco"',
        'before' => '',
    ];

    /**
     * A manifest.
     *
     * @param array $other what is otherwise in it
     * @return string
     */
    public static function manifest(array $other = []): string {
        $is = $other + self::MANIFEST;
        return '<?xml version="1.0" encoding="UTF-8"?>' . $is['before'] . '<manifest xmlns="urn:cp" xmlns:adlcp="urn:adlcp" '
            . "{$is['identifier']} {$is['version']}><metadata><schemaversion>{$is['schemaversion']}</schemaversion></metadata>"
            . '<organizations default="o"><organization identifier="o"><title>' . $is['title'] . '</title>'
            . "<item identifier=\"{$is['item']}\" identifierref=\"{$is['ref']}\"><title>A</title></item></organization>"
            . '</organizations><resources><resource identifier="may-have-died.sco" type="webcontent" '
            . "href=\"{$is['href']}\" {$is['type']}/></resources></manifest>";
    }

    /**
     * The bytes of a package.
     *
     * @param array $other what is otherwise in its manifest
     * @param string[] $files more files, by path; null takes one away
     * @param callable|null $last what is done to the zip before it is closed
     * @return string
     */
    public static function package(array $other = [], array $files = [], ?callable $last = null): string {
        $path = tempnam(sys_get_temp_dir(), 'sent');
        $zip = new \ZipArchive();
        $zip->open($path, \ZipArchive::OVERWRITE);
        $all = $files + ['imsmanifest.xml' => self::manifest($other), 'index.html' => '<title>A</title>'];
        foreach (array_filter($all, fn($bytes) => $bytes !== null) as $name => $bytes) {
            $zip->addFromString($name, $bytes);
        }
        if ($last) {
            $last($zip);
        }
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $zip->setMtimeIndex($at, 1000000000);
        }
        $zip->close();
        $bytes = file_get_contents($path);
        unlink($path);
        return $bytes;
    }

    /**
     * Upload bytes into a draft area.
     *
     * @param string $bytes
     * @param array $more fields of the entry
     * @return int the draft area
     */
    public static function upload(string $bytes, array $more = []): int {
        global $USER;
        $item = $more['itemid'] ?? file_get_unused_draft_itemid();
        get_file_storage()->create_file_from_string($more + ['contextid' => \context_user::instance($USER->id)->id,
            'component' => 'user', 'filearea' => 'draft', 'itemid' => $item, 'filepath' => '/', 'filename' => 'm.zip'], $bytes);
        return $item;
    }

    /**
     * Put a package into the course.
     *
     * @param string $bytes
     * @param array $other parameters that are others
     * @return array
     */
    public static function put(string $bytes, array $other = []): array {
        $is = $other + ['courseid' => 2, 'courseidnumber' => '', 'package' => 'may-have-died',
            'draftitemid' => self::upload($bytes), 'sha256' => hash('sha256', $bytes), 'section' => -1, 'name' => '',
            'settings' => [], 'dryrun' => false];
        return put_package::execute(...array_values(array_merge(array_flip(['courseid', 'courseidnumber', 'package',
            'draftitemid', 'sha256', 'section', 'name', 'settings', 'dryrun']), $is)));
    }

    /**
     * Settings as the web service takes them.
     *
     * @param string[] $settings
     * @return array
     */
    public static function settings(array $settings): array {
        return array_map(fn($name, $value) => ['name' => $name, 'value' => $value], array_keys($settings), $settings);
    }
}
