"""The report in a browser: axe, small screens, light and dark, paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from paths import SAMPLE
from playwright.sync_api import Browser, Page, ViewportSize
from small_library import ASSESSMENT, write
from test_page import COLOURS, TAGS, axe

from scormpack.batch import plan
from scormpack.clock import today
from scormpack.content.assessment import load_assessment
from scormpack.content.load import load_library
from scormpack.report import gather
from scormpack.report.page import as_html

PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the sample library, and the evidence report of a small one with every kind of gap."""
    folder = tmp_path_factory.mktemp("report")
    small = load_library(write(folder / "modules"))
    (folder / "oak.yaml").write_text(ASSESSMENT, encoding="utf-8")
    assessment = load_assessment(folder / "oak.yaml", small)
    pages = {
        "sample": as_html(gather(plan(load_library(SAMPLE), today()))),
        "evidence": as_html(gather(plan(small, today(), providers=["oak"]), assessment=assessment)),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture(params=["sample", "evidence"])
def url(request: pytest.FixtureRequest, files: dict[str, Path]) -> str:
    return files[request.param].as_uri()


@pytest.fixture
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    look: tuple[ViewportSize, Literal["light", "dark"]] = getattr(request, "param", (DESK, "light"))
    size, scheme = look
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


@pytest.mark.parametrize("page", [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")], indirect=True)
def test_axe_finds_nothing(page: Page) -> None:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert axe(page.main_frame, COLOURS if is_dark else TAGS) == []


@pytest.mark.parametrize("page", [(PHONE, "light"), ({"width": 840, "height": 600}, "light")], indirect=True)
def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    width = page.viewport_size["width"] if page.viewport_size else 0
    too_wide = page.evaluate(
        """width => [...document.querySelectorAll('body *')]
          .filter(element => element.offsetParent && element.getBoundingClientRect().right > width + 1)
          .map(element => element.outerHTML.slice(0, 90))""",
        width,
    )
    assert too_wide == []


@pytest.mark.parametrize("page", [(PHONE, "light")], indirect=True)
def test_on_a_phone_each_cell_says_what_it_is(page: Page) -> None:
    labels = page.evaluate(
        """() => [...document.querySelectorAll('.stacked td')].filter(cell => cell.offsetParent)
          .map(cell => [cell.dataset.label, getComputedStyle(cell, '::before').content])"""
    )
    assert labels
    assert [label for label, shown in labels if label not in shown] == []


@pytest.mark.parametrize("page", [({"width": 375, "height": 667}, "light"), (DESK, "light")], indirect=True)
def test_the_first_screen_says_what_needs_doing(page: Page) -> None:
    height = page.viewport_size["height"] if page.viewport_size else 0
    for selector in (".verdict", ".to-do h2", ".to-do li"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < height, selector


def test_it_asks_for_nothing(browser: Browser, url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(url)
    assert (asked, told) == ([url], [])
    page.close()


def test_paper_has_black_words_and_whole_tables(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('table')).display") == "table"
    assert page.evaluate("document.documentElement.scrollWidth <= 680")
    assert page.pdf(format="A4")[:5] == b"%PDF-"
