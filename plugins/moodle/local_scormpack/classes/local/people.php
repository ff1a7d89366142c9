<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * Who the learners are.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * Puts to results what the caller may know about the learners.
 */
class people {
    /** @var bool whether the site lets names go out at all */
    private bool $names;
    /** @var bool whether the caller may see what tells people of the same name apart */
    private bool $identity;
    /** @var bool whether the caller may see email addresses */
    private bool $email;
    /** @var bool whether the caller may see more than the site's form of a name */
    private bool $full;

    /**
     * Made for a course.
     *
     * @param \stdClass $course row of the table course
     */
    public function __construct(\stdClass $course) {
        $context = \context_course::instance($course->id);
        $this->names = get_config('local_scormpack', 'names') !== '0';
        $this->identity = has_capability('moodle/site:viewuseridentity', $context);
        $this->email = in_array('email', \core_user\fields::get_identity_fields($context, false), true);
        $this->full = has_capability('moodle/site:viewfullnames', $context);
    }

    /**
     * The results with their learners.
     *
     * @param array[] $results
     * @return array[]
     */
    public function name(array $results): array {
        global $DB;
        $fields = array_merge(['id', 'idnumber', 'username', 'email'], \core_user\fields::get_name_fields());
        $ids = array_unique(array_column($results, 'userid'));
        $users = $DB->get_records_list('user', 'id', $ids, '', implode(', ', $fields));
        return array_map(fn($result) => $this->person($users[$result['userid']]) + $result, $results);
    }

    /**
     * What may be known about a learner.
     *
     * @param \stdClass $user
     * @return string[]
     */
    private function person(\stdClass $user): array {
        return [
            'idnumber' => $this->identity ? $user->idnumber : '',
            'username' => $this->names && $this->identity ? $user->username : '',
            'fullname' => $this->names ? fullname($user, $this->full) : '',
            'email' => $this->names && $this->identity && $this->email ? $user->email : '',
        ];
    }
}
