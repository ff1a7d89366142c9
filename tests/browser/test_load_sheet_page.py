"""The load sheet as it is seen: by a screen reader, on a phone, in the dark, and on one sheet of paper."""

from __future__ import annotations

import datetime
from functools import cache
from itertools import count
from typing import Literal

import pytest
from paths import SAMPLE
from playwright.sync_api import Browser, Page
from test_page import SMALLEST, TOO_WIDE, axe
from test_paper import SHEET

from scormpack.content.library import Library
from scormpack.content.load import load_library, load_module
from scormpack.platforms.known import platform
from scormpack.platforms.names import NAMES
from scormpack.release.load_sheet import Parcel, load_sheet

Scheme = Literal["light", "dark"]
DAY = datetime.date(2026, 11, 30)
CHANGES = [f"“Module {number}”: the first page is new, and two questions were worded anew." for number in range(7)]
EVERY = [(name, target) for name in NAMES for target in platform(name).targets]


@cache
def library() -> Library:
    return load_library(SAMPLE)


@cache
def parcels(target: str) -> list[Parcel]:
    """All modules of the sample library, each as large and as long as it may well be."""
    modules = [load_module(folder) for folder in library().modules.values()]
    size = count(990_000, 1_234_567)
    return [
        Parcel(
            title=each.title,
            file=f"{each.id}-{each.version}-{target}.zip",
            module=each.id,
            version=each.version,
            minutes=each.duration_minutes,
            target=target,
            bytes=next(size),
            sha256="0f1e2d3c" * 8,
        )
        for each in modules
    ]


def sheet(name: str | None, target: str) -> str:
    packages = [*parcels(target), *parcels("web" if target != "web" else "xapi")]
    ask = "Willow Lane Publishing, 01632 960120, training@willow-lane.example"
    known = platform(name) if name else None
    provider = library().providers["willow-lane"]
    plugins = ["local_scormpack-10.10.10.zip"] if name == "moodle" else []
    return load_sheet(provider, known, packages, DAY, changes=CHANGES, ask=ask, printed=144, plugins=plugins)


def opened(browser: Browser, text: str, scheme: Scheme = "light") -> Page:
    page = browser.new_page(viewport=SMALLEST, color_scheme=scheme)
    page.set_content(text)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["moodle", "talentlms", None])
def test_everybody_can_read_it(browser: Browser, name: str | None, scheme: Scheme) -> None:
    page = opened(browser, sheet(name, "scorm12"), scheme)
    assert page.evaluate(TOO_WIDE) == []
    assert axe(page.main_frame) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert axe(page.main_frame) == []
    page.close()


@pytest.mark.parametrize("size", [100, 200])
def test_it_fits_a_phone_with_large_text(browser: Browser, size: int) -> None:
    page = opened(browser, sheet("moodle", "scorm12"))
    page.evaluate("size => { document.documentElement.style.fontSize = `${size}%` }", size)
    assert page.evaluate(TOO_WIDE) == []
    page.close()


@pytest.mark.long
def test_a_whole_library_is_on_one_sheet_of_paper_for_every_platform(browser: Browser) -> None:
    page = browser.new_page()
    found = {}
    for name, target in [*EVERY, (None, "scorm12")]:
        page.set_content(sheet(name, target))
        found[name, target] = len(SHEET.findall(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(parcels("scorm12")) == 18
    assert {where: sheets for where, sheets in found.items() if sheets != 1} == {}
