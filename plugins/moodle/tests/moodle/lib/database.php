<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * The database: what is written within a transaction goes back with it.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

/**
 * As Moodle's, with tables in memory. It gives numbers as words.
 */
class moodle_database {
    /** @var stdClass[][] rows by table and id */
    public $tables = [];
    /** @var array|null the tables as they were before the transaction that goes on */
    private $before = null;
    /** @var moodle_transaction[] those that are open */
    private $open = [];
    /** @var int */
    private $last = 0;

    public function get_records($table, array $conditions = [], $sort = '', $fields = '*', $from = 0, $limit = 0) {
        $found = array_filter($this->tables[$table] ?? [], fn($row) => self::fits($row, $conditions));
        foreach (array_reverse(array_filter(explode(', ', $sort))) as $field) {
            uasort($found, fn($one, $other) => $one->$field <=> $other->$field);
        }
        return array_map(fn($row) => clone $row, array_slice($found, $from, $limit ?: null, true));
    }

    public function get_record($table, array $conditions, $fields = '*', $strictness = 0) {
        $found = $this->get_records($table, $conditions);
        if (!$found && $strictness === MUST_EXIST) {
            throw new moodle_exception('invalidrecord', 'error', '', $table);
        }
        return reset($found);
    }

    public function get_records_list($table, $field, array $values, $sort = '', $fields = '*') {
        return array_filter($this->get_records($table), fn($row) => in_array($row->$field, $values));
    }

    public function record_exists($table, array $conditions) {
        return (bool) $this->get_records($table, $conditions);
    }

    public function insert_record($table, $row) {
        $row = (object) (array) $row;
        $row->id = ++$this->last;
        $this->tables[$table][$row->id] = self::as_read($row);
        return $row->id;
    }

    public function update_record($table, $row) {
        $known = $this->tables[$table][$row->id];
        foreach (self::as_read((object) array_intersect_key((array) $row, (array) $known)) as $name => $value) {
            $known->$name = $value;
        }
        return true;
    }

    public function delete_records($table, array $conditions) {
        foreach ($this->get_records($table, $conditions) as $row) {
            unset($this->tables[$table][$row->id]);
        }
        return true;
    }

    public function start_delegated_transaction() {
        $this->before = $this->before ?? unserialize(serialize($this->tables));
        return $this->open[] = new moodle_transaction($this);
    }

    public function commit(moodle_transaction $transaction) {
        if (end($this->open) !== $transaction) {
            throw new moodle_exception('dmltransactionexception');
        }
        array_pop($this->open);
        $this->before = $this->open ? $this->before : null;
    }

    public function is_transaction_started() {
        return (bool) $this->open;
    }

    public function force_transaction_rollback() {
        $this->tables = $this->before ?? $this->tables;
        $this->before = null;
        $this->open = [];
    }

    private static function fits($row, array $conditions) {
        return !array_filter($conditions, fn($value, $name) => (string) $row->$name !== (string) $value, ARRAY_FILTER_USE_BOTH);
    }

    private static function as_read($row) {
        return (object) array_map(fn($value) => is_null($value) || is_object($value) ? $value : (string) $value, (array) $row);
    }
}

/**
 * As Moodle's: the change is made for good when the outermost of them ends.
 */
class moodle_transaction {
    /** @var moodle_database */
    private $database;

    public function __construct(moodle_database $database) {
        $this->database = $database;
    }

    public function allow_commit() {
        $this->database->commit($this);
    }
}

define('MUST_EXIST', 2);
