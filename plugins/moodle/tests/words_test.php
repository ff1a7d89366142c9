<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What the plugin says.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

/**
 * Every sentence that the plugin asks for is there, and none is there for nothing.
 */
final class words_test extends moodle_testcase {
    /** What Moodle asks for by itself: names of the plugin, its capabilities, its events and its settings. */
    private const MOODLE = '/^(pluginname|scormpack:|event|privacy)/';

    public function test_sentences(): void {
        $plugin = dirname(__DIR__) . '/local_scormpack';
        $string = [];
        require("$plugin/lang/en/local_scormpack.php");
        $source = '';
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($plugin)) as $file) {
            if (preg_match('/\.(php|mustache)$/', (string) $file) && !strpos((string) $file, '/lang/')) {
                $source .= file_get_contents((string) $file);
            }
        }
        preg_match_all("/new refusal\\(\n?\s*'(\w+)'|get_string\\(\n?\s*'(\w+)', 'local_scormpack'/", $source, $found);
        $asked = array_filter(array_merge($found[1], $found[2]));
        self::assertSame([], array_values(array_diff($asked, array_keys($string))));
        $idle = array_filter(array_keys($string), fn($name) => !preg_match(self::MOODLE, $name)
            && !preg_match("/\\b$name\\b/", $source));
        self::assertSame([], array_values($idle));
    }
}
