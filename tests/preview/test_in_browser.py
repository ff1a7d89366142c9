"""The preview as a whole in Chromium: a library is written, and its page shows it and what is recorded."""

from __future__ import annotations

import datetime
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from paths import EVERY_BLOCK
from playwright.sync_api import Browser, FrameLocator, Page, expect
from scorm import DESKTOP

from scormpack.preview import Preview
from scormpack.preview.stranger import Stranger
from scormpack.preview.workshop import Workshop
from scormpack.road import write
from scormpack.sink import sink_of
from scormpack.targets import TARGETS

pytestmark = pytest.mark.browser
DAY = datetime.date(2026, 11, 23)
MODULE = "every-block"
PAGES = ("welcome", "second", "third")  # before its own


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The module with one of everything, with three short pages before the rest."""
    folder = tmp_path / "modules"
    shutil.copytree(EVERY_BLOCK, folder)
    module = folder / MODULE / "module.yaml"
    module.write_text(module.read_text().replace("pages: [", f"pages: [{', '.join(PAGES)}, "))
    for name in PAGES:
        save(folder, name, "Words.")
    return folder


@pytest.fixture
def preview(library: Path) -> Iterator[Preview]:
    with Preview(Workshop(library, DAY), DAY, may_review=True) as running:
        yield running


def save(library: Path, name: str, text: str) -> None:
    """What an author writes on a page."""
    (library / MODULE / "pages" / f"{name}.md").write_text(f"# {name.capitalize()}\n\n{text}\n")


def course(page: Page) -> FrameLocator:
    return page.frame_locator(".holder iframe").frame_locator("iframe")


# The page learns a moment later where the learner is, and keeps only the place that it knows.
HEAR = "addEventListener('message', ({data}) => { if (data?.scormpack === 'where') window.heard = data.page; })"


def opened(preview: Preview, page: Page, query: str = "") -> Page:
    page.add_init_script(HEAR)
    page.goto(f"{preview.address(f'm/{MODULE}')}{query}")
    expect(course(page).get_by_role("button", name="Begin", exact=True)).to_be_visible()
    return page


def go_on(page: Page, heading: str) -> None:
    course(page).locator(".main-action:visible").last.click()
    expect(course(page).get_by_role("heading", name=heading)).to_be_visible()
    page.wait_for_function("page => window.heard === page", arg=heading.lower())


def test_a_module_is_opened_from_the_library(preview: Preview, page: Page) -> None:
    page.goto(preview.address())
    page.get_by_role("link", name="Every block & “every” kind").click()
    expect(course(page).get_by_role("button", name="Begin", exact=True)).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.locator("tbody .state").first).to_have_text("✓ Ready")


def test_a_save_shows_where_the_learner_is_and_keeps_how_far_she_is(
    preview: Preview, library: Path, page: Page
) -> None:
    opened(preview, page)
    go_on(page, "Second")
    save(library, "second", "Words that are new.")
    expect(course(page).get_by_text("Words that are new.")).to_be_visible()
    expect(course(page).locator(".where")).to_have_text("Page 2 of 9")
    save(library, "second", "Words that are newer.\n\n```reflektion\nprompt: x\n```\n")
    over = page.locator(".over")
    expect(over).to_contain_text("reflektion")
    expect(over.locator(".excerpt").first).to_contain_text("^")
    expect(course(page).get_by_text("Words that are new.")).to_be_visible()
    save(library, "second", "Words that are mended.")
    expect(over).to_be_hidden()
    expect(course(page).get_by_text("Words that are mended.")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)  # nothing is left of what was shown before
    page.get_by_role("button", name="Leave and come back").click()
    expect(course(page).get_by_text("You were on this page: Second")).to_be_visible()


def test_a_save_beside_the_pages_is_shown_too(preview: Preview, library: Path, page: Page) -> None:
    """What is broken is told over the last good course; what all modules share is found again in each."""
    opened(preview, page)
    module, provider = library / MODULE / "module.yaml", library / "providers/full.yaml"
    good = module.read_text()
    module.write_text(good.replace("title:", "titel:", 1))
    over = page.locator(".over")
    expect(over).to_contain_text("FRM-02")
    expect(over).to_contain_text("Did you mean title?")
    expect(course(page).get_by_role("button", name="Begin", exact=True)).to_be_visible()
    module.write_text(good)
    expect(over).to_be_hidden()
    expect(course(page).locator(".provider")).to_contain_text("Full Homecare")
    provider.write_text(provider.read_text().replace("name: Full", "name: Weeping Willow"))
    expect(course(page).locator(".provider")).to_contain_text("Weeping Willow Homecare")


def test_two_browsers_and_two_learners_see_the_same_save(
    preview: Preview, library: Path, page: Page, browser: Browser
) -> None:
    opened(preview, page, "?learner=Ada")
    go_on(page, "Second")
    expect(page.locator(".entry")).not_to_have_count(0)
    with browser.new_context(viewport=DESKTOP) as elsewhere:
        other = opened(preview, elsewhere.new_page(), "?learner=Bea&target=xapi&frame=wide&scheme=dark")
        same = elsewhere.new_page()
        same.goto(f"{preview.address(f'm/{MODULE}')}?learner=Ada")
        expect(course(same).get_by_text("You were on this page: Second")).to_be_visible()
        save(library, "second", "Words for both.")
        expect(other.locator(".heard")).to_contain_text("Saved.")
        go_on(other, "Second")
        for each in (page, other):
            expect(course(each).get_by_text("Words for both.")).to_be_visible()
        expect(course(same).locator("main")).to_contain_text("Words for both.")
        assert len(preview.stage.runs) == 2


def test_progress_is_there_after_a_restart(library: Path, page: Page, tmp_path: Path) -> None:
    kept = tmp_path / "progress.json"
    ended, state = page.get_by_text("The preview has ended."), page.locator("#panel-state pre")
    with Preview(Workshop(library, DAY), DAY, progress=kept) as running:
        opened(running, page)
        go_on(page, "Second")
        page.get_by_role("tab", name="State", exact=True).click()
        expect(state).to_contain_text("second")
        saved, address = state.inner_text(), running.address()
        course(page).locator("html").evaluate("before => before.classList.remove('runs')")
    expect(ended).to_be_visible()
    with Preview(Workshop(library, DAY), DAY, progress=kept) as again:
        assert again.address() == address
        expect(ended).to_be_hidden()
        expect(state).to_have_text(saved)
        expect(course(page).locator("html.runs")).to_have_count(1)  # opened anew, before the preview ends again


def test_the_course_is_there_after_a_restart_at_which_its_port_is_taken(
    library: Path, page: Page, tmp_path: Path
) -> None:
    kept = tmp_path / "progress.json"
    with Preview(Workshop(library, DAY), DAY, progress=kept) as running:
        opened(running, page)
        go_on(page, "Second")
        expect(course(page).locator(".sign")).to_have_attribute("data-sign", "saved")
        before = urlsplit(running.stage.origin)
    expect(page.get_by_text("The preview has ended.")).to_be_visible()
    with (
        socket.create_server((before.hostname, before.port)),
        Preview(Workshop(library, DAY), DAY, progress=kept) as again,
    ):
        assert urlsplit(again.stage.origin).port != before.port
        expect(course(page).get_by_text("You were on this page: Second")).to_be_visible()


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_played_and_recorded(preview: Preview, library: Path, page: Page, target: str) -> None:
    opened(preview, page, f"?target={target}")
    go_on(page, "Second")
    save(library, "second", "Words that are new.")
    expect(course(page).get_by_text("Words that are new.")).to_be_visible()
    expect(course(page).locator(".welcome-back[open]")).to_have_count(0)
    if target == "web":
        page.get_by_role("tab", name="Data").click()
        expect(page.locator("#panel-data")).to_contain_text("progress is in the browser only")
        return
    page.get_by_role("tab", name="State", exact=True).click()
    expect(page.locator("#panel-state pre")).to_contain_text("second")
    expect(page.locator(".entry")).not_to_have_count(0)
    expect(page.locator(".entry.flawed")).to_have_count(0)
    page.get_by_role("button", name="Close the tab").click()
    page.get_by_role("tab", name="Result").click()
    expect(page.locator("#panel-result")).to_contain_text("Closed")
    page.get_by_role("button", name="Open again").click()
    expect(course(page).get_by_text("You were on this page: Second")).to_be_visible()
    page.get_by_role("button", name="New learner").click()
    expect(course(page).get_by_text("You were on this page: Second")).to_have_count(0)
    expect(course(page).get_by_role("button", name="Begin", exact=True)).to_be_visible()
    page.get_by_role("tab").first.click()
    expect(page.locator(".session")).to_have_text("Session 1")


def test_the_learners_device_is_as_chosen(preview: Preview, page: Page) -> None:
    opened(preview, page)
    body = course(page).locator("body")
    expect(body).to_have_css("background-color", "rgb(251, 250, 246)")
    expect(body).to_have_css("font-size", "18px")
    page.get_by_role("checkbox", name="Dark", exact=True).check()
    expect(body).to_have_css("background-color", "rgb(18, 22, 19)")
    page.get_by_role("checkbox", name="Forced colours", exact=True).check()
    expect(body).to_have_css("background-color", "color(srgb 0 0 0)")
    page.get_by_role("checkbox", name="Large text", exact=True).check()
    expect(body).to_have_css("font-size", "36px")
    page.get_by_role("radio", name="Tablet").check()
    expect(body).to_have_css("width", "768px")


def test_a_mode_is_the_platforms_own(preview: Preview, page: Page) -> None:
    opened(preview, page)
    page.get_by_role("combobox", name="Mode").select_option("browse")
    row = page.locator(".entry", has_text="lesson_mode").last
    expect(row).to_contain_text("→ browse")


def test_trouble_is_what_the_course_meets(preview: Preview, page: Page) -> None:
    opened(preview, page)
    page.locator(".make-trouble").click()
    page.get_by_label("The platform refuses").check()
    page.keyboard.press("Escape")
    expect(page.locator(".on-purpose")).to_be_visible()  # which moves the course
    go_on(page, "Second")
    expect(page.locator(".meant").first).to_have_text("⚑ On purpose")
    page.get_by_role("button", name="Stop: The platform refuses").click()
    expect(page.locator(".on-purpose")).to_be_hidden()
    page.locator(".make-trouble").click()
    page.get_by_label("There is no API").check()
    expect(course(page).locator(".sign")).to_have_attribute("data-sign", "alone")


def test_a_comment_is_kept_beside_the_text(preview: Preview, library: Path, page: Page) -> None:
    opened(preview, page)
    page.get_by_role("tab", name="Comments").click()
    page.get_by_label("Comment", exact=True).fill("Say for how long.")
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_role("button", name="Add comment").click()
    item = page.locator(".comment", has_text="Ada Example")
    expect(item).to_contain_text("2026-11-23")
    assert "Say for how long." in (library / MODULE / "review.yaml").read_text()
    item.get_by_role("button", name="Resolved").click()
    expect(item).to_contain_text("✓ Resolved")


def test_any_package_is_played(preview: Preview, page: Page, tmp_path: Path) -> None:
    opened(preview, page)
    playing = next(iter(preview.stage.runs.values()))
    assert playing.made.package is not None
    written = write(playing.made.package, sink_of(tmp_path))
    with Preview(Stranger(written.path), DAY) as other:
        page.goto(other.address("zip"))
        expect(course(page).get_by_role("button", name="Begin", exact=True)).to_be_visible()
        expect(page.locator(".entry", has_text="LMSInitialize")).to_be_visible()
        written.path.write_bytes(b"PK")
        expect(page.locator(".over")).to_contain_text("ZIP-02")


def test_the_page_can_be_reached_by_no_course(preview: Preview, browser: Browser) -> None:
    with browser.new_context(viewport=DESKTOP) as context:  # whose console says what was refused
        page = opened(preview, context.new_page())
        frame = next(each for each in page.frames if each.url.endswith("/course/index.html"))
        origin = preview.address().rstrip("/")
        asked = frame.evaluate(f"fetch('{origin}/api/news?seen=0').then(() => 'answered', () => 'refused')")
        assert asked == "refused"
        assert (
            frame.evaluate("(() => { try { return top.document.title; } catch { return 'closed'; } })()") == "closed"
        )
