<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A package has come into a course.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * A package has become a new activity.
 */
class package_loaded extends package_event {
    protected const CRUD = 'c';
    protected const NAME = 'eventloaded';

    /**
     * What the log says.
     *
     * @return string
     */
    public function get_description() {
        $did = "loaded version '" . $this->said('version') . "' of";
        return $this->sentence($did) . " as the activity with course module id '" . $this->said('cmid') . "'.";
    }
}
