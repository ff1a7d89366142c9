<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * Web services, under the names that they had until Moodle 4.1.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

define('PARAM_INT', 'int');
define('PARAM_RAW', 'raw');
define('PARAM_TEXT', 'text');
define('PARAM_BOOL', 'bool');
define('PARAM_FLOAT', 'float');
define('PARAM_ALPHA', 'alpha');
define('PARAM_ALPHANUM', 'alphanum');
define('PARAM_ALPHANUMEXT', 'alphanumext');
define('VALUE_REQUIRED', 1);
define('VALUE_DEFAULT', 0);
define('NULL_ALLOWED', true);

/**
 * As Moodle's: takes nothing but what fits the description, letter by letter.
 */
class external_api {
    public static function validate_parameters(external_function_parameters $described, $given) {
        return $described->validate($given);
    }

    public static function validate_context($context) {
    }
}

/**
 * As Moodle's.
 */
class external_value {
    /** What a value of each kind looks like. */
    private const FORMS = ['int' => '/^-?\d+$/', 'bool' => '/^[01]?$/', 'alpha' => '/^[a-zA-Z]*$/',
        'alphanum' => '/^[a-zA-Z0-9]*$/', 'alphanumext' => '/^[a-zA-Z0-9_-]*$/'];
    /** @var string */
    private $type;
    /** @var int */
    public $required;
    /** @var mixed */
    public $default;
    /** @var bool */
    private $allownull;

    public function __construct($type, $desc = '', $required = VALUE_REQUIRED, $default = null, $allownull = false) {
        $this->type = $type;
        $this->required = $required;
        $this->default = $default;
        $this->allownull = $allownull;
    }

    public function validate($value) {
        if ($value === null && $this->allownull) {
            return null;
        }
        if (!is_scalar($value) || !preg_match(self::FORMS[$this->type] ?? '/^/', (string) $value)) {
            throw new invalid_parameter_exception();
        }
        $clean = ['int' => 'intval', 'float' => 'floatval', 'bool' => 'boolval', 'text' => 'strip_tags'][$this->type] ?? 'strval';
        return $clean($value);
    }
}

/**
 * As Moodle's.
 */
class external_single_structure {
    /** @var array */
    public $keys;
    /** @var int */
    public $required = VALUE_REQUIRED;

    public function __construct(array $keys) {
        $this->keys = $keys;
    }

    public function validate($values) {
        if (!is_array($values) || array_diff_key($values, $this->keys)) {
            throw new invalid_parameter_exception();
        }
        $clean = [];
        foreach ($this->keys as $name => $key) {
            if (!array_key_exists($name, $values) && $key->required === VALUE_REQUIRED) {
                throw new invalid_parameter_exception();
            }
            $clean[$name] = array_key_exists($name, $values) ? $key->validate($values[$name]) : $key->default;
        }
        return $clean;
    }
}

/**
 * As Moodle's.
 */
class external_function_parameters extends external_single_structure {
}

/**
 * As Moodle's.
 */
class external_multiple_structure {
    /** @var object */
    public $content;
    /** @var int */
    public $required;
    /** @var mixed */
    public $default;

    public function __construct($content, $desc = '', $required = VALUE_REQUIRED, $default = null) {
        $this->content = $content;
        $this->required = $required;
        $this->default = $default;
    }

    public function validate($values) {
        return array_map(fn($value) => $this->content->validate($value), array_values($values));
    }
}
