<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * All of a change or nothing of it.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Makes a change whole. Moodle's update of an activity is no transaction, and deletes files on its way; this makes it one.
 */
class whole {
    /** @var int draft area of the caller in which a second entry for every file is kept, or 0 */
    private int $kept = 0;

    /**
     * Do all or nothing.
     *
     * Files are safe as long as an entry names them, so entries of the old ones are kept elsewhere in the meantime: undoing
     * brings the entries of the activity back and never needs a byte of room. If the process dies, the database undoes
     * everything by itself, and Moodle clears the draft area after some days.
     *
     * @param \context|null $context whose files of the SCORM activity are kept; null if there is nothing yet
     * @param callable $work
     * @return mixed what the work gives
     * @throws \Throwable what the work threw, after everything is as it was
     */
    public function change(?\context $context, callable $work) {
        global $DB;
        if ($context) {
            $this->keep($context);
        }
        try {
            $transaction = $DB->start_delegated_transaction();
            $done = $work();
            $transaction->allow_commit();
            return $done;
        } catch (\Throwable $problem) {
            // Moodle's own functions leave transactions of theirs open, so that ours alone cannot be undone.
            $DB->force_transaction_rollback();
            throw $problem;
        } finally {
            $this->let_go();
        }
    }

    /**
     * Make a second entry for every file of the activity.
     *
     * @param \context $context
     */
    private function keep(\context $context): void {
        $this->kept = file_get_unused_draft_itemid();
        $storage = get_file_storage();
        foreach (['package', 'content'] as $area) {
            foreach ($storage->get_area_files($context->id, 'mod_scorm', $area, 0, 'id', false) as $file) {
                $storage->create_file_from_storedfile($this->place() + [
                    'filepath' => "/$area" . $file->get_filepath(),
                ], $file);
            }
        }
    }

    /**
     * Remove the second entries.
     */
    private function let_go(): void {
        if ($this->kept) {
            $place = $this->place();
            get_file_storage()->delete_area_files($place['contextid'], 'user', 'draft', $this->kept);
            $this->kept = 0;
        }
    }

    /**
     * Where the second entries are.
     *
     * @return array
     */
    private function place(): array {
        global $USER;
        $context = \context_user::instance($USER->id);
        return ['contextid' => $context->id, 'component' => 'user', 'filearea' => 'draft', 'itemid' => $this->kept];
    }
}
