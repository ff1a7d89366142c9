"""tincan.xml and cmi5.xml of other makers."""

from __future__ import annotations

import pytest

from scormpack.check.package import STANDARDS
from scormpack.package import Entry, Package

CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://x.org/c"><title><langstring lang="en-GB">Course</langstring></title>
<description><langstring lang="en-GB">What it is</langstring></description></course>
<au id="https://x.org/a">
<title><langstring lang="en-GB">Unit</langstring></title>
<description><langstring lang="en-GB">What it is</langstring></description>
<url>a%20b.html?lang=en</url>
</au>
</courseStructure>
"""
TINCAN = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
<activity id="http://x.org/course" type="http://adlnet.gov/expapi/activities/course">
<name>Course</name>
<launch lang="en-us">a b.html</launch>
</activity>
<activity id="http://x.org/course/page#2" type="http://adlnet.gov/expapi/activities/module"><name>Page</name></activity>
</activities></tincan>
"""
WRITTEN = {"cmi5": ("cmi5.xml", CMI5), "xapi": ("tincan.xml", TINCAN)}
Edit = tuple[str, str]


def found(kind: str, *edits: Edit) -> list[str]:
    """Every finding, as `07 error: words`."""
    name, text = WRITTEN[kind]
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    package = Package.of("a.zip", [Entry(name, text.encode()), Entry("a b.html", b"<p>"), Entry("Big.html", b"<p>")])
    findings = STANDARDS[kind].check(package, is_ours=False)
    return [f"{each.code[4:]} {each.severity}: {each.message}" for each in findings]


SILENT = "18 info: titles and descriptions that do not say their language: 2"
URL, LAUNCH = "<url>a%20b.html?lang=en</url>", '<launch lang="en-us">a b.html</launch>'
AU = '<au id="https://x.org/a">'

GOOD: dict[str, tuple[str, tuple[Edit, ...]]] = {
    "a unit with nothing but what is asked": ("cmi5", ()),
    "a page on the web": ("cmi5", ((URL, "<url>https://x.org/a.html</url>"),)),
    "an application": ("cmi5", ((URL, "<url>simulator://x.org/a</url>"),)),
    "a mark with a space": (
        "cmi5",
        ((AU, AU[:-1] + ' masteryScore=" 0.85 " moveOn="Passed" launchMethod="OwnWindow">'),),
    ),
    "a mark without a zero": ("cmi5", ((AU, AU[:-1] + ' masteryScore="1">'),)),
    "an id with a fragment": ("cmi5", ((AU, AU.replace("/a", "/a//b#c")),)),
    "an id with a space around it": ("cmi5", (('"https://x.org/a"', '" https://x.org/a "'),)),
    "an extension": ("cmi5", (("</au>", '<x:more xmlns:x="urn:x">1</x:more></au>'),)),
    "a comment between": ("cmi5", (("</au>", "<!-- --></au>"),)),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_has_no_finding(name: str) -> None:
    kind, edits = GOOD[name]
    assert found(kind, *edits) == []


def test_words_without_a_language_are_worth_knowing() -> None:
    assert found("xapi") == [SILENT]
    assert found("xapi", ("<name>Course", '<name lang="en">Course'), ("<name>Page", '<name xml:lang="en">Page')) == []


BAD: dict[str, tuple[str, tuple[Edit, ...], list[str]]] = {
    "document type": (
        "cmi5",
        (("<courseStructure", "<!DOCTYPE a><courseStructure"),),
        ["02 warning: has a document type"],
    ),
    "no such word": ("cmi5", ((AU, AU[:-1] + ' moveOn="Done">'),), ["03 error: *"]),
    "a language with a stroke": ("cmi5", (('en-GB">Unit', 'en_GB">Unit'),), ["03 error: *"]),
    "a relative id": ("cmi5", (('"https://x.org/a"', '"a"'),), ["04 error: `a` is not an absolute IRI"]),
    "an id twice": (
        "cmi5",
        (('"https://x.org/a"', '"https://x.org/c"'),),
        ["05 error: `https://x.org/c` is given twice"],
    ),
    "a type in words": (
        "cmi5",
        ((AU, AU[:-1] + ' activityType="module">'),),
        ["06 error: `module` is not an absolute IRI"],
    ),
    "no page": ("cmi5", ((URL, "<url>gone.html</url>"),), ["07 error: `gone.html` is not in the package"]),
    "other capitals": (
        "cmi5",
        ((URL, "<url>big.html</url>"),),
        ["07 error: `big.html` is spelled `Big.html` in the package"],
    ),
    "the author's disk": (
        "cmi5",
        ((URL, "<url>file:///C:/a.html</url>"),),
        ["07 error: `file:///C:/a.html` leads out of the package"],
    ),
    "no title": ("cmi5", ((">Unit<", "> <"),), ["08 error: `https://x.org/a` has no title"]),
    "a parameter of the platform's": (
        "cmi5",
        (("?lang=en", "?fetch=x"),),
        ["12 error: `fetch` in `a%20b.html?fetch=x` is the platform's own"],
    ),
    "percent": (
        "cmi5",
        ((AU, AU[:-1] + ' masteryScore="80">'),),
        ["15 error: `80` is not from 0 to 1 with at most four decimals"],
    ),
    "many decimals": (
        "cmi5",
        ((AU, AU[:-1] + ' masteryScore="0.66667">'),),
        ["15 warning: `0.66667` is not from 0 to 1 with at most four decimals"],
    ),
    "an objective of nobody's": (
        "cmi5",
        ((URL, f'<objectives><objective idref="https://x.org/o"/></objectives>{URL}'),),
        ["16 error: `https://x.org/o` is not defined"],
    ),
    "no page of Tin Can": ("xapi", ((LAUNCH, ""),), ["11 error: there are no activities with `launch`", SILENT]),
    "no page in the package": (
        "xapi",
        (("a b.html", "../a.html"),),
        ["07 error: `../a.html` leads out of the package", SILENT],
    ),
    "an activity without a name": (
        "xapi",
        (("<name>Page</name>", ""),),
        [
            "08 error: `http://x.org/course/page#2` has no name",
            "18 info: titles and descriptions that do not say their language: 1",
        ],
    ),
    "two to open": (
        "xapi",
        (("<name>Page</name>", "<name>Page</name><launch>Big.html</launch>"),),
        ["11 error: there are 2 activities with `launch`", SILENT],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_found(name: str) -> None:
    kind, edits, expected = BAD[name]
    findings = found(kind, *edits)
    assert ["03 error: *" if each.startswith("03 error") else each for each in findings] == expected


def test_a_page_for_each_language_is_one_activity() -> None:
    assert found("xapi", (LAUNCH, LAUNCH + '<launch lang="nl">Big.html</launch>')) == [SILENT]


def test_a_descriptor_in_other_letters_is_told_by_its_name() -> None:
    package = Package.of("a.zip", [Entry("CMI5.xml", CMI5.encode())])
    messages = [each.message for each in STANDARDS["cmi5"].check(package, is_ours=False)]
    assert messages == ["`CMI5.xml` has to be called `cmi5.xml`"]
