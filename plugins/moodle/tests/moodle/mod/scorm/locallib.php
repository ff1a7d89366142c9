<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * The SCORM activity: it takes a package without saying what it could not read.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack_tests\site;

define('SCORM_TYPE_LOCAL', 'local');
define('SCORM_UPDATE_NEVER', '0');
define('SCORM_SKIPVIEW_NEVER', '0');
define('SCORM_SKIPVIEW_FIRST', '1');
define('GRADEHIGHEST', '1');
define('HIGHESTATTEMPT', '0');
define('SCORM_FORCEATTEMPT_NO', 0);
define('SCORM_TOC_SIDE', 0);
define('SCORM_TOC_DISABLED', 3);
define('SCORM_NAV_DISABLED', 0);
define('SCORM_NAV_UNDER_CONTENT', 1);

/** Fields of the table scorm, with what they hold if nothing is said. */
define('LOCAL_SCORMPACK_TESTS_SCORM', ['course' => 0, 'name' => '', 'scormtype' => 'local', 'reference' => '', 'version' => '',
    'maxgrade' => 0, 'grademethod' => 0, 'whatgrade' => 0, 'maxattempt' => 1, 'forcecompleted' => 0, 'forcenewattempt' => 0,
    'lastattemptlock' => 0, 'displaycoursestructure' => 0, 'updatefreq' => 0, 'sha1hash' => null, 'revision' => 0, 'launch' => 0,
    'skipview' => 1, 'hidebrowse' => 0, 'popup' => 0, 'hidetoc' => 0, 'nav' => 1, 'options' => '',
    'width' => 100, 'height' => 600, 'autocommit' => 0,
    'completionstatusrequired' => null, 'completionscorerequired' => null, 'completionstatusallscos' => null]);

function scorm_add_instance($info) {
    global $DB;
    $fields = array_intersect_key((array) $info, LOCAL_SCORMPACK_TESTS_SCORM) + LOCAL_SCORMPACK_TESTS_SCORM;
    $id = $DB->insert_record('scorm', $fields);
    $info->instance = $id;
    scorm_update_instance($info);
    return $id;
}

function scorm_update_instance($info) {
    global $DB;
    $context = context_module::instance($info->coursemodule);
    if (!empty($info->packagefile)) {
        file_save_draft_area_files($info->packagefile, $context->id, 'mod_scorm', 'package', 0);
        $files = get_file_storage()->get_area_files($context->id, 'mod_scorm', 'package', 0);
        $info->reference = reset($files)->get_filename();
    }
    site::happens('saved', $info);
    $options = array_intersect_key((array) $info, ['scrollbars' => 0]) + ['scrollbars' => 0];
    $info->options = $info->popup ? http_build_query($options, '', ',') : '';
    $DB->update_record('scorm', (object) (['id' => $info->instance] + (array) $info));
    $scorm = $DB->get_record('scorm', ['id' => $info->instance]);
    scorm_parse($scorm, $context);
}

function scorm_parse($scorm, $context) {
    global $DB;
    $storage = get_file_storage();
    $file = $storage->get_file($context->id, 'mod_scorm', 'package', 0, '/', $scorm->reference);
    if ($file->get_contenthash() === $scorm->sha1hash) {
        return;
    }
    $storage->delete_area_files($context->id, 'mod_scorm', 'content', 0);
    local_scormpack_tests_unpack($file, $context);
    site::happens('unpacked', $context);
    $manifest = $storage->get_file($context->id, 'mod_scorm', 'content', 0, '/', 'imsmanifest.xml');
    $newer = preg_match('/<schemaversion>(2004 |(CAM )?1\.3<)/', $manifest->get_content());
    $scorm->version = $newer ? 'SCORM_1.3' : 'SCORM_1.2';
    $scorm->sha1hash = $file->get_contenthash();
    $scorm->launch = local_scormpack_tests_items($scorm, $manifest->get_content());
    $scorm->revision++;
    $DB->update_record('scorm', $scorm);
    site::happens('parsed', $scorm);
}

/**
 * Put the files of a package into the area for content.
 */
function local_scormpack_tests_unpack(stored_file $file, context $context) {
    $zip = new ZipArchive();
    $zip->open($file->copy_content_to_temp());
    for ($at = 0; $at < $zip->numFiles; $at++) {
        $path = '/' . $zip->getNameIndex($at);
        get_file_storage()->create_file_from_string(['contextid' => $context->id, 'component' => 'mod_scorm',
            'filearea' => 'content', 'itemid' => 0, 'filepath' => rtrim(dirname($path), '/') . '/',
            'filename' => basename($path)], $zip->getFromIndex($at));
    }
}

/**
 * Enter the items of a manifest. An item that was there keeps its number, and what learners did in others goes.
 */
function local_scormpack_tests_items($scorm, $xml) {
    global $DB;
    $old = array_column($DB->get_records('scorm_scoes', ['scorm' => $scorm->id]), 'id', 'identifier');
    preg_match_all('/<item identifier="([^"]+)"/', $xml, $items);
    foreach (array_diff($items[1], array_keys($old)) as $identifier) {
        $old[$identifier] = $DB->insert_record('scorm_scoes', ['scorm' => $scorm->id, 'identifier' => $identifier,
            'launch' => 'index.html', 'scormtype' => 'sco', 'sortorder' => 1]);
    }
    foreach (array_diff_key($old, array_flip($items[1])) as $id) {
        $DB->delete_records('scorm_scoes', ['id' => $id]);
        $DB->delete_records('tracks', ['scoid' => $id]);
    }
    return $items[1] ? $old[$items[1][0]] : 0;
}
