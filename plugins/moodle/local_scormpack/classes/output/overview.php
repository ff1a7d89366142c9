<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * The packages in a course, on a page.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\output;

use local_scormpack\local\activity;
use local_scormpack\local\tracks;

/**
 * What a teacher sees of the packages in a course: versions, and how many learners are where.
 */
class overview implements \renderable, \templatable {
    /** @var \stdClass row of the table course */
    private \stdClass $course;

    /**
     * Made for a course.
     *
     * @param \stdClass $course row of the table course
     */
    public function __construct(\stdClass $course) {
        $this->course = $course;
    }

    /**
     * What the template shows.
     *
     * @param \renderer_base $output
     * @return array
     */
    public function export_for_template(\renderer_base $output): array {
        $activities = activity::all($this->course);
        $times = array_count_values(array_map(fn($activity) => $activity->package, $activities));
        $counts = tracks::counts(array_column($activities, 'scorm'));
        return [
            'packages' => array_map(fn($activity) => self::row($activity) + $counts[$activity->scorm->id], $activities),
            'any' => (bool) $activities,
            'twice' => array_map(fn($package) => get_string('twice', 'local_scormpack', $package),
                array_keys(array_filter($times, fn($count) => $count > 1))),
        ];
    }

    /**
     * A row of the table, but for the learners.
     *
     * @param activity $activity
     * @return array
     */
    private static function row(activity $activity): array {
        $since = $activity->since();
        return [
            'name' => $activity->cm->get_formatted_name(),
            'url' => $activity->url(),
            'hidden' => !$activity->cm->visible,
            'version' => $activity->version(),
            'standard' => $activity->standard(),
            'since' => $since ? userdate($since, get_string('strftimedatetimeshort', 'langconfig')) : '',
            'changedbyhand' => $activity->changedbyhand(),
        ];
    }
}
