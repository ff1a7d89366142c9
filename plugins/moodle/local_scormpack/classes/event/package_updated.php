<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A package has been replaced by another version.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\event;

/**
 * An activity holds another version of its package, or has other settings.
 */
class package_updated extends package_event {
    protected const CRUD = 'u';
    protected const NAME = 'eventupdated';

    /**
     * What the log says.
     *
     * @return string
     */
    public function get_description() {
        [$old, $new] = [$this->said('oldversion'), $this->said('version')];
        $did = $old === $new ? 'changed the settings of' : "replaced version '$old' with version '$new' of";
        return $this->sentence($did) . " in the activity with course module id '" . $this->said('cmid') . "'.";
    }
}
