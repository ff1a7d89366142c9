<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A package was refused.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * A package was refused before anything was touched.
 */
class package_refused extends package_event {
    protected const CRUD = 'r';
    protected const NAME = 'eventrefused';

    /**
     * What the log says.
     *
     * @return string
     */
    public function get_description() {
        return $this->sentence('was refused') . ': ' . $this->said('reason');
    }
}
