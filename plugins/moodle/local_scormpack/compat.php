<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The names that web services have had since Moodle 4.2, for Moodle 4.1. It goes when 4.1 goes.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

if (!class_exists(\core_external\external_api::class)) {
    require_once($CFG->libdir . '/externallib.php');
    $names = ['external_api', 'external_function_parameters', 'external_value', 'external_single_structure',
        'external_multiple_structure'];
    foreach ($names as $name) {
        class_alias("\\$name", "core_external\\$name");
    }
    unset($names, $name);
}
