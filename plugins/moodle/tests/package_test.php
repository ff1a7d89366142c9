<?php
// Part of the tests of scormpack's plugin for Moodle, under the terms of the GNU General Public License, version 3 or later.

/**
 * What is looked at before anything is touched.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack_tests;

/**
 * Each refusal of a package.
 */
final class package_test extends moodle_testcase {
    /**
     * Bytes and what they are refused with.
     *
     * @return array
     */
    public static function bad(): array {
        $manifest = fn(array $other) => sent::package($other);
        $entry = fn(string $name) => sent::package([], [$name => 'x']);
        $locked = fn($zip) => $zip->setPassword('x') && $zip->setEncryptionName('index.html', \ZipArchive::EM_AES_256);
        $link = fn($zip) => $zip->setExternalAttributesName('index.html', \ZipArchive::OPSYS_UNIX, 0120777 << 16);
        $twice = str_replace('indey.html', 'index.html', sent::package([], ['indey.html' => 'y']));
        return [
            'no zip' => ['notazip', 'not a zip', 'hello'],
            'cut off' => ['notazip', 'not a zip', substr(sent::package(), 0, -30)],
            'nothing' => ['notazip', 'not a zip', ''],
            'up and out' => ['unsafezip', '../a.html', $entry('../a.html')],
            'up within' => ['unsafezip', 'a/../../b', $entry('a/../../b')],
            'absolute' => ['unsafezip', '/etc/a', $entry('/etc/a')],
            'drive' => ['unsafezip', 'C:a', $entry('C:a')],
            'backslash' => ['unsafezip', 'a\\b', $entry('a\\b')],
            'dot' => ['unsafezip', 'a/./b', $entry('a/./b')],
            'control character' => ['unsafezip', "a\nb", $entry("a\nb")],
            'link' => ['unsafezip', 'index.html', sent::package([], [], $link)],
            'locked' => ['unsafezip', 'index.html', sent::package([], [], $locked)],
            'twice' => ['unsafezip', 'index.html', $twice],
            'no manifest' => ['nomanifest', 'imsmanifest.xml', sent::package([], ['imsmanifest.xml' => null])],
            'manifest in a folder' => ['nomanifest', 'imsmanifest.xml',
                sent::package([], ['imsmanifest.xml' => null, 'm/imsmanifest.xml' => sent::manifest()])],
            'empty manifest' => ['badmanifest', 'cannot be read', sent::package([], ['imsmanifest.xml' => ''])],
            'not well-formed' => ['badmanifest', 'mismatch', sent::package([], ['imsmanifest.xml' => '<manifest><a></manifest>'])],
            'another root' => ['badmanifest', 'manifest', sent::package([], ['imsmanifest.xml' => '<course/>'])],
            'document type' => ['badmanifest', 'document type', $manifest(['before' => '<!DOCTYPE manifest>'])],
            'entities' => ['badmanifest', 'document type',
                $manifest(['before' => '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 'title' => '&a;'])],
            'not UTF-8' => ['badmanifest', 'UTF-8', $manifest(['title' => "\xe9"])],
            'UTF-16' => ['badmanifest', 'UTF-8',
                sent::package([], ['imsmanifest.xml' => "\xff\xfe" . mb_convert_encoding(sent::manifest(), 'UTF-16LE')])],
            'UTF-7' => ['badmanifest', 'UTF-8', sent::package([], ['imsmanifest.xml' => str_replace(['UTF-8"?>', 'May'],
                ['UTF-7"?>+ADw-!DOCTYPE m+AD4-', 'May'], sent::manifest())])],
            'Latin-1' => ['badmanifest', 'UTF-8',
                sent::package([], ['imsmanifest.xml' => str_replace('UTF-8', 'ISO-8859-1', sent::manifest())])],
            'long title' => ['badmanifest', 'too long', $manifest(['title' => str_repeat('a', 256)])],
            'no title' => ['badmanifest', 'missing', $manifest(['title' => ''])],
            'no identifier' => ['badmanifest', 'missing', $manifest(['identifier' => ''])],
            'long identifier' => ['badmanifest', 'too long',
                $manifest(['identifier' => 'identifier="' . str_repeat('a', 81) . '"'])],
            'another package' => ['notours', 'can-we-help', $manifest(['identifier' => 'identifier="can-we-help"'])],
            'no version' => ['noversion', 'no version', $manifest(['version' => ''])],
            'long version' => ['noversion', 'no version', $manifest(['version' => 'version="' . str_repeat('1', 101) . '"'])],
            'blank around standard' => ['badstandard', ' 1.2', $manifest(['schemaversion' => ' 1.2'])],
            'another standard' => ['badstandard', '“1.1”', $manifest(['schemaversion' => '1.1'])],
            'no resource' => ['nolaunch', 'another', $manifest(['ref' => 'another'])],
            'no item with a resource' => ['nolaunch', 'Nothing', $manifest(['ref' => ''])],
            'asset' => ['nolaunch', 'may-have-died.sco', $manifest(['type' => 'adlcp:scormtype="asset"'])],
            'another prefix' => ['nolaunch', 'may-have-died.sco', $manifest(['type' => 'xmlns:a="urn:adlcp" a:scormtype="sco"'])],
            'no file' => ['nolaunch', 'start.html', $manifest(['href' => 'start.html?a=1'])],
        ];
    }

    /**
     * A bad package is refused with its code and its reason, and nothing is touched.
     *
     * @dataProvider bad
     * @param string $code
     * @param string $words
     * @param string $bytes
     */
    public function test_refuses(string $code, string $words, string $bytes): void {
        $before = self::everything();
        [$refused, $said] = self::refused(fn() => sent::put($bytes));
        self::assertSame($code, $refused, $said);
        self::assertStringContainsString($words, $said);
        self::assertSame([['package_refused', ['package' => 'may-have-died', 'reason' => $said]]], site::$told);
        self::assertSame(serialize($before), serialize(self::everything()));
        self::assertSame([], array_filter(site::$temporary, 'is_file'));
        self::assertSame([], site::$locked);
    }

    /**
     * What Moodle takes is taken for what it is.
     *
     * @testWith ["1.2", "1.2"]
     *           ["1.3", "2004"]
     *           ["CAM 1.3", "2004"]
     *           ["2004 3rd Edition", "2004"]
     *           ["2004 4th Edition", "2004"]
     * @param string $schemaversion
     * @param string $standard
     */
    public function test_knows_the_standard(string $schemaversion, string $standard): void {
        $answer = sent::put(sent::package(['schemaversion' => $schemaversion]), ['dryrun' => true]);
        self::assertSame($standard, $answer['standard']);
    }

    public function test_takes_folders_and_encoded_addresses(): void {
        $folder = fn($zip) => $zip->addEmptyDir('media');
        $bytes = sent::package(['href' => 'a%20b.html#top', 'type' => 'adlcp:scormType="sco"'], ['a b.html' => 'x'], $folder);
        self::assertSame('new', sent::put($bytes, ['dryrun' => true])['action']);
    }

    public function test_refuses_too_many_files(): void {
        $many = array_fill_keys(array_map(fn($at) => "f$at", range(1, 20000)), '');
        [$code, $said] = self::refused(fn() => sent::put(sent::package([], $many)));
        self::assertSame(['unsafezip', true], [$code, strpos($said, 'more than 20000 files') !== false]);
    }

    /**
     * What a zip says of a file in it.
     *
     * @testWith [67108864, "new"]
     *           [67108900, "toolarge"]
     *           [2147483649, "toolarge"]
     * @param int $size
     * @param string $code
     */
    public function test_refuses_what_grows_too_much(int $size, string $code): void {
        $bytes = sent::package([], ['big.bin' => str_repeat('x', 100)]);
        $rest = strlen(sent::manifest()) + strlen('<title>A</title>');
        $entry = strrpos(substr($bytes, 0, strrpos($bytes, 'big.bin')), "PK\x01\x02");
        $bytes = substr_replace($bytes, pack('V', $size - $rest), $entry + 24, 4);
        try {
            self::assertSame($code, sent::put($bytes, ['dryrun' => true])['action']);
        } catch (\moodle_exception $refusal) {
            self::assertSame($code, $refusal->errorcode);
        }
    }

    public function test_refuses_what_is_larger_than_the_course_or_the_plugin_takes(): void {
        global $DB;
        $DB->update_record('course', (object) ['id' => 2, 'maxbytes' => 100]);
        $put = fn() => sent::put(sent::package());
        self::assertSame(['toolarge', 'The package is larger than it may be: 100 bytes'], self::refused($put));
        site::$capabilities[] = 'moodle/course:ignorefilesizelimits';
        site::$config['local_scormpack/largest'] = '200';
        self::assertSame(['toolarge', 'The package is larger than it may be: 200 bytes'], self::refused($put));
        site::$config = [];
        self::assertSame('new', $put()['action']);
    }

    public function test_says_that_there_is_no_room_to_look(): void {
        site::$on['copied'] = fn($copy) => file_put_contents($copy->path, 'cut off');
        self::assertSame('noroom', self::refused(fn() => sent::put(sent::package()))[0]);
    }

    public function test_refuses_other_bytes(): void {
        self::assertSame('wrongbytes', self::refused(fn() => sent::put(sent::package(), ['sha256' => str_repeat('0', 64)]))[0]);
    }

    public function test_takes_a_checksum_in_capitals(): void {
        $bytes = sent::package();
        $answer = sent::put($bytes, ['sha256' => strtoupper(hash('sha256', $bytes)), 'dryrun' => true]);
        self::assertSame('new', $answer['action']);
    }

    public function test_wants_exactly_one_file(): void {
        $none = self::refused(fn() => sent::put(sent::package(), ['draftitemid' => 1]));
        $item = sent::upload('a');
        sent::upload('b', ['itemid' => $item, 'filename' => 'b.zip']);
        $two = self::refused(fn() => sent::put('a', ['draftitemid' => $item]));
        $elsewhere = sent::upload('a', ['external' => 1]);
        $reference = self::refused(fn() => sent::put('a', ['draftitemid' => $elsewhere]));
        $zero = self::refused(fn() => sent::put('a', ['draftitemid' => 0]));
        self::assertSame(['notone', 'notone', 'notone', 'notone'], [$none[0], $two[0], $reference[0], $zero[0]]);
        self::assertSame('One uploaded file was expected, and 2 were found.', $two[1]);
    }
}
