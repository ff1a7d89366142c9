"""The descriptors for learning records, tincan.xml and cmi5.xml: to the letter, and every rule with its defect.

`UPDATE_GOLDEN=1 pytest tests/test_activities.py` writes the expected files anew: read what changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree, html
from paths import EVERY_BLOCK
from test_manifests import (
    GOLDEN,
    SOUP,
    TEXT,
    Defect,
    Files,
    Found,
    both,
    found,
    golden,
    gone,
    line_of,
    packed,
    rendered,
    rewrite,
    spoiled,
)

from scormpack.check.content import check_for_target
from scormpack.check.content.subject import Manuscript
from scormpack.check.content.target import is_reserved
from scormpack.check.package import STANDARDS, check_package, package_rules
from scormpack.check.package.activities import is_absolute
from scormpack.clock import today
from scormpack.content.library import Settings
from scormpack.content.load import load_library, load_module
from scormpack.content.provider import Brand
from scormpack.course.iri import (
    block_iri,
    course_iri,
    module_iri,
    objective_iri,
    own_course_iri,
    page_iri,
    task_iri,
)
from scormpack.course.model import Course
from scormpack.diagnostics import ContentError, Place, Severity
from scormpack.package import Package
from scormpack.render import render
from scormpack.source.node import read
from scormpack.source.word import SLUG
from scormpack.targets import TARGETS
from scormpack.targets.cmi5 import share

DESCRIPTOR = {"xapi": "tincan.xml", "cmi5": "cmi5.xml"}
FAMILY = {"xapi": "XAP", "cmi5": "CM5"}
AUTHORITY = "https://learning.a-library-for-tests.co.uk"
MODULE = f"{AUTHORITY}/modules/every-block"
XAPI, CMI5 = DESCRIPTOR["xapi"], DESCRIPTOR["cmi5"]


@cache
def whole(target: str) -> Package:
    return packed(target, rendered().prepared.course)


def descriptor(package: Package) -> bytes:
    assert package.entries[0].path in DESCRIPTOR.values()
    return package.entries[0].data


def described(target: str, course: Course) -> etree._Element:
    return etree.fromstring(descriptor(packed(target, course)))


def course_with(**changes: object) -> Course:
    course = rendered().prepared.course
    return replace(course, module=course.module.model_copy(update=changes))


# To the letter


@pytest.mark.parametrize("target", DESCRIPTOR)
def test_the_descriptor(target: str) -> None:
    golden(GOLDEN / target / DESCRIPTOR[target], descriptor(whole(target)))


@pytest.mark.parametrize("target", DESCRIPTOR)
def test_the_files(target: str) -> None:
    package = whole(target)
    paths = [package.name, *(entry.path for entry in package.entries)]
    golden(GOLDEN / target / "files.txt", "".join(f"{path}\n" for path in paths).encode())


@pytest.mark.parametrize("target", DESCRIPTOR)
def test_a_good_package_has_no_findings(target: str) -> None:
    assert found(target, whole(target)) == []


@pytest.mark.parametrize("target", DESCRIPTOR)
def test_names_stay_for_every_provider_version_language_and_title(target: str) -> None:
    """Records of years hang on them."""
    course = rendered().prepared.course
    changed = replace(
        course_with(version="2.0.0", language="en-US", title="Another title", summary="Another."),
        provider=course.provider.model_copy(
            update={"id": "other", "name": "Other", "brand": Brand(colour="#C00000")}
        ),
    )
    first, second = (
        [(each.get("id"), each.get("idref")) for each in described(target, made).iter("{*}*")]
        for made in (course, changed)
    )
    assert first == second
    assert all(name is None or name.startswith(MODULE) for pair in first for name in pair)


def test_what_is_launched_and_what_is_only_described() -> None:
    activities = list(etree.fromstring(descriptor(whole("xapi"))).iter("{*}activity"))
    module = rendered().prepared.course.module
    assert [each.get("id") for each in activities] == [
        MODULE,
        *(f"{MODULE}/pages/{page.id}" for page in module.pages),
        *(f"{MODULE}/tasks/{name}" for task in module.tasks() for name in task.told_as()),
    ]
    assert f"{MODULE}/tasks/the-story/call" in [each.get("id") for each in activities]
    assert [each.findtext("{*}launch") for each in activities] == ["index.html"] + [None] * (len(activities) - 1)


def test_a_task_on_two_pages_is_one_activity() -> None:
    module = rendered().prepared.course.module
    page = next(page for page in module.pages if page.tasks())
    again = page.model_copy(update={"id": "again"})
    ids = [
        each.get("id") for each in described("xapi", course_with(pages=(*module.pages, again))).iter("{*}activity")
    ]
    assert len(set(ids)) == len(ids)


def test_a_module_without_questions_is_done_when_it_is_complete() -> None:
    module = rendered().prepared.course.module
    pages = tuple(
        page.model_copy(update={"blocks": tuple(block for block in page.blocks if block not in module.questions())})
        for page in module.pages
    )
    (unit,) = described("cmi5", course_with(pages=pages)).iter("{*}au")
    assert (unit.get("moveOn"), unit.get("masteryScore")) == ("Completed", None)


@given(st.integers(60, 100))
def test_the_pass_mark_as_a_share(mark: int) -> None:
    assert float(share(mark)) == mark / 100
    assert re.fullmatch(r"0\.[0-9]{1,2}|1", share(mark))


@given(TEXT.filter(lambda title: "\t" not in title), TEXT)
def test_words_of_any_signs_are_kept_as_they_are(title: str, summary: str) -> None:
    course = course_with(title=title, summary=summary)
    for target in DESCRIPTOR:
        package = packed(target, course)
        assert list(check_package(package, target)) == []
    (name, description) = list(described("xapi", course)[0][0])[:2]
    assert (name.text, description.text) == (title, " ".join(summary.split()))


def test_a_long_question_is_cut_in_a_title() -> None:
    module = rendered().prepared.course.module
    (question, *_) = module.questions()
    long = question.model_copy(update={"prompt": "**Who** " + "x" * 400})
    pages = tuple(
        page.model_copy(update={"blocks": tuple(long if block is question else block for block in page.blocks)})
        for page in module.pages
    )
    names = [each.text for each in described("xapi", course_with(pages=pages)).iter("{*}name")]
    assert "Who " + "x" * 195 + "…" in names


# Names


SLUGS = st.from_regex(SLUG, fullmatch=True).filter(lambda slug: len(slug) <= 40)
LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
STEPS = st.from_regex(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,8}", fullmatch=True)
AUTHORITIES = st.builds(
    lambda scheme, host, steps: "/".join([f"{scheme}://{'.'.join(host)}", *steps]),
    st.sampled_from(["http", "https"]),
    st.lists(LABELS, min_size=1, max_size=4),
    st.lists(STEPS, max_size=3),
)


def settings_with(authority: str) -> Settings:
    data = {"title": "x", "publisher": "x", "licence": "x", "authority": authority}
    return read(Settings, data, Place("library.yaml"))


@given(AUTHORITIES)
def test_an_authority_is_taken_and_its_last_slash_is_left_out(authority: str) -> None:
    assert settings_with(authority).authority == authority
    assert settings_with(f"{authority}/").authority == authority
    assert settings_with(f" {authority} ").authority == authority


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "learning.our-homecare.co.uk",
        "//our-homecare.co.uk",
        "ftp://our-homecare.co.uk",
        "https://",
        "https:///x",
        "https://Our-Homecare.co.uk",
        "https://-our.co.uk",
        "https://our..co.uk",
        "https://me@our.co.uk",
        "https://our.co.uk:",
        "https://our.co.uk//x",
        "https://our.co.uk/x//",
        "https://our.co.uk/../x",
        "https://our.co.uk/./x",
        "https://our.co.uk/a b",
        "https://our.co.uk/%41",
        "https://our.co.uk/é",
        "https://our.co.uk/?x=1",
        "https://our.co.uk/x#y",
        "https://our.co.uk/\nx",
        "https://" + "x" * 200,
    ],
)
def test_an_authority_that_is_none(wrong: str) -> None:
    with pytest.raises(ContentError) as caught:
        settings_with(wrong)
    (finding,) = caught.value.diagnostics
    assert finding.code == ("FRM-06" if len(wrong) > 200 else "FRM-05")
    assert finding.message.startswith("`authority`: ")


@given(AUTHORITIES, SLUGS, st.lists(SLUGS, min_size=1, max_size=4))
def test_every_name_is_absolute_below_the_authority_and_means_one_thing(
    authority: str, own: str, others: list[str]
) -> None:
    module, course = module_iri(authority, own), course_iri(authority, own)
    makers = (page_iri, task_iri, objective_iri)
    names = [make(module, other) for make in makers for other in {*others}]
    names += [block_iri(course, other) for other in {*others}]
    names += [module, course, own_course_iri(module), own_course_iri(module_iri(authority, f"{own}-x"))]
    assert len(set(names)) == len(names)
    assert all(is_absolute(name) and name.startswith(f"{authority}/") for name in names)


@given(AUTHORITIES, AUTHORITIES, SLUGS, SLUGS)
def test_two_modules_never_share_a_name(one: str, other: str, first: str, second: str) -> None:
    assume((one, first) != (other, second))
    assume(not one.startswith(f"{other}/modules/") and not other.startswith(f"{one}/modules/"))
    assert module_iri(one, first) != module_iri(other, second)


def test_without_an_authority_there_are_no_names() -> None:
    assert (module_iri(None, "x"), course_iri(None, "x")) == ("", "")


def on_the_page(authority: str | None) -> dict[str, str]:
    """The attributes of the course's element."""
    course = rendered().prepared.course
    settings = course.settings.model_copy(update={"authority": authority})
    page = next(entry for entry in render(replace(course, settings=settings)).files() if entry.path == "index.html")
    (element,) = html.document_fromstring(page.data).iter("sp-course")
    return {
        name: value
        for name, value in element.attrib.items()
        if name in ("data-activity", "data-title", "data-language")
    }


def test_the_page_tells_the_player_the_names() -> None:
    title = {"data-title": "Every block & “every” kind", "data-language": "en-GB"}
    assert on_the_page(AUTHORITY) == {**title, "data-activity": MODULE}
    assert on_the_page(None) == title


def test_ids_of_pages_and_tasks_on_the_page_are_those_of_the_descriptor() -> None:
    page = next(entry for entry in rendered().site.files() if entry.path == "index.html")
    document = html.document_fromstring(page.data)
    listed = {each.get("id") for each in etree.fromstring(descriptor(whole("xapi"))).iter("{*}activity")}
    sections = [each.get("id") for each in document.iter("section") if each.get("class") == "page"]
    module = rendered().prepared.course.module
    assert {page_iri(MODULE, str(each)) for each in sections} <= listed
    assert all(document.get_element_by_id(task.id) is not None for task in module.tasks())
    assert {task_iri(MODULE, name) for task in module.tasks() for name in task.told_as()} <= listed


# What a library has to have


def about(authority: str | None, target: str) -> list[tuple[str, Severity, str]]:
    library = load_library(EVERY_BLOCK)
    settings = library.settings.model_copy(update={"authority": authority})
    module = load_module(library.modules["every-block"])
    findings = check_for_target(Manuscript(module, replace(library, settings=settings), today()), target)
    return [(each.code, each.severity, str(each.place)) for each in findings]


@pytest.mark.parametrize("target", TARGETS)
def test_an_authority_is_asked_for_where_records_are_kept(target: str) -> None:
    place = "library.yaml:5:12"  # where the authority stands
    code = FAMILY.get(target)
    assert about(None, target) == ([(f"{code}-20", Severity.ERROR, place)] if code else [])
    reserved = about("https://training.example.org/care", target)
    assert reserved == ([(f"{code}-21", Severity.WARNING, place)] if code else [])
    assert about(AUTHORITY, target) == []


@pytest.mark.parametrize(
    ("host", "reserved"),
    [
        ("example.org", True),
        ("www.example.com", True),
        ("example.net:8080", True),
        ("our.example", True),
        ("our.test", True),
        ("our.invalid", True),
        ("localhost", True),
        ("a.localhost", True),
        ("intranet", True),
        ("printer.local", True),
        ("10.0.0.1", True),
        ("our-homecare.co.uk", False),
        ("myexample.org", False),
        ("example.co.uk", False),
        ("test.our-homecare.co.uk", False),
        ("1.our-homecare.co.uk", False),
    ],
)
def test_addresses_that_nobody_owns(host: str, reserved: bool) -> None:
    assert is_reserved(f"https://{host}/path") == reserved


@pytest.mark.parametrize(
    ("iri", "good"),
    [
        ("https://our.co.uk/modules/x", True),
        ("https://our.co.uk", True),
        ("https://our.co.uk/x/", True),
        ("HTTP://our.co.uk/é?x=1", True),
        ("urn:uuid:6f1e", True),
        ("tag:our.co.uk,2026:x", True),
        ("", False),
        ("modules/x", False),
        ("//our.co.uk/x", False),
        ("https:our.co.uk", False),
        ("https://", False),
        ("https:///x", False),
        ("https://our.co.uk//x", False),
        ("https://our.co.uk/../x", False),
        ("https://our.co.uk/x/..", False),
        ("https://our.co.uk/x#y", False),
        ("https://our.co.uk/x y", False),
        ("https://our.co.uk/{x}", False),
        ("1x:y", False),
    ],
)
def test_what_is_an_absolute_iri(iri: str, good: bool) -> None:
    assert is_absolute(iri) == good


# A defect for each rule


def tincan(pattern: str, new: str) -> Callable[[Files], None]:
    return rewrite(XAPI, pattern, new)


def cmi5(pattern: str, new: str) -> Callable[[Files], None]:
    return rewrite(CMI5, pattern, new)


def in_a_folder(file: str, copy: bool = False) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        files[f"course/{file}"] = files[file] if copy else files.pop(file)

    return edit


def marked(file: str) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        files[file] = b"\xef\xbb\xbf" + files[file]

    return edit


LAUNCHED = 'id="https://learning.a-library-for-tests.co.uk/modules/every-block" type'
START = "every-block/pages/start"
TAG_END = "data-exit="  # libxml2 names the line in which a tag of HTML ends
UNIT = "<au "
ONE = r'<activity id="[^"]*/pages/start"'  # a page, which is not launched

# The edit, and what it leads to: the code, the file, and words that stand in the line; "" for the file as a whole.
XAPI_DEFECTS: dict[str, Defect] = {
    "none": (gone(XAPI), [("01", XAPI, "")]),
    "in a folder": (in_a_folder(XAPI), [("01", XAPI, "")]),
    "two": (in_a_folder(XAPI, copy=True), [("01", "course/tincan.xml", "")]),
    "cut short": (tincan("</activities>.*", "</cut>"), [("02", XAPI, "</cut>")]),
    "byte-order mark": (marked(XAPI), [("02", XAPI, "<?xml")]),
    "document type": (tincan(r"\?>\n", "?>\n<!DOCTYPE tincan>\n"), [("02", XAPI, "")]),
    "numeric reference": (tincan("One of every", "&#79;ne of every"), [("02", XAPI, "")]),
    "relative id": (
        tincan(ONE, '<activity id="start"'),
        [("03", XAPI, 'id="start"'), ("04", XAPI, 'id="start"'), ("13", XAPI, 'id="start"')],
    ),
    "two slashes": (
        tincan("every-block/pages/start", "every-block//start"),
        [("03", XAPI, "//start"), ("04", XAPI, "//start")],
    ),
    "step back": (tincan("every-block/pages/start", "every-block/../start"), [("04", XAPI, "/../start")]),
    "same id": (
        tincan(r'id="([^"]*)/pages/questions" type="[^"]*"', r'type="http://x.co.uk/page" id="\1/pages/start"'),
        [("03", XAPI, "http://x.co.uk/page"), ("05", XAPI, "http://x.co.uk/page")],
    ),
    "word as type": (
        tincan("http://adlnet.gov/expapi/activities/module", "course"),
        [("03", XAPI, 'type="course"'), ("06", XAPI, 'type="course"')],
    ),
    "page that is missing": (
        tincan(">index.html<", ">start.html<"),
        [("07", XAPI, ">start.html<")],
    ),
    "other capital letters": (tincan(">index.html<", ">Index.html<"), [("07", XAPI, ">Index.html<")]),
    "no name": (
        tincan(r"(" + ONE + r"[^>]*>)\s*<name.*?</name>", r"\1"),
        [("03", XAPI, START), ("08", XAPI, START)],
    ),
    "no description": (
        tincan(r"(" + ONE + r"[^>]*>\s*<name.*?</name>)\s*<description.*?</description>", r"\1"),
        [("03", XAPI, START), ("08", XAPI, START)],
    ),
    "empty name": (
        tincan(r">Where it starts<", "> <"),
        [("03", XAPI, "> <"), ("08", XAPI, START)],
    ),
    "name on two lines": (tincan("Where it starts", "Where it\nstarts"), [("03", XAPI, "Where it")]),
    "no language": (tincan(r'<launch lang="en-GB"', "<launch"), [("03", XAPI, "<launch")]),
    "launch first": (
        tincan(r"(<name lang[^\n]*Every block[^\n]*)(\s*<desc.*?</description>\s*)(<launch.*?</launch>)", r"\3\1\2"),
        [("03", XAPI, LAUNCHED)],
    ),
    "extension": (
        tincan("</activities>", '<x:more xmlns:x="urn:x"/></activities>'),
        [("03", XAPI, "<activities>"), ("09", XAPI, "<x:more")],
    ),
    "attribute from elsewhere": (
        tincan("<activities>", '<activities xml:lang="en">'),
        [("03", XAPI, "<activities "), ("09", XAPI, "<activities ")],
    ),
    "page of another module": (
        rewrite("index.html", 'data-activity="[^"]*"', 'data-activity="https://other.co.uk/x"'),
        [("10", "index.html", TAG_END)],
    ),
    "page that is shut in": (
        rewrite("index.html", "connect-src https: http:; ", ""),
        [("17", "index.html", "Content-Security-Policy")],
    ),
    "page that may ask its own host only": (
        rewrite("index.html", "connect-src https: http:", "CONNECT-src 'self'"),
        [("17", "index.html", "Content-Security-Policy")],
    ),
    "nothing to launch": (tincan("<launch.*</launch>", ""), [("11", XAPI, "")]),
    "two to launch": (
        tincan(
            r"(Where it starts</name>\s*<description.*?</description>)", r'\1<launch lang="en">index.html</launch>'
        ),
        [("10", "index.html", TAG_END), ("11", XAPI, '<launch lang="en">')],
    ),
    "query": (
        tincan(">index.html<", ">index.html?a=b<"),
        [("03", XAPI, "?a=b"), ("12", XAPI, "?a=b")],
    ),
    "fragment": (tincan(">index.html<", ">index.html#start<"), [("03", XAPI, "#start"), ("12", XAPI, "#start")]),
    "page from elsewhere": (
        tincan("https://learning.a-library-for-tests.co.uk/modules/every-block/pages/start", "https://x.co.uk/y"),
        [("13", XAPI, "https://x.co.uk/y")],
    ),
}

CMI5_DEFECTS: dict[str, Defect] = {
    "none": (gone(CMI5), [("01", CMI5, "")]),
    "in a folder": (in_a_folder(CMI5), [("01", CMI5, "")]),
    "two": (in_a_folder(CMI5, copy=True), [("01", "course/cmi5.xml", "")]),
    "cut short": (cmi5("<au .*", "</cut>"), [("02", CMI5, "</cut>")]),
    "byte-order mark": (marked(CMI5), [("02", CMI5, "<?xml")]),
    "document type": (cmi5(r"\?>\n", "?>\n<!DOCTYPE courseStructure>\n"), [("02", CMI5, "")]),
    "relative id": (
        cmi5(r'<au id="[^"]*"', '<au id="unit"'),
        [("03", CMI5, UNIT), ("04", CMI5, UNIT), ("10", "index.html", TAG_END)],
    ),
    "id twice": (
        cmi5('<course id="[^"]*"', f'<course id="{MODULE}"'),
        [("03", CMI5, UNIT), ("05", CMI5, UNIT)],
    ),
    "word as type": (
        cmi5('activityType="[^"]*"', 'activityType="module"'),
        [("03", CMI5, UNIT), ("06", CMI5, UNIT)],
    ),
    "page that is missing": (cmi5(">index.html<", ">start.html<"), [("07", CMI5, ">start.html<")]),
    "no title of the course": (
        cmi5(r"(<course [^>]*>)\s*<title>.*?</title>", r"\1"),
        [("03", CMI5, "<course "), ("08", CMI5, "<course ")],
    ),
    "empty description of the unit": (
        cmi5(r"(<au .*<description>\s*<langstring[^>]*>)[^<]*", r"\1"),
        [("03", CMI5, 'lang="en-GB"></'), ("08", CMI5, UNIT)],
    ),
    "empty title of an objective": (
        cmi5(r"(<objective id.*?<title>\s*<langstring[^>]*>)[^<]*", r"\1 "),
        [("03", CMI5, "> </"), ("08", CMI5, "<objective id=")],
    ),
    "extension": (
        cmi5("</courseStructure>", '<x:more xmlns:x="urn:x"/></courseStructure>'),
        [("03", CMI5, "<courseStructure"), ("09", CMI5, "<x:more")],
    ),
    "page of another module": (
        rewrite("index.html", 'data-activity="[^"]*"', 'data-activity="https://other.co.uk/x"'),
        [("10", "index.html", TAG_END)],
    ),
    "page that is shut in": (
        rewrite("index.html", "connect-src https: http:; ", ""),
        [("17", "index.html", "Content-Security-Policy")],
    ),
    "page that may ask its own host only": (
        rewrite("index.html", "connect-src https: http:", "CONNECT-src 'self'"),
        [("17", "index.html", "Content-Security-Policy")],
    ),
    "no unit": (cmi5("<au .*</au>", ""), [("03", CMI5, "<courseStructure"), ("11", CMI5, "")]),
    "own query": (cmi5(">index.html<", ">index.html?page=2<"), [("03", CMI5, "?page=2")]),
    "word of the platform": (
        cmi5(">index.html<", ">index.html?a=b&amp;fetch=<"),
        [("03", CMI5, "fetch="), ("12", CMI5, "fetch=")],
    ),
    "objective from elsewhere": (
        both(
            cmi5('<objective id="[^"]*"', '<objective id="https://x.co.uk/y"'),
            cmi5('idref="[^"]*"', 'idref="https://x.co.uk/y"'),
        ),
        [("13", CMI5, "<objective id=")],
    ),
    "moveOn left out": (cmi5(' moveOn="[^"]*"', ""), [("03", CMI5, UNIT), ("14", CMI5, UNIT)]),
    "no such word": (
        cmi5('moveOn="[^"]*"', 'moveOn="Bogus"'),
        [("03", CMI5, UNIT), ("14", CMI5, UNIT)],
    ),
    "done at once": (cmi5('moveOn="[^"]*"', 'moveOn="NotApplicable"'), [("03", CMI5, UNIT)]),
    "percentage": (cmi5('masteryScore="0.8"', 'masteryScore="80"'), [("03", CMI5, UNIT), ("15", CMI5, UNIT)]),
    "five decimals": (
        cmi5('masteryScore="0.8"', 'masteryScore="0.80001"'),
        [("03", CMI5, UNIT), ("15", CMI5, UNIT)],
    ),
    "more than all": (cmi5('masteryScore="0.8"', 'masteryScore="1.2"'), [("03", CMI5, UNIT), ("15", CMI5, UNIT)]),
    "another window": (cmi5("AnyWindow", "NoWindow"), [("03", CMI5, UNIT)]),
    "objective that is not there": (
        cmi5('idref="[^"]*/do-it"', f'idref="{MODULE}/objectives/other"'),
        [("03", CMI5, "<courseStructure"), ("16", CMI5, "idref=")],
    ),
}
DEFECTS = {"xapi": XAPI_DEFECTS, "cmi5": CMI5_DEFECTS}
CASES = [("xapi", name) for name in XAPI_DEFECTS] + [("cmi5", name) for name in CMI5_DEFECTS]


@pytest.mark.parametrize(("target", "defect"), CASES)
def test_a_defect(target: str, defect: str) -> None:
    edit, findings = DEFECTS[target][defect]
    package = spoiled(whole(target), edit)
    assert found(target, package) == expected(target, package, findings)


def expected(target: str, package: Package, findings: list[tuple[str, str, str]]) -> Found:
    files = {entry.path: entry.data for entry in package.entries}
    lines = [(code, path, line_of(files[path], words) if words else 0) for code, path, words in findings]
    return sorted((f"{FAMILY[target]}-{code}", path, line) for code, path, line in lines)


def test_a_descriptor_in_no_namespace() -> None:
    package = spoiled(whole("xapi"), tincan(' xmlns="[^"]*"', ""))
    everything = list(etree.fromstring(descriptor(package)).iter())
    findings = found("xapi", package)
    assert {code for code, _, _ in findings} == {"XAP-03", "XAP-09"}
    assert len([code for code, _, _ in findings if code == "XAP-09"]) == len(everything)


@pytest.mark.parametrize("target", DESCRIPTOR)
def test_every_rule_about_a_descriptor_has_its_defect(target: str) -> None:
    covered = {f"{FAMILY[target]}-{code}" for _, findings in DEFECTS[target].values() for code, _, _ in findings}
    assert covered == {rule.code for rule in STANDARDS[target].rules}


def test_a_finding_says_what_to_do() -> None:
    package = spoiled(whole("cmi5"), cmi5(' moveOn="[^"]*"', ""))
    finding = next(each for each in check_package(package, "cmi5") if each.code == "CM5-14")
    assert finding.message == "`moveOn` is missing"
    assert finding.hint == "Write it: `CompletedAndPassed`, or `Completed` without questions."


# A package from anywhere


@given(st.sampled_from(["xapi", "cmi5"]), SOUP, st.integers(0, 6000))
def test_no_bytes_break_a_rule(target: str, soup: bytes, cut: int) -> None:
    def spoil(files: Files) -> None:
        data = files[DESCRIPTOR[target]]
        files[DESCRIPTOR[target]] = soup if cut % 2 else data[:cut] + soup + data[cut + len(soup) :]

    codes = {code for code, _, _ in found(target, spoiled(whole(target), spoil))}
    assert codes <= {rule.code for rule in package_rules(target)}


@given(st.sampled_from(["xapi", "cmi5"]), st.data())
def test_no_value_breaks_a_rule(target: str, data: st.DataObject) -> None:
    root = etree.fromstring(descriptor(whole(target)))
    every = [(each, name) for each in root.iter("{*}*") for name in [*each.attrib, ""]]
    element, name = data.draw(st.sampled_from(every))
    value = data.draw(st.sampled_from(["", "[", "http://[", "//", "%", "?", "a?fetch", "\u00e9"]) | TEXT)
    if name:
        element.set(name, value)
    else:
        element.text = value

    def spoil(files: Files) -> None:
        files[DESCRIPTOR[target]] = etree.tostring(root, encoding="utf-8")

    codes = {code for code, _, _ in found(target, spoiled(whole(target), spoil))}
    assert codes <= {rule.code for rule in package_rules(target)}
