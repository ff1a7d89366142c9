<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Events.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace core\event;

/**
 * As Moodle's: an activity is gone.
 */
class course_module_deleted {
    /** @var int the course module */
    public $objectid;

    public function __construct($objectid) {
        $this->objectid = $objectid;
    }
}
