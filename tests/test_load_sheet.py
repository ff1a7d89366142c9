"""The load sheet: which files, which settings, what a result means, and what is not known, for every platform."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from scormpack.content.provider import Provider
from scormpack.locales import shipped
from scormpack.platforms.known import platform
from scormpack.platforms.names import NAMES
from scormpack.release.load_sheet import Parcel, load_sheet
from scormpack.targets import TARGETS

DAY = datetime.date(2026, 11, 30)
OAK = Provider(id="oak", name="Oak & Elm Care")
EVERY = [(name, target) for name in NAMES for target in platform(name).targets]


def parcel(target: str, module: str = "hands") -> Parcel:
    return Parcel(
        title=f"About {module}",
        file=f"{module}-1.2.0-{target}.zip",
        module=module,
        version="1.2.0",
        minutes=12,
        target=target,
        bytes=1_234_567,
        sha256="0f1e2d3c" * 8,
    )


def page(name: str | None, *packages: Parcel, **more: object) -> html.HtmlElement:
    known = platform(name) if name else None
    return html.document_fromstring(load_sheet(OAK, known, packages, DAY, **more))  # type: ignore[arg-type]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(sheet: html.HtmlElement, title: str) -> str:
    (found,) = sheet.xpath(f"//section[h2[. = '{title}']]")
    return words(found)


@pytest.mark.parametrize(("name", "target"), EVERY)
def test_it_says_what_is_known_of_this_kind_of_package(name: str, target: str) -> None:
    known = platform(name)
    sheet = words(page(name, parcel(target)))
    for fact in (*known.load, *known.test, *known.result, *known.lacks, *known.replacing.how):
        assert (fact.says in sheet) == fact.is_about(target), fact.says
    for setting in known.settings:
        shown = f"{setting.name} {setting.to}{f'. {setting.why}' if setting.why else ''}"
        assert (shown in sheet) == setting.is_about(target), shown
    for what in known.not_known:
        assert what in sheet


@pytest.mark.parametrize(("name", "target"), EVERY)
def test_it_needs_nothing_from_elsewhere(name: str, target: str) -> None:
    text = load_sheet(OAK, platform(name), [parcel(target)], DAY)
    assert not re.search(r"<script|<link|<img|url\(|@import|\bsrc=|(?<!<a )\bhref=", text)
    assert "Oak &amp; Elm Care" in text
    headings = [int(str(each.tag)[1]) for each in html.document_fromstring(text).iter("h1", "h2", "h3")]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_it_lists_the_files_that_suit_the_platform_best() -> None:
    packages = [parcel(target, module) for target in ("web", "scorm2004-3rd", "scorm12") for module in ("a", "b")]
    sheet = page("moodle", *packages)
    rows = [[words(cell) for cell in row] for row in sheet.xpath("//tbody/tr")]
    assert rows == [
        ["About a", "1.2.0", "a-1.2.0-scorm12.zip", "12", "1.2 MB", "0f1e2d3c"],
        ["About b", "1.2.0", "b-1.2.0-scorm12.zip", "12", "1.2 MB", "0f1e2d3c"],
    ]
    files = section(sheet, "Which files")
    assert "Load these 2 files, one by one. Kind of package: SCORM 1.2." in files
    assert "Also here, and not needed for Moodle: 2 files (Web page) and 2 files (SCORM 2004 3rd Edition)." in files


def test_one_file_is_one() -> None:
    files = section(page("moodle", parcel("scorm12")), "Which files")
    assert "Load this file. Kind of package: SCORM 1.2. It keeps place, answers and score" in files
    assert "Also here" not in files


@pytest.mark.parametrize(
    ("same", "said"),
    [
        (["tea"], "1 file here is the same as in your last release: where it is loaded, leave it as it is."),
        (
            ["tea", "b"],
            "2 files here are the same as in your last release: where they are loaded, leave them as they are.",
        ),
    ],
)
def test_what_has_not_changed_is_not_to_be_loaded_again(same: list[str], said: str) -> None:
    kept = [replace(parcel("scorm12", module), is_unchanged=True) for module in same]
    files = section(page("moodle", parcel("scorm12"), *kept), "Which files")
    assert files.startswith("Which files Load this file. Kind of package: SCORM 1.2.")
    assert said in files
    assert "tea-1.2.0" not in files
    alone = page("moodle", *kept)
    assert section(alone, "Which files") == f"Which files There is nothing to load. {said}"
    assert not alone.xpath("//table")


def test_it_says_so_when_no_file_is_for_the_platform() -> None:
    sheet = page("openolat", parcel("web"), parcel("cmi5"))
    assert section(sheet, "Which files") == (
        "Which files None of these files is for OpenOlat, which takes SCORM 1.2. Here are 1 file (Web page) and "
        "1 file (cmi5). Ask for the right ones before you go on."
    )
    assert not sheet.xpath("//table")


@pytest.mark.parametrize(
    ("target", "general"), [("scorm12", "other-scorm"), ("xapi", "record-store"), ("web", "web-server")]
)
def test_without_a_platform_it_says_what_is_true_of_most(target: str, general: str) -> None:
    found = page(None, parcel(target))
    sheet = words(found)
    assert found.findtext(".//h1") == "Load sheet"
    assert found.findtext(".//title") == "Load sheet, Oak & Elm Care"
    assert all(fact.says in sheet for fact in platform(general).load)
    assert "ask for the one for yours" in sheet


@pytest.mark.parametrize(
    ("size", "shown"),
    [(1, "1 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (23_450_000, "23.4 MB"), (999_999_999, "1000.0 MB")],
)
def test_sizes(size: int, shown: str) -> None:
    (cell,) = page("moodle", replace(parcel("scorm12"), bytes=size)).xpath("//td[@data-label = 'Size']")
    assert words(cell) == shown


def test_what_is_new_and_whom_to_ask() -> None:
    changes = [f"Change {number}." for number in range(1, 8)]
    sheet = page("moodle", parcel("scorm12"), changes=changes, ask="Willow Publishing Ltd.")
    newer = section(sheet, "When a newer release comes")
    assert newer.endswith(
        "New in these files Change 1. Change 2. Change 3. Change 4. Change 5. And 2 more: see the list of changes."
    )
    assert section(sheet, "Whom to ask") == (
        "Whom to ask Ask Willow Publishing Ltd., and say which file it is and what you see."
    )
    plain = page("moodle", parcel("scorm12"))
    assert "New in these files" not in words(plain)
    assert "Ask whoever sent you these files, and say" in section(plain, "Whom to ask")


@pytest.mark.parametrize(("name", "says"), [("ilias", True), ("moodle", False), ("learnupon", False)])
def test_it_does_not_promise_what_nobody_has_tried(name: str, says: bool) -> None:
    newer = section(page(name, parcel("scorm12")), "When a newer release comes")
    assert ("Nobody has tried yet whether progress stays." in newer) == says


def test_every_source_is_named_with_its_day() -> None:
    for name in NAMES:
        (footer,) = page(name, parcel(platform(name).targets[0])).xpath("//footer")
        foot = words(footer)
        for source in platform(name).sources.values():
            assert f"{source.what.removeprefix('https://')} ({source.day.day} November 2026)" in foot


def test_it_calls_the_button_what_the_module_calls_it() -> None:
    exit_button = shipped("en")["words"]["exit"]
    said = [words(page(name, parcel(target))) for name, target in EVERY if target != "web"]
    assert all(f"“{exit_button}”" in sheet for sheet in said)
    assert exit_button not in words(page("web-server", parcel("web")))


def test_it_speaks_of_kinds_of_package_by_their_titles() -> None:
    for target, kind in TARGETS.items():
        name = next(name for name, known in EVERY if known == target)
        assert kind.title in section(page(name, parcel(target)), "Which files")
