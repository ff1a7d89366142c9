<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What the plugin stands on in these tests: as much of Moodle as it calls, in moodle/.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

error_reporting(E_ALL);

define('MOODLE_INTERNAL', true);
define('SITEID', 1);
define('MATURITY_STABLE', 200);
define('ANY_VERSION', 'any');

$CFG = (object) ['dirroot' => __DIR__ . '/moodle', 'libdir' => __DIR__ . '/moodle/lib', 'maxbytes' => 0,
    'release' => '4.5.6 (Build: 20250811)', 'branch' => '405', 'enablecompletion' => 1];

require_once(__DIR__ . '/moodle/lib/core.php');
require_once(__DIR__ . '/moodle/lib/database.php');
require_once(__DIR__ . '/moodle/lib/files.php');
require_once(__DIR__ . '/moodle/lib/course.php');
require_once(__DIR__ . '/moodle/lib/people.php');

// As in Moodle, a class file finds $CFG.
spl_autoload_register(function (string $class): void {
    global $CFG;
    $own = 'local_scormpack\\';
    $path = dirname(__DIR__) . '/local_scormpack/classes/' . str_replace('\\', '/', substr($class, strlen($own))) . '.php';
    if (strpos($class, $own) === 0 && is_file($path)) {
        require_once($path);
    }
});

require_once(__DIR__ . '/site.php');
require_once(__DIR__ . '/tracks.php');
require_once(__DIR__ . '/moodle_testcase.php');
require_once(__DIR__ . '/sent.php');
