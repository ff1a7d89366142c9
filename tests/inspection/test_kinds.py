"""Which standards a package follows."""

from __future__ import annotations

import pytest

from scormpack.diagnostics import Severity
from scormpack.inspect import kinds_of
from scormpack.inspect.verdict import judge
from scormpack.package import Entry, Package

MANIFEST = b"<manifest><metadata><schemaversion>%s</schemaversion></metadata></manifest>"


CP_12, CP_2004 = b"http://www.imsproject.org/xsd/imscp_rootv1p1p2", b"http://www.imsglobal.org/xsd/imscp_v1p1"
ADL_12, ADL_2004 = b"http://www.adlnet.org/xsd/adlcp_rootv1p2", b"http://www.adlnet.org/xsd/adlcp_v1p3"


def manifest(*spaces: bytes, version: bytes = b"", schema: bytes = b"") -> bytes:
    """A manifest that declares `spaces`, and says what it is if that is given."""
    declared = b" ".join(b'xmlns:n%d="%s"' % (number, space) for number, space in enumerate(spaces))
    said = b"<schema>%s</schema>" % schema if schema else b""
    said += b"<schemaversion>%s</schemaversion>" % version if version else b""
    return b"<manifest %s><metadata>%s</metadata></manifest>" % (declared, said)


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        ({"imsmanifest.xml": MANIFEST % b"1.2"}, ("scorm12",)),
        ({"imsmanifest.xml": MANIFEST % b" 1.2 "}, ("scorm12",)),
        ({"imsmanifest.xml": MANIFEST % b"2004 3rd Edition"}, ("scorm2004-3rd",)),
        ({"imsmanifest.xml": MANIFEST % b"2004 4th Edition"}, ("scorm2004-4th",)),
        ({"imsmanifest.xml": MANIFEST % b"CAM 1.3"}, ("scorm2004-2nd",)),
        ({"imsmanifest.xml": MANIFEST % b"1.3"}, ("scorm2004-2nd",)),
        ({"imsmanifest.xml": MANIFEST % b"2004 2nd Edition"}, ("scorm2004-2nd",)),
        ({"imsmanifest.xml": MANIFEST % b"2004"}, ("scorm2004-3rd",)),
        ({"IMSManifest.XML": MANIFEST % b"1.2"}, ("scorm12",)),
        ({"imsmanifest.xml": (MANIFEST % b"2004 4th Edition").decode().encode("utf-16")}, ("scorm2004-4th",)),
        ({"imsmanifest.xml": b"<!-- %s -->" % MANIFEST % b"1.2" + MANIFEST % b"CAM 1.3"}, ("scorm2004-2nd",)),
        ({"imsmanifest.xml": b"<!--" * 100_000 + MANIFEST % b"1.2"}, ("scorm12",)),
        # The namespaces are what a course is made of; where they leave it open, the version decides.
        ({"imsmanifest.xml": manifest(CP_12, ADL_12)}, ("scorm12",)),
        ({"imsmanifest.xml": manifest(CP_2004, ADL_2004)}, ("scorm2004-3rd",)),
        ({"imsmanifest.xml": manifest(CP_12, ADL_12, version=b"2004 4th Edition")}, ("scorm12",)),
        ({"imsmanifest.xml": manifest(CP_2004, ADL_2004, version=b"1.2")}, ("scorm2004-3rd",)),
        ({"imsmanifest.xml": manifest(CP_2004, ADL_2004, version=b"2004 4th Edition")}, ("scorm2004-4th",)),
        ({"imsmanifest.xml": manifest(ADL_12, ADL_2004, version=b"1.2")}, ("scorm12",)),
        ({"imsmanifest.xml": manifest(CP_2004, schema=b"ADL SCORM")}, ("scorm12",)),
        # What is no course of SCORM, and has such a file.
        ({"imsmanifest.xml": manifest(CP_2004)}, ("ims-content",)),
        (
            {
                "imsmanifest.xml": manifest(
                    b"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
                    schema=b"IMS Common Cartridge",
                    version=b"1.1.0",
                )
            },
            ("common-cartridge",),
        ),
        ({"imsmanifest.xml": manifest(CP_2004, b"http://www.imsglobal.org/xsd/imsqti_v2p1")}, ("qti",)),
        ({"h5p.json": b"{}", "content/content.json": b"{}"}, ("h5p",)),
        ({"course.crs": b"", "course.au": b"", "course.des": b"", "course.cst": b""}, ("aicc",)),
        ({"Lesson/COURSE.CRS": b"", "Lesson/Course.AU": b""}, ("aicc",)),
        ({"course.crs": b"", "other.au": b""}, ("web",)),
        ({"imsmanifest.xml": MANIFEST % b"1.2", "a/b.crs": b"", "a/b.au": b""}, ("scorm12", "aicc")),
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


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"h5p.json": b"{}"}, "an H5P package"),
        ({"imsmanifest.xml": manifest(CP_2004)}, "an IMS content package without SCORM"),
        ({"imsmanifest.xml": manifest(CP_2004, b"http://www.imsglobal.org/xsd/imsqti_v2p1")}, "a QTI package"),
        ({"imsmanifest.xml": manifest(b"/imsccv1p3/", schema=b"IMS Thin Common Cartridge")}, "a Common Cartridge"),
    ],
)
def test_what_is_no_course_is_told_what_it_is(files: dict[str, bytes], words: str) -> None:
    verdict = judge(Package.of("a.zip", [Entry(name, data) for name, data in files.items()]))
    (finding,) = (each for each in verdict.findings if each.code == "PKG-20")
    assert (finding.severity, finding.message.partition(":")[0]) == (Severity.INFO, f"this is {words}")
    assert not any(each.code.startswith("S") for each in verdict.findings)
