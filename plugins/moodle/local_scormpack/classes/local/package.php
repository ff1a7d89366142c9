<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A package that has arrived.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * A zip file that was looked through before anything else is touched.
 */
class package {
    /** More files than any training has. */
    private const MOST_FILES = 20000;
    /** What all files together may come to when they are unpacked. */
    private const MOST_BYTES = 2147483648;
    /** How many times the size of the zip that may be; no training shrinks so far. */
    private const MOST_TIMES = 50;
    /** What is never too much. */
    private const ENOUGH_BYTES = 67108864;
    /** How long a manifest may be. */
    private const LONGEST_MANIFEST = 4194304;

    /** @var \stored_file the file as it was uploaded */
    public \stored_file $file;
    /** @var manifest what it says of itself */
    public manifest $manifest;
    /** @var string SHA-256 of the file */
    public string $sha256;
    /** @var int[] size of each file in it, by path */
    public array $files;

    /**
     * The only file in a draft area of the caller, looked through.
     *
     * @param int $draftitemid the draft area
     * @param string $sha256 checksum of the file that was sent
     * @param string $id identifier that the package has to have
     * @param int $largest how large it may be, in bytes
     * @throws refusal whatever is wrong with it
     */
    public function __construct(int $draftitemid, string $sha256, string $id, int $largest) {
        $this->file = self::only_file($draftitemid);
        if ($this->file->get_filesize() > $largest) {
            throw new refusal('toolarge', display_size($largest));
        }
        $this->sha256 = self::checksum($this->file);
        if (!hash_equals(strtolower($sha256), $this->sha256)) {
            throw new refusal('wrongbytes');
        }
        $this->look($this->file->copy_content_to_temp('local_scormpack'));
        if ($this->manifest->identifier !== $id) {
            throw new refusal('notours', $this->manifest->identifier);
        }
    }

    /**
     * The checksum of a stored file, of which no more than a piece is in memory at a time.
     *
     * @param \stored_file $file
     * @param string $kind
     * @return string
     */
    public static function checksum(\stored_file $file, string $kind = 'sha256'): string {
        $hash = hash_init($kind);
        $handle = $file->get_content_file_handle();
        hash_update_stream($hash, $handle);
        fclose($handle);
        return hash_final($hash);
    }

    /**
     * The file in a draft area, where nothing else may be. A reference to a file elsewhere is no file.
     *
     * @param int $draftitemid
     * @return \stored_file
     * @throws refusal notone
     */
    private static function only_file(int $draftitemid): \stored_file {
        global $USER;
        $context = \context_user::instance($USER->id);
        $files = get_file_storage()->get_area_files($context->id, 'user', 'draft', $draftitemid, 'id', false);
        $file = reset($files);
        if (count($files) !== 1 || $file->is_external_file()) {
            throw new refusal('notone', count($files));
        }
        return $file;
    }

    /**
     * Read the list of files and the manifest.
     *
     * @param string|false $path a copy, which is deleted afterwards
     * @throws refusal
     */
    private function look($path): void {
        $zip = new \ZipArchive();
        try {
            if (!$path || filesize($path) !== (int) $this->file->get_filesize()) {
                throw new refusal('noroom');
            }
            if ($zip->open($path, \ZipArchive::RDONLY) !== true) {
                throw new refusal('notazip');
            }
            $this->files = self::files($zip);
            $this->require_room();
            $this->manifest = new manifest(self::manifest_of($zip));
            $zip->close();
        } finally {
            if ($path) {
                unlink($path);
            }
        }
        $missing = array_diff($this->manifest->launches, array_keys($this->files));
        if ($missing) {
            throw new refusal('nolaunch', reset($missing));
        }
    }

    /**
     * The size of each file. What is unpacked from these names stays in the folder that it is unpacked into.
     *
     * @param \ZipArchive $zip
     * @return int[]
     * @throws refusal unsafezip
     */
    private static function files(\ZipArchive $zip): array {
        if ($zip->numFiles > self::MOST_FILES) {
            throw new refusal('unsafezip', get_string('zipmany', 'local_scormpack', self::MOST_FILES));
        }
        $files = [];
        for ($at = 0; $at < $zip->numFiles; $at++) {
            $entry = $zip->statIndex($at);
            self::require_safe($zip, $entry, isset($files[$entry['name']]));
            if (substr($entry['name'], -1) !== '/') {
                $files[$entry['name']] = $entry['size'];
            }
        }
        return $files;
    }

    /**
     * Refuse what would grow too much when it is unpacked.
     *
     * @throws refusal toolarge
     */
    private function require_room(): void {
        $most = min(self::MOST_BYTES, max(self::ENOUGH_BYTES, self::MOST_TIMES * $this->file->get_filesize()));
        if (array_sum($this->files) > $most) {
            throw new refusal('toolarge', display_size($most));
        }
    }

    /**
     * Refuse an entry that leads elsewhere, is a link, is locked, or is there twice.
     *
     * @param \ZipArchive $zip
     * @param array $entry what the zip says about it
     * @param bool $twice
     * @throws refusal unsafezip
     */
    private static function require_safe(\ZipArchive $zip, array $entry, bool $twice): void {
        $zip->getExternalAttributesIndex($entry['index'], $system, $attributes);
        $link = $system === \ZipArchive::OPSYS_UNIX && (($attributes >> 16) & 0170000) === 0120000;
        if ($twice || $link || $entry['encryption_method'] || !self::stays_inside($entry['name'])) {
            throw new refusal('unsafezip', fix_utf8($entry['name']));
        }
    }

    /**
     * Whether a path leads to a place below the folder that it is unpacked into, and is spelled as Moodle will spell it.
     *
     * @param string $path
     * @return bool
     */
    private static function stays_inside(string $path): bool {
        $odd = $path === '' || $path[0] === '/' || preg_match('/[\\\\:\x00-\x1f\x7f]/', $path);
        return !$odd && !array_intersect(['', '.', '..'], explode('/', rtrim($path, '/')));
    }

    /**
     * The text of the manifest.
     *
     * @param \ZipArchive $zip
     * @return string
     * @throws refusal nomanifest or badmanifest
     */
    private static function manifest_of(\ZipArchive $zip): string {
        $entry = $zip->statName('imsmanifest.xml');
        if (!$entry) {
            throw new refusal('nomanifest');
        }
        $text = $entry['size'] > self::LONGEST_MANIFEST ? false : $zip->getFromIndex($entry['index'], self::LONGEST_MANIFEST);
        if ($text === false) {
            throw new refusal('badmanifest', display_size($entry['size']));
        }
        return $text;
    }
}
