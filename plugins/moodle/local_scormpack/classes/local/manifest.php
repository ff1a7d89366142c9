<?php
// This file is part of scormpack's plugin for Moodle, which is free software: you can redistribute it and/or modify it
// under the terms of the GNU General Public License, version 3 or later, as published by the Free Software Foundation.
// It comes without any warranty. The terms are in the file LICENSE beside version.php.

/**
 * What imsmanifest.xml says.
 *
 * @package   local_scormpack
 * @copyright 2026 The scormpack maintainers
 * @license   https://www.gnu.org/licenses/gpl-3.0.html GPL-3.0-or-later
 */

namespace local_scormpack\local;

/**
 * The manifest of a package, read as Moodle's SCORM activity will read it.
 */
class manifest {
    /** What Moodle takes, letter by letter, and what it makes of it. Anything else becomes SCORM 1.2 without a word. */
    private const STANDARDS = [
        '1.2' => '1.2',
        '1.3' => '2004',
        'CAM 1.3' => '2004',
        '2004 3rd Edition' => '2004',
        '2004 4th Edition' => '2004',
    ];
    /** The longest identifier and title that the tables of the SCORM activity hold. */
    private const LONGEST = 255;
    /** The longest identifier of a package: it becomes part of an ID number. */
    private const LONGEST_PACKAGE = 80;
    /** The longest version that our own table holds. */
    private const LONGEST_VERSION = 100;

    /** @var string identifier of the package */
    public string $identifier;
    /** @var string its version */
    public string $version;
    /** @var string 1.2 or 2004 */
    public string $standard;
    /** @var string what it is called */
    public string $title;
    /** @var string[] the file that each item launches, by the identifier of the item */
    public array $launches;

    /**
     * Read from the text of imsmanifest.xml.
     *
     * @param string $xml
     * @throws refusal badmanifest, noversion, badstandard or nolaunch
     */
    public function __construct(string $xml) {
        $root = self::root($xml);
        $this->identifier = self::short($root->getAttribute('identifier'), self::LONGEST_PACKAGE);
        $this->version = $root->getAttribute('version');
        if ($this->version === '' || \core_text::strlen($this->version) > self::LONGEST_VERSION) {
            throw new refusal('noversion');
        }
        $this->standard = self::standard(self::text(self::child(self::child($root, 'metadata'), 'schemaversion')));
        $organisation = self::organisation($root);
        $this->title = self::short(trim(self::text(self::child($organisation, 'title'))));
        $this->launches = self::launches($organisation, self::resources($root));
    }

    /**
     * The element at the root. A document type is not read at all: it could name files and addresses, or grow without end.
     *
     * @param string $xml
     * @return \DOMElement
     * @throws refusal badmanifest
     */
    private static function root(string $xml): \DOMElement {
        if (!mb_check_encoding($xml, 'UTF-8') || stripos($xml, '<!DOCTYPE') !== false) {
            throw new refusal('badmanifest', get_string('manifesttype', 'local_scormpack'));
        }
        $document = new \DOMDocument();
        $before = libxml_use_internal_errors(true);
        $read = $xml !== '' && $document->loadXML($xml, LIBXML_NONET);
        $error = libxml_get_errors()[0] ?? null;
        libxml_clear_errors();
        libxml_use_internal_errors($before);
        if (!$read || $document->documentElement->localName !== 'manifest') {
            throw new refusal('badmanifest', $error ? trim($error->message) : 'manifest');
        }
        if ($document->doctype || strtoupper($document->encoding ?? 'UTF-8') !== 'UTF-8') {
            throw new refusal('badmanifest', get_string('manifesttype', 'local_scormpack'));
        }
        return $document->documentElement;
    }

    /**
     * What Moodle will take the package for.
     *
     * @param string $said schemaversion, as it stands there
     * @return string
     * @throws refusal badstandard
     */
    private static function standard(string $said): string {
        if (!isset(self::STANDARDS[$said])) {
            throw new refusal('badstandard', $said);
        }
        return self::STANDARDS[$said];
    }

    /**
     * The organisation that Moodle starts with: the default one, else the first.
     *
     * @param \DOMElement $root
     * @return \DOMElement|null
     */
    private static function organisation(\DOMElement $root): ?\DOMElement {
        $all = self::child($root, 'organizations');
        $default = $all ? $all->getAttribute('default') : '';
        foreach (self::children($all, 'organization') as $organisation) {
            if ($organisation->getAttribute('identifier') === $default) {
                return $organisation;
            }
        }
        return self::child($all, 'organization');
    }

    /**
     * The file of each resource that reports to the platform. Moodle knows the attribute by its prefix, and adds xml:base.
     *
     * @param \DOMElement $root
     * @return string[] by identifier
     */
    private static function resources(\DOMElement $root): array {
        $files = [];
        foreach (self::children(self::child($root, 'resources'), 'resource') as $resource) {
            foreach ($resource->attributes as $attribute) {
                if (strtolower($attribute->nodeName) === 'adlcp:scormtype' && $attribute->value === 'sco') {
                    $href = $resource->getAttribute('xml:base') . $resource->getAttribute('href');
                    $files[$resource->getAttribute('identifier')] = rawurldecode(preg_split('/[?#]/', $href)[0]);
                }
            }
        }
        return $files;
    }

    /**
     * What each item launches, in any depth.
     *
     * @param \DOMElement|null $organisation
     * @param string[] $files of the resources
     * @return string[]
     * @throws refusal nolaunch
     */
    private static function launches(?\DOMElement $organisation, array $files): array {
        $launches = [];
        foreach ($organisation ? $organisation->getElementsByTagName('item') : [] as $item) {
            $resource = $item->getAttribute('identifierref');
            if ($resource === '') {
                continue;
            }
            if (empty($files[$resource])) {
                throw new refusal('nolaunch', $resource);
            }
            $launches[self::short($item->getAttribute('identifier'))] = $files[$resource];
        }
        if (!$launches) {
            throw new refusal('nolaunch', '');
        }
        return $launches;
    }

    /**
     * The children of this name, in any namespace.
     *
     * @param \DOMElement|null $parent
     * @param string $name
     * @return \DOMElement[]
     */
    private static function children(?\DOMElement $parent, string $name): array {
        $nodes = $parent ? iterator_to_array($parent->childNodes, false) : [];
        return array_values(array_filter($nodes, fn($node) => $node instanceof \DOMElement && $node->localName === $name));
    }

    /**
     * The first child of this name.
     *
     * @param \DOMElement|null $parent
     * @param string $name
     * @return \DOMElement|null
     */
    private static function child(?\DOMElement $parent, string $name): ?\DOMElement {
        return self::children($parent, $name)[0] ?? null;
    }

    /**
     * What stands in an element.
     *
     * @param \DOMElement|null $element
     * @return string
     */
    private static function text(?\DOMElement $element): string {
        return $element ? $element->textContent : '';
    }

    /**
     * A word that has to be there and to fit into the tables of the SCORM activity.
     *
     * @param string $word
     * @param int $longest
     * @return string
     * @throws refusal badmanifest
     */
    private static function short(string $word, int $longest = self::LONGEST): string {
        if ($word === '' || \core_text::strlen($word) > $longest) {
            throw new refusal('badmanifest', get_string('manifestword', 'local_scormpack'));
        }
        return $word;
    }
}
