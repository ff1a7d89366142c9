<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What this plugin is and what it needs.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

defined('MOODLE_INTERNAL') || die();

$plugin->component = 'local_scormpack';
$plugin->version = 2026120100;
$plugin->release = '1.0.0';
$plugin->requires = 2022112800; // Moodle 4.1.
$plugin->supported = [401, 501];
$plugin->maturity = MATURITY_STABLE;
$plugin->dependencies = ['mod_scorm' => ANY_VERSION];
