"""The pages of a release as they are seen: what has changed, for a manager, and the trainer's catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from giving import DAYS, MODULES, PAGE, RELEASES, TEA, edit, give_out, lay_out
from playwright.sync_api import Browser, Page, expect
from test_page import SMALLEST, TOO_WIDE, axe

PAGES = {"changes": "oak/CHANGES.html", "catalogue": "index.html"}


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A second release: progress is lost in one module, and the other has not changed."""
    folder = tmp_path_factory.mktemp("given")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        lay_out(MODULES)
        patch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])
        give_out()
        patch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-12-01"])
        edit(PAGE, "id: open-question", "id: an-open-question")
        edit(TEA / "module.yaml", "version: 1.0.0", "version: 2.0.0")
        give_out()
        yield folder / RELEASES / "2026-12-01"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it(browser: Browser, second: Path, name: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(viewport=SMALLEST, color_scheme=scheme)
    page.goto((second / PAGES[name]).as_uri())
    assert page.evaluate(TOO_WIDE) == []
    assert axe(page.main_frame) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert axe(page.main_frame) == []
    page.close()


def rows(page: Page) -> list[str]:
    found = page.locator("tr.found:visible th")
    return [str(found.nth(number).evaluate("each => each.firstChild.textContent")) for number in range(found.count())]


def test_the_catalogue_is_searched_by_any_words(browser: Browser, second: Path) -> None:
    page = browser.new_page()
    page.goto((second / "index.html").as_uri())
    assert rows(page) == ["Tea and talk", "Kind words", "Elm & Daughters", "Oak Care"]
    page.get_by_label("Find a module or a provider").fill("TALK lost")
    assert rows(page) == ["Tea and talk"]
    expect(page.get_by_role("status")).to_have_text("1 of 4 shown")
    page.get_by_label("Find a module or a provider").fill("")
    assert len(rows(page)) == 4
    page.close()


def test_the_catalogue_takes_no_more_paper_than_it_has_to(browser: Browser, second: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((second / "index.html").as_uri())
    page.emulate_media(media="print")
    expect(page.get_by_label("Find a module or a provider")).to_be_hidden()
    expect(page.get_by_text("SCORM 1.2:").first).to_have_css("white-space", "nowrap")
    page.close()


def test_without_its_script_the_catalogue_shows_everything(browser: Browser, second: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((second / "index.html").as_uri())
    expect(page.get_by_label("Find a module or a provider")).to_be_hidden()
    expect(page.locator("tr.found")).to_have_count(4)
    context.close()


def test_the_catalogue_leads_to_the_folders(second: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((second / "index.html").as_uri())
    links = page.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links == ["elm/", "oak/"]
    assert all((second / link).is_dir() for link in links)
    page.close()
