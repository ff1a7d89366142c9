<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What a scenario can ask for.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

/**
 * Lets a scenario say which packages are in a course.
 */
class behat_local_scormpack_generator extends behat_generator_base {
    /**
     * What can be made.
     *
     * @return array
     */
    protected function get_creatable_entities(): array {
        return [
            'loads' => [
                'singular' => 'load',
                'datagenerator' => 'load',
                'required' => ['course', 'package', 'version'],
                'switchids' => ['course' => 'course'],
            ],
        ];
    }
}
