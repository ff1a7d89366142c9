<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Completion.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

/**
 * As Moodle's: whether a course records completion.
 */
class completion_info {
    /** @var stdClass */
    private $course;

    public function __construct($course) {
        $this->course = $course;
    }

    public function is_enabled() {
        return (int) $this->course->enablecompletion;
    }
}

define('COMPLETION_TRACKING_AUTOMATIC', 2);
define('COMPLETION_VIEW_NOT_REQUIRED', 0);
