"""The cover: a picture, what the module is called and is for, and the way to help for whoever needs it now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, expect
from scorm import PHONE
from test_page import axe

from scormpack.batch import Built
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

Open = Callable[..., Any]
PICTURE, TITLE, URGENT = ".cover img", "h1", ".urgent"
# The ways in which the cover is laid out: width, height, and whether the picture stands beside the title.
WINDOWS = {
    "desk": (1280, 800, True),
    "small desk": (1024, 768, True),
    "tablet": (768, 1024, False),
    "frame of a platform": (650, 666, False),
    "phone": (375, 667, False),
    "small phone": (320, 568, False),
    "phone on its side": (667, 375, True),
}


@pytest.fixture
def opened(opened_module: Open) -> Open:
    """A module about an emergency, whose first page begins with a picture."""
    return lambda *window: opened_module("may-have-died", *window)


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None
    return found


def below(page: Page, selector: str) -> float:
    return box(page, selector)["y"] + box(page, selector)["height"]


@pytest.mark.parametrize("window", WINDOWS)
def test_the_first_view_has_picture_title_help_and_the_way_in(opened: Open, window: str) -> None:
    width, height, is_beside = WINDOWS[window]
    with opened(width, height) as page:
        picture, title = box(page, PICTURE), box(page, TITLE)
        if is_beside:
            assert picture["x"] + picture["width"] <= title["x"]
        else:
            assert (picture["x"], picture["y"], picture["width"]) == (0, 0, width)
            assert picture["height"] <= title["y"]
        for part in (PICTURE, TITLE, ".standing", URGENT, ".bar .next"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        assert below(page, URGENT) <= box(page, ".foot")["y"] or is_beside
        assert box(page, URGENT)["y"] - below(page, ".standing") <= 40  # one thought goes into the other
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page.main_frame) == []


def test_on_a_desk_half_the_window_shows_what_the_module_is_for(opened: Open) -> None:
    with opened(1280, 800) as page:
        assert box(page, PICTURE)["width"] == 640
        assert box(page, ".aims h3")["y"] - below(page, PICTURE) >= 32
        expect(page.locator(".aims li")).to_have_count(4)
        expect(page.locator(".aims")).to_be_in_viewport(ratio=1)
        expect(page.locator(".contents")).to_be_hidden()
        page.locator(".to-contents").click()
        expect(page.locator(".contents a").first).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        page.locator(".bar .next").click()
        expect(page.locator(".contents a").first).to_be_in_viewport(ratio=1)
        expect(page.locator(".to-contents")).to_be_hidden()


def test_on_a_phone_on_its_side_the_picture_has_no_bars_and_all_begins_at_one_edge(opened: Open) -> None:
    """The bars that a picture is fitted into are light, and dazzle in a dark room."""
    with opened(667, 375) as page:
        assert box(page, PICTURE)["height"] == pytest.approx(box(page, PICTURE)["width"] * 9 / 16, abs=1)
        assert box(page, PICTURE)["y"] == 0
        lines = page.locator("h1, .welcome, .screen:not([hidden]) .prose p").filter(visible=True)
        edges = lines.evaluate_all(
            """all => all.map(each => {
              const range = document.createRange();
              range.selectNodeContents(each);
              return Math.round(range.getClientRects()[0].left);
            })"""
        )
        assert len(edges) >= 3
        assert len(set(edges)) == 1


def test_on_a_phone_the_cover_is_no_longer_than_two_screens(opened: Open) -> None:
    with opened() as page:
        assert page.evaluate("document.documentElement.scrollHeight") <= 2 * 667


def test_who_needs_help_now_opens_it_from_the_cover(opened: Open) -> None:
    with opened() as page:
        page.locator(URGENT).click()
        expect(page.locator(".help-inside")).to_be_in_viewport(ratio=1)
        expect(page.locator(".help summary")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".help-inside")).to_be_hidden()
        page.locator(URGENT).press("Enter")
        expect(page.locator(".help-inside")).to_be_visible()


def test_without_scripts_too(web_package: Callable[[str], Path], scriptless: BrowserContext) -> None:
    with serve(read_zip(web_package("may-have-died"))) as url:
        page = scriptless.new_page()
        page.goto(f"{url}course/index.html")
        page.locator(URGENT).click()
        expect(page.locator(".help-inside")).to_be_in_viewport()


def test_a_module_about_something_else_does_not_ask(every_block: dict[str, Built], browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    with serve(read_zip(every_block["web"].path)) as url:
        page = context.new_page()
        page.goto(f"{url}course/index.html")
        expect(page.locator(URGENT)).to_have_count(0)
        assert box(page, ".top")["y"] == 0  # there is no picture to stand above it
    context.close()
