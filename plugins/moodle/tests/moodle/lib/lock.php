<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Locks.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace core\lock;

use local_scormpack_tests\site;

/**
 * As Moodle's: gives locks. One that somebody has is not given again.
 */
class lock_config {
    public static function get_lock_factory($type) {
        return new self();
    }

    public function get_lock($resource, $timeout) {
        return isset(site::$locked[$resource]) ? false : new lock($resource);
    }
}

/**
 * As Moodle's: held until it is let go.
 */
class lock {
    /** @var string */
    private $resource;

    public function __construct($resource) {
        $this->resource = $resource;
        site::$locked[$resource] = true;
    }

    public function release() {
        unset(site::$locked[$this->resource]);
        return true;
    }
}
