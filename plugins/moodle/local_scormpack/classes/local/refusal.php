<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * A refusal, in the words of this plugin.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Says why something was refused. The code is the name of a string of this plugin.
 */
class refusal extends \moodle_exception {
    /**
     * Made from a code and from what belongs into its sentence.
     *
     * @param string $code name of the string
     * @param mixed $a what the string has a place for
     */
    public function __construct(string $code, $a = null) {
        parent::__construct($code, 'local_scormpack', '', $a);
    }
}
