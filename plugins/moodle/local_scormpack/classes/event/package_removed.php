<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A package was removed.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * The activity of a package was removed.
 */
class package_removed extends package_event {
    protected const CRUD = 'd';
    protected const NAME = 'eventremoved';

    /**
     * What the log says.
     *
     * @return string
     */
    public function get_description() {
        return $this->sentence('removed') . " with the activity with course module id '" . $this->said('cmid')
            . "' and what " . $this->said('learners') . ' learners had done in it.';
    }

    /**
     * Where to look: at the packages that are left.
     *
     * @return \moodle_url
     */
    public function get_url() {
        return new \moodle_url('/local/scormpack/overview.php', ['id' => $this->courseid]);
    }
}
