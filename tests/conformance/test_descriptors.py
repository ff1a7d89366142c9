"""Our schemas of tincan.xml and cmi5.xml in two engines, which have to be of one mind."""

from __future__ import annotations

import pytest
from lxml import etree
from test_schemas import (
    BOTH,
    MANIFESTS,
    OWN,
    Edit,
    Schemas,
    add,
    call,
    changed,
    drop,
    first,
    last,
    load,
    put,
    remove,
    twice,
)
from test_schemas import text as say

SCHEMAS = {"xapi": "tincan.xsd", "cmi5": "CourseStructure.xsd"}
SAMPLES = [f"{standard}{size}" for standard in SCHEMAS for size in ("", "-full")]

MAIN = "//cp:activity[cp:launch]"
PAGE = "//cp:activity[2]"
TASK = "//cp:activity[3]"
COURSE = "/*/cp:course"
GOAL = "/*/cp:objectives/cp:objective[1]"
BLOCK = "//cp:block"
UNIT = "//cp:block/cp:au"
OTHER = "/*/cp:au"
LONG = "x" * 201

# What is wrong, where, and a word of what libxml2 says about it.
DEFECTS: dict[str, list[tuple[str, Edit, str]]] = {
    "xapi": [
        ("no activities", remove("//cp:activities"), "tincan"),
        ("no activity", call("/*/cp:activities", "cp:list"), "list"),
        ("no id", drop(PAGE, "id"), "id"),
        ("relative id", put(PAGE, "id", "pages/welcome"), "id"),
        ("id with a query", put(PAGE, "id", "https://x.nl/a?b"), "id"),
        ("id with a fragment", put(PAGE, "id", "https://x.nl/a#b"), "id"),
        ("id with a space", put(PAGE, "id", "https://x.nl/a b"), "id"),
        ("id with two slashes", put(PAGE, "id", "https://x.nl//a"), "id"),
        ("id of a host alone", put(PAGE, "id", "https://x.nl"), "id"),
        ("id of another scheme", put(PAGE, "id", "ftp://x.nl/a"), "id"),
        ("no type", drop(TASK, "type"), "type"),
        ("word as type", put(TASK, "type", "question"), "type"),
        ("no name", remove(f"{TASK}/cp:name"), "name"),
        ("no description", remove(f"{TASK}/cp:description"), "activity"),
        ("empty name", say(f"{TASK}/cp:name", ""), "name"),
        ("name of a space", say(f"{TASK}/cp:name", " "), "name"),
        ("name on two lines", say(f"{TASK}/cp:name", "a\nb"), "name"),
        ("name that is too long", say(f"{TASK}/cp:name", LONG), "name"),
        ("two names", twice(f"{TASK}/cp:name"), "name"),
        ("description first", first(f"{TASK}/cp:description"), "description"),
        ("launch first", first("//cp:launch"), "launch"),
        ("two launches", twice("//cp:launch"), "launch"),
        ("no language", drop(f"{PAGE}/cp:name", "lang"), "lang"),
        ("language in words", put(f"{PAGE}/cp:name", "lang", "Dutch language"), "lang"),
        ("launch in a folder above", say("//cp:launch", "../index.html"), "launch"),
        ("launch with a query", say("//cp:launch", "index.html?a=b"), "launch"),
        ("launch elsewhere", say("//cp:launch", "https://x.nl/index.html"), "launch"),
        ("unknown element", add(MAIN, "cp:extensions"), "extensions"),
        ("foreign element", add(MAIN, "{urn:x}more"), "more"),
        ("foreign attribute", put(MAIN, "{urn:x}more", "1"), "more"),
        ("words between", say("//cp:activities", "stray"), "activities"),
    ],
    "cmi5": [
        ("no course", remove(COURSE), "course"),
        ("no objectives", remove("/*/cp:objectives"), "objectives"),
        ("course last", last(COURSE), "course"),
        ("course without id", drop(COURSE, "id"), "id"),
        ("relative id", put(BLOCK, "id", "your-work"), "id"),
        ("course without title", remove(f"{COURSE}/cp:title"), "title"),
        ("course without description", remove(f"{COURSE}/cp:description"), "course"),
        ("title without words", remove(f"{COURSE}/cp:title/cp:langstring"), "title"),
        ("empty title", say(f"{COURSE}/cp:title/cp:langstring", ""), "langstring"),
        ("title that is too long", say(f"{GOAL}/cp:title/cp:langstring", LONG), "langstring"),
        ("no language", drop(f"{GOAL}/cp:title/cp:langstring", "lang"), "lang"),
        ("objective without id", drop(GOAL, "id"), "id"),
        ("block without title", remove(f"{BLOCK}/cp:title"), "title"),
        ("block without units", remove(UNIT), "block"),
        ("block in a block", call(UNIT, "cp:block"), "block"),
        ("unit without id", drop(UNIT, "id"), "id"),
        (
            "unit of the course's name",
            put(OTHER, "id", "http://leren.thuiszorg-voorbeeld.nl:8080/zorg/courses/first-weeks"),
            "Duplicate",
        ),
        (
            "unit of another unit's name",
            put(OTHER, "id", "http://leren.thuiszorg-voorbeeld.nl:8080/zorg/modules/your-role"),
            "Duplicate",
        ),
        ("no moveOn", drop(UNIT, "moveOn"), "moveOn"),
        ("done at once", put(UNIT, "moveOn", "NotApplicable"), "moveOn"),
        ("no such moveOn", put(UNIT, "moveOn", "completed"), "moveOn"),
        ("percentage", put(UNIT, "masteryScore", "80"), "masteryScore"),
        ("more than all", put(UNIT, "masteryScore", "1.1"), "masteryScore"),
        ("five decimals", put(UNIT, "masteryScore", "0.66667"), "masteryScore"),
        ("less than nothing", put(UNIT, "masteryScore", "-0.5"), "masteryScore"),
        ("mark with a space", put(UNIT, "masteryScore", "0.5 "), "masteryScore"),
        ("no launchMethod", drop(UNIT, "launchMethod"), "launchMethod"),
        ("no such launchMethod", put(UNIT, "launchMethod", "Frame"), "launchMethod"),
        ("no activityType", drop(UNIT, "activityType"), "activityType"),
        ("word as activityType", put(UNIT, "activityType", "module"), "activityType"),
        ("no url", remove(f"{UNIT}/cp:url"), "au"),
        ("url first", first(f"{UNIT}/cp:url"), "url"),
        ("url before the objectives", last(f"{UNIT}/cp:objectives"), "url"),
        ("url with a query", say(f"{UNIT}/cp:url", "index.html?fetch=x"), "url"),
        ("url elsewhere", say(f"{UNIT}/cp:url", "https://x.nl/index.html"), "url"),
        ("objective that is not there", put(f"{OTHER}/cp:objectives/cp:objective", "idref", "https://x.nl/a"), "key"),
        ("objective in the wrong place", put(f"{OTHER}/cp:objectives/cp:objective", "id", "https://x.nl/a"), "id"),
        ("parameters behind the key", last(f"{UNIT}/cp:launchParameters"), "launchParameters"),
        ("no parameters to speak of", say(f"{UNIT}/cp:launchParameters", " "), "launchParameters"),
        ("key on two lines", say(f"{UNIT}/cp:entitlementKey", "a\nb"), "entitlementKey"),
        ("two keys", twice(f"{UNIT}/cp:entitlementKey"), "entitlementKey"),
        ("unknown element", add(UNIT, "cp:more", "a"), "more"),
        ("foreign element", add("/*", "{urn:x}more"), "more"),
        ("foreign attribute", put(UNIT, "{urn:x}more", "1"), "more"),
    ],
}
CASES = [
    pytest.param(standard, *defect, id=f"{standard}: {defect[0]}")
    for standard in SCHEMAS
    for defect in DEFECTS[standard]
]


@pytest.fixture(scope="module")
def own() -> dict[str, Schemas]:
    """Our schemas in both engines."""
    return {standard: load(OWN / standard / name) for standard, name in SCHEMAS.items()}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_valid(sample: str, own: dict[str, Schemas]) -> None:
    assert own[sample.removesuffix("-full")].complaints((MANIFESTS / f"{sample}.xml").read_bytes()) == {}


@pytest.mark.parametrize("standard", SCHEMAS)
def test_a_sample_is_wrong_for_the_other(standard: str, own: dict[str, Schemas]) -> None:
    (other,) = set(SCHEMAS) - {standard}
    assert own[other].complaints((MANIFESTS / f"{standard}.xml").read_bytes()).keys() == BOTH


@pytest.mark.parametrize(("standard", "name", "edit", "word"), CASES)
def test_a_defect(standard: str, name: str, edit: Edit, word: str, own: dict[str, Schemas]) -> None:
    root = etree.fromstring((MANIFESTS / f"{standard}-full.xml").read_bytes())
    before = etree.tostring(root)
    edit(root)
    assert etree.tostring(root) != before, name
    complaints = own[standard].complaints(etree.tostring(root))
    assert complaints.keys() == BOTH
    assert word in complaints["libxml2"]


@pytest.mark.parametrize(("standard", "made", "refused"), [("xapi", 194, 145), ("cmi5", 574, 430)])
def test_the_engines_agree_on_every_small_change(
    standard: str, made: int, refused: int, own: dict[str, Schemas]
) -> None:
    complaints = {name: own[standard].complaints(each).keys() for name, each in changed(standard).items()}
    assert {name: told for name, told in complaints.items() if told not in (set(), BOTH)} == {}
    assert (len(complaints), len([told for told in complaints.values() if told])) == (made, refused)
