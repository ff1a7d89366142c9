"""Which standards a package follows."""

from __future__ import annotations

import pytest

from scormpack.inspect import kinds_of
from scormpack.package import Entry, Package

MANIFEST = b"<manifest><metadata><schemaversion>%s</schemaversion></metadata></manifest>"


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        ({"imsmanifest.xml": MANIFEST % b"1.2"}, ("scorm12",)),
        ({"imsmanifest.xml": MANIFEST % b" 1.2 "}, ("scorm12",)),
        ({"imsmanifest.xml": MANIFEST % b"2004 3rd Edition"}, ("scorm2004-3rd",)),
        ({"imsmanifest.xml": MANIFEST % b"2004 4th Edition"}, ("scorm2004-4th",)),
        ({"imsmanifest.xml": MANIFEST % b"CAM 1.3"}, ("scorm2004-3rd",)),
        ({"imsmanifest.xml": MANIFEST % b"something else"}, ("scorm12",)),
        ({"imsmanifest.xml": b"no XML"}, ("scorm12",)),
        ({"tincan.xml": b""}, ("xapi",)),
        ({"cmi5.xml": b""}, ("cmi5",)),
        ({"imsmanifest.xml": MANIFEST % b"1.2", "cmi5.xml": b"", "tincan.xml": b""}, ("scorm12", "cmi5", "xapi")),
        ({"index.html": b""}, ("web",)),
        ({}, ("web",)),
    ],
)
def test_a_package_says_what_it_is(files: dict[str, bytes], kinds: tuple[str, ...]) -> None:
    assert kinds_of(Package.of("a.zip", [Entry(name, data) for name, data in files.items()])) == kinds
