<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Files: entries in the database, and bytes that are there as long as an entry names them.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack_tests\site;

/**
 * As Moodle's: an entry for a file.
 */
class stored_file {
    /** @var stdClass row of the table files */
    private $row;

    public function __construct(stdClass $row) {
        $this->row = $row;
    }

    public function get_id() {
        return $this->row->id;
    }

    public function get_itemid() {
        return $this->row->itemid;
    }

    public function get_filename() {
        return $this->row->filename;
    }

    public function get_filepath() {
        return $this->row->filepath;
    }

    public function get_contenthash() {
        return $this->row->contenthash;
    }

    public function get_filesize() {
        return $this->row->filesize;
    }

    public function is_external_file() {
        return $this->row->external === '1';
    }

    public function get_content() {
        if (!isset(site::$pool[$this->row->contenthash])) {
            throw new moodle_exception('storedfilecannotread');
        }
        return site::$pool[$this->row->contenthash];
    }

    public function get_content_file_handle() {
        $handle = fopen('php://memory', 'r+');
        fwrite($handle, $this->get_content());
        rewind($handle);
        return $handle;
    }

    public function copy_content_to_temp($dir = 'files', $fileprefix = 'tempup_') {
        $path = tempnam(sys_get_temp_dir(), $fileprefix);
        file_put_contents($path, $this->get_content());
        site::$temporary[] = $path;
        site::happens('copied', (object) ['path' => $path]);
        return $path;
    }

    public function delete() {
        global $DB;
        $DB->delete_records('files', ['id' => $this->row->id]);
        if (!$DB->record_exists('files', ['contenthash' => $this->row->contenthash])) {
            unset(site::$pool[$this->row->contenthash]);
        }
    }
}

/**
 * As Moodle's. Bytes that no entry names any longer go at once, even if the entry comes back later.
 */
class file_storage {
    public function get_area_files($contextid, $component, $filearea, $itemid = false, $sort = '', $directories = true) {
        global $DB;
        $place = ['contextid' => $contextid, 'component' => $component, 'filearea' => $filearea, 'itemid' => $itemid];
        return array_map(fn($row) => new stored_file($row), $DB->get_records('files', $place));
    }

    public function get_file($contextid, $component, $filearea, $itemid, $filepath, $filename) {
        foreach ($this->get_area_files($contextid, $component, $filearea, $itemid) as $file) {
            if ($file->get_filepath() === $filepath && $file->get_filename() === $filename) {
                return $file;
            }
        }
        return false;
    }

    public function create_file_from_string($place, $bytes) {
        global $DB;
        $row = array_merge(['contenthash' => sha1($bytes), 'filesize' => strlen($bytes), 'external' => 0], (array) $place);
        site::$pool[$row['contenthash']] = $bytes;
        $row['id'] = $DB->insert_record('files', $row);
        return new stored_file((object) array_map('strval', $row));
    }

    public function create_file_from_storedfile($place, stored_file $file) {
        return $this->create_file_from_string((array) $place + ['filename' => $file->get_filename(),
            'filepath' => $file->get_filepath()], $file->get_content());
    }

    public function delete_area_files($contextid, $component, $filearea = false, $itemid = false) {
        foreach ($this->get_area_files($contextid, $component, $filearea, $itemid === false ? 0 : $itemid) as $file) {
            $file->delete();
        }
    }
}

function get_file_storage() {
    return new file_storage();
}

function file_get_unused_draft_itemid() {
    static $last = 900;
    return ++$last;
}

function file_save_draft_area_files($draftitemid, $contextid, $component, $filearea, $itemid) {
    global $USER;
    $storage = get_file_storage();
    $storage->delete_area_files($contextid, $component, $filearea, $itemid);
    $from = context_user::instance($USER->id)->id;
    foreach ($storage->get_area_files($from, 'user', 'draft', $draftitemid) as $file) {
        $storage->create_file_from_storedfile(['contextid' => $contextid, 'component' => $component,
            'filearea' => $filearea, 'itemid' => $itemid], $file);
    }
}
