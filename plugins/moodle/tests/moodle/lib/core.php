<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Words, capabilities, locks and caches.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

use local_scormpack_tests\site;

/**
 * As Moodle's: a code, its component, and the sentence in the language of the user.
 */
class moodle_exception extends Exception {
    /** @var string */
    public $errorcode;
    /** @var string */
    public $module;
    /** @var mixed */
    public $a;

    public function __construct($errorcode, $module = '', $link = '', $a = null, $debuginfo = null) {
        $this->errorcode = $errorcode;
        $this->module = $module;
        $this->a = $a;
        parent::__construct($module === 'local_scormpack' ? get_string($errorcode, $module, $a) : $errorcode);
    }
}

/**
 * As Moodle's: what a call is given is not what it takes.
 */
class invalid_parameter_exception extends moodle_exception {
    public function __construct($debuginfo = null) {
        parent::__construct('invalidparameter', 'debug', '', null, $debuginfo);
    }
}

/**
 * As Moodle's: text in UTF-8.
 */
class core_text {
    public static function strlen($text) {
        return mb_strlen($text, 'UTF-8');
    }

    public static function substr($text, $start, $len = null) {
        return mb_substr($text, $start, $len, 'UTF-8');
    }
}

/**
 * As Moodle's: where something stands.
 */
class context {
    /** @var int */
    public $id;
    /** @var int number of what stands there */
    public $instanceid;

    public static function instance($instanceid) {
        $context = new static();
        $context->instanceid = (int) $instanceid;
        $context->id = (int) $instanceid + static::FIRST;
        return $context;
    }
}

/**
 * As Moodle's.
 */
class context_user extends context {
    protected const FIRST = 1000;
}

/**
 * As Moodle's.
 */
class context_course extends context {
    protected const FIRST = 2000;
}

/**
 * As Moodle's.
 */
class context_module extends context {
    protected const FIRST = 3000;
}

/**
 * As Moodle's: the whole site.
 */
class context_system extends context {
    protected const FIRST = 1;

    public static function instance($instanceid = 0) {
        return parent::instance(0);
    }
}

/**
 * As Moodle's: what is known of a plugin.
 */
class core_plugin_manager {
    public static function instance() {
        return new self();
    }

    public function get_plugin_info($component) {
        $plugin = new stdClass();
        require(dirname(__DIR__, 3) . "/$component/version.php");
        return (object) ['release' => $plugin->release, 'versiondb' => (string) $plugin->version];
    }
}

/**
 * As Moodle's: how long a call may take.
 */
class core_php_time_limit {
    public static function raise($seconds = 0) {
        site::$patience = $seconds;
    }
}

/**
 * As Moodle's: an address.
 */
class moodle_url {
    /** @var string */
    private $address;

    public function __construct($path, array $parameters = []) {
        $this->address = "https://moodle.example.org$path?" . http_build_query($parameters);
    }

    public function out($escaped = true) {
        return $escaped ? htmlspecialchars($this->address) : $this->address;
    }
}

/**
 * As Moodle's: what is remembered. Its entries for courses may be changed by whoever has the lock only.
 */
class cache {
    /** @var string */
    private $area;

    public static function make($component, $area) {
        $cache = new self();
        $cache->area = "$component/$area";
        return $cache;
    }

    public function acquire_lock($key) {
        site::$locked["$this->area/$key"] = true;
        return true;
    }

    public function release_lock($key) {
        unset(site::$locked["$this->area/$key"]);
        return true;
    }

    public function delete($key) {
        if (!isset(site::$locked["$this->area/$key"])) {
            throw new coding_exception('without a lock');
        }
        site::$forgotten[] = "$this->area/$key";
    }

    public function purge() {
        site::$forgotten[] = $this->area;
    }
}

/**
 * As Moodle's: a mistake of a programmer.
 */
class coding_exception extends moodle_exception {
}

function get_string($name, $component = '', $a = null) {
    static $strings = null;
    if ($strings === null) {
        $string = [];
        require(dirname(__DIR__, 3) . '/local_scormpack/lang/en/local_scormpack.php');
        $strings = $string;
    }
    return str_replace('{$a}', is_scalar($a) ? (string) $a : '', $strings[$name]);
}

function s($text) {
    return htmlspecialchars((string) $text, ENT_QUOTES, 'UTF-8');
}

function display_size($bytes) {
    return "$bytes bytes";
}

function fix_utf8($text) {
    return mb_convert_encoding($text, 'UTF-8', 'UTF-8');
}

function is_number($value) {
    return is_int($value) || (is_string($value) && (string) (int) $value === $value);
}

function get_config($plugin, $name = null) {
    if ($name !== null) {
        return site::$config["$plugin/$name"] ?? false;
    }
    return (object) ['framewidth' => '100', 'frameheight' => '500', 'maxgrade' => '100', 'grademethod' => '0',
        'skipview' => '2', 'hidebrowse' => '0', 'auto' => '0', 'nav' => '1', 'scrollbars' => '0'];
}

function has_capability($capability, $context) {
    return in_array($capability, site::$capabilities, true);
}

function require_capability($capability, $context) {
    if (!has_capability($capability, $context)) {
        throw new moodle_exception('nopermissions', 'error', '', $capability);
    }
}

function get_max_upload_file_size($sitebytes = 0, $coursebytes = 0) {
    return min(array_filter([268435456, $sitebytes, $coursebytes]));
}

function get_user_max_upload_file_size($context, $sitebytes = 0, $coursebytes = 0) {
    $ignores = in_array('moodle/course:ignorefilesizelimits', site::$capabilities, true);
    return $ignores ? -1 : get_max_upload_file_size($sitebytes, $coursebytes);
}
