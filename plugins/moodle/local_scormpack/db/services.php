<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The functions that a machine may call, and the service that offers them.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

$functions = [
    'local_scormpack_get_site' => [
        'classname' => 'local_scormpack\\external\\get_site',
        'description' => 'Says what this site and this plugin can do, and whether packages may be loaded into a course.',
        'type' => 'read',
    ],
    'local_scormpack_put_package' => [
        'classname' => 'local_scormpack\\external\\put_package',
        'description' => 'Checks a package and makes it an activity, or the new version of an activity.',
        'type' => 'write',
        'capabilities' => 'local/scormpack:manage, moodle/course:manageactivities, mod/scorm:addinstance',
    ],
    'local_scormpack_get_packages' => [
        'classname' => 'local_scormpack\\external\\get_packages',
        'description' => 'Lists the packages in a course: version, checksum, since when, how many learners.',
        'type' => 'read',
        'capabilities' => 'local/scormpack:manage',
    ],
    'local_scormpack_get_results' => [
        'classname' => 'local_scormpack\\external\\get_results',
        'description' => 'Lists what learners have achieved in the packages of a course.',
        'type' => 'read',
        'capabilities' => 'local/scormpack:manage, mod/scorm:viewreport',
    ],
    'local_scormpack_remove_package' => [
        'classname' => 'local_scormpack\\external\\remove_package',
        'description' => 'Removes the activity of a package, if no learner has begun it or if told twice.',
        'type' => 'write',
        'capabilities' => 'local/scormpack:manage, moodle/course:manageactivities',
    ],
];

$services = [
    'scormpack' => [
        'shortname' => 'local_scormpack',
        'functions' => array_merge(array_keys($functions), ['core_webservice_get_site_info']),
        'restrictedusers' => 1,
        'enabled' => 1,
        'uploadfiles' => 1,
        'downloadfiles' => 0,
    ],
];
