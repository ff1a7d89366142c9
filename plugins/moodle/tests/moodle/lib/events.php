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

use local_scormpack_tests\site;

/**
 * As Moodle's: something that happened. What is told within a transaction goes with it.
 */
abstract class base {
    public const LEVEL_OTHER = 0;
    /** @var array */
    protected $data = [];

    public static function create(array $data) {
        $event = new static();
        $event->init();
        $event->data = $data + $event->data;
        return $event;
    }

    public function trigger() {
        global $DB;
        if (!$DB->is_transaction_started()) {
            site::$told[] = [substr(strrchr(static::class, '\\'), 1), $this->data['other']];
        }
    }
}

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
