<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A load of a package went wrong.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * A load went wrong in the middle. The reason says whether everything was put back.
 */
class package_restored extends package_event {
    protected const CRUD = 'u';
    protected const NAME = 'eventrestored';

    /**
     * What the log says.
     *
     * @return string
     */
    public function get_description() {
        return $this->sentence('could not load') . ': ' . $this->said('reason');
    }
}
