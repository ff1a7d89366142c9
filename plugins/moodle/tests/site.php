<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * A site for a test.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

require_once(__DIR__ . '/moodle/lib/lock.php');
require_once(__DIR__ . '/moodle/lib/events.php');

/**
 * What a site has besides its database, and what is to go wrong in it.
 */
class site {
    /** @var string[] what the caller may do */
    public static array $capabilities;
    /** @var string[] settings, by plugin and name */
    public static array $config;
    /** @var int how many seconds a call may take */
    public static int $patience = 0;
    /** @var bool whether groups are kept apart */
    public static bool $apart;
    /** @var int[] groups of the caller */
    public static array $groups;
    /** @var int[][] groups of learners */
    public static array $members;
    /** @var string[] bytes of files by their SHA-1 */
    public static array $pool;
    /** @var bool[] what somebody has locked */
    public static array $locked;
    /** @var string[] what was dropped of what was remembered */
    public static array $forgotten;
    /** @var int[] course modules whose completion was worked out anew */
    public static array $reset;
    /** @var array[] what the log was told: the event and its particulars */
    public static array $told;
    /** @var string[] temporary files that were made */
    public static array $temporary;
    /** @var callable[] what happens when Moodle has come so far */
    public static array $on;

    /**
     * A fresh site with the course 2, whose ID number is HC-2024.
     */
    public static function begin(): void {
        global $DB, $USER;
        $DB = new \moodle_database();
        $USER = (object) ['id' => 5];
        self::$patience = 30;
        self::$apart = false;
        self::$groups = self::$members = [];
        self::$capabilities = ['local/scormpack:manage', 'moodle/course:manageactivities', 'mod/scorm:addinstance'];
        self::$config = self::$told = self::$pool = self::$locked = [];
        self::$forgotten = self::$reset = self::$temporary = self::$on = [];
        foreach ([1 => '', 2 => 'HC-2024', 3 => 'SAME', 4 => 'SAME'] as $id => $idnumber) {
            $DB->insert_record('course', ['idnumber' => $idnumber, 'fullname' => "Course $id",
                'enablecompletion' => 1, 'maxbytes' => 0]);
        }
    }

    /**
     * Moodle has come so far.
     *
     * @param string $what
     * @param object $with
     */
    public static function happens(string $what, object $with): void {
        if (isset(self::$on[$what])) {
            (self::$on[$what])($with);
        }
    }
}
