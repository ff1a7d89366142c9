<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Learners, their groups, and what may be known of them.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace {
    use local_scormpack_tests\site;

    // The mode comes from the database as a word.
    define('SEPARATEGROUPS', 1);

    function groups_get_activity_groupmode($cm) {
        return site::$apart ? '1' : '0';
    }

    function groups_get_activity_allowed_groups($cm) {
        return array_fill_keys(site::$groups, (object) []);
    }

    function get_enrolled_sql($context, $withcapability = '', $groupids = 0) {
        return ['enrolled', ['groups' => $groupids ?: []]];
    }

    function fullname($user, $override = false) {
        return $override ? "$user->firstname $user->lastname" : $user->firstname;
    }
}

namespace core_user {
    /**
     * As Moodle's: which fields there are of a user.
     */
    class fields {
        public static function get_name_fields() {
            return ['firstname', 'lastname'];
        }

        public static function get_identity_fields($context, $allowcustom = true) {
            $fields = has_capability('moodle/site:viewuseridentity', $context) ? get_config('core', 'showuseridentity') : '';
            return array_filter(explode(',', (string) $fields));
        }
    }
}
