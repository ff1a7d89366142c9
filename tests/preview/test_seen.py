"""The preview as an author meets it: the real page, the real course and the real record, in Chromium."""

from __future__ import annotations

import datetime
import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from paths import SAMPLE
from playwright.sync_api import Browser, Frame, FrameLocator, Page, ViewportSize, expect
from small_library import write

from scormpack.package import read_zip
from scormpack.preview import Preview
from scormpack.preview.stranger import Stranger
from scormpack.preview.workshop import Workshop
from scormpack.targets import TARGETS

pytestmark = pytest.mark.browser
DAY = datetime.date(2026, 9, 20)
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
MODULE = "your-role"
PATIENCE = 30_000  # milliseconds


@dataclass
class Author:
    """Somebody who writes in a library and looks at the preview."""

    page: Page
    library: Path

    @property
    def course(self) -> Frame:
        """The frame of the course as it is now."""
        self.inside.locator(".next").wait_for(timeout=PATIENCE)
        return next(frame for frame in self.page.frames if urlsplit(frame.url).path.endswith("/index.html"))

    @property
    def inside(self) -> FrameLocator:
        """The course, whichever frame it is in by then."""
        return self.page.frame_locator("iframe").frame_locator("iframe")

    def save(self, name: str, text: str) -> None:
        (self.library / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.library / name).read_text(encoding="utf-8")

    def sees(self, words: str) -> None:
        """Wait until the course shows `words`."""
        expect(self.inside.locator("html.runs main > .page:not([hidden])")).to_contain_text(words, timeout=PATIENCE)


def author(browser: Browser, preview: Preview, library: Path, path: str) -> Author:
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(preview.address(path))
    return Author(page, library)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "modules")
    return tmp_path / "modules"


@pytest.fixture
def preview(library: Path) -> Iterator[Preview]:
    with Preview(Workshop(library, DAY), DAY) as running:
        yield running


@pytest.mark.parametrize("target", TARGETS)
def test_a_course_is_taken_and_a_save_leaves_the_learner_where_she_is(
    target: str, browser: Browser, preview: Preview, library: Path
) -> None:
    writer = author(browser, preview, library, f"m/{MODULE}?target={target}")
    first = writer.course
    first.locator(".next").click()
    title = first.locator("main > .page:not([hidden]) h2").inner_text()
    page = first.locator("main > .page:not([hidden])").get_attribute("id")
    name = f"{MODULE}/pages/{page}.md"
    writer.save(name, f"{writer.read(name)}\nWords that were not there before.\n")
    writer.sees("Words that were not there before.")
    expect(writer.course.locator("main > .page:not([hidden]) h2").first).to_have_text(title)
    expect(writer.course.locator(".welcome-back[open]")).to_have_count(0)
    if target == "web":
        return
    expect(writer.page.locator(".entry").first).to_be_visible()
    writer.page.get_by_role("tab", name="State", exact=True).click()
    expect(writer.page.locator("#panel-state pre")).not_to_be_empty()
    flaws = writer.page.locator(".entry.flawed")
    expect(flaws).to_have_count(0)


def test_a_broken_save_is_told_over_the_last_good_course(browser: Browser, preview: Preview, library: Path) -> None:
    writer = author(browser, preview, library, f"m/{MODULE}")
    name = f"{MODULE}/module.yaml"
    good, title = writer.read(name), writer.course.title()
    writer.save(name, good.replace("title:", "titel:", 1))
    over = writer.page.locator(".over")
    expect(over).to_contain_text("FRM-02", timeout=PATIENCE)
    expect(over).to_contain_text("Did you mean title?")
    assert writer.course.title() == title
    writer.save(name, good)
    expect(over).to_be_hidden(timeout=PATIENCE)


def test_what_all_modules_share_is_shown_too(browser: Browser, preview: Preview, library: Path) -> None:
    writer = author(browser, preview, library, f"m/{MODULE}?provider=willow-lane")
    name = "providers/willow-lane.yaml"
    assert "Willow Lane" in writer.course.locator(".provider").inner_text()
    writer.save(name, writer.read(name).replace("name: Willow Lane", "name: Weeping Willow", 1))
    expect(writer.inside.locator(".provider")).to_contain_text("Weeping Willow", timeout=PATIENCE)


def test_two_browsers_and_two_learners(browser: Browser, preview: Preview, library: Path) -> None:
    one, other = (author(browser, preview, library, f"m/{MODULE}?learner={name}") for name in ("Ada", "Bea"))
    one.course.locator(".next").click()
    expect(one.page.locator(".entry")).not_to_have_count(0, timeout=PATIENCE)
    name = f"{MODULE}/pages/{one.course.locator('main > .page:not([hidden])').get_attribute('id')}.md"
    writer = author(browser, preview, library, f"m/{MODULE}?learner=Ada")
    writer.save(name, f"{writer.read(name)}\nFor both of them.\n")
    one.sees("For both of them.")
    expect(other.inside.locator("main")).to_contain_text("For both of them.", timeout=PATIENCE)
    assert len(preview.stage.runs) == 2


def test_progress_is_there_after_a_restart(browser: Browser, library: Path, tmp_path: Path) -> None:
    kept = tmp_path / "progress.json"
    with Preview(Workshop(library, DAY), DAY, progress=kept) as running:
        writer = author(browser, running, library, f"m/{MODULE}")
        writer.course.locator(".next").click()
        writer.page.get_by_role("tab", name="State", exact=True).click()
        expect(writer.page.locator("#panel-state pre")).not_to_be_empty(timeout=PATIENCE)
        state = writer.page.locator("#panel-state pre").inner_text()
        address = running.address()
    expect(writer.page.get_by_text("The preview has ended.")).to_be_visible(timeout=PATIENCE)
    with Preview(Workshop(library, DAY), DAY, progress=kept) as again:
        assert again.address() == address
        expect(writer.page.get_by_text("The preview has ended.")).to_be_hidden(timeout=PATIENCE)
        expect(writer.page.locator("#panel-state pre")).to_have_text(state, timeout=PATIENCE)


def test_somebody_elses_package(browser: Browser, every_block: dict[str, object], tmp_path: Path) -> None:
    zip_ = tmp_path / "course.zip"
    shutil.copy(every_block["scorm12"].path, zip_)  # type: ignore[attr-defined]
    with Preview(Stranger(zip_), DAY) as running:
        writer = author(browser, running, tmp_path, "zip")
        writer.course.locator(".next").click()
        expect(writer.page.locator(".entry")).not_to_have_count(0, timeout=PATIENCE)
        assert read_zip(zip_).find("imsmanifest.xml")
        zip_.write_bytes(b"PK")
        expect(writer.page.locator(".over")).to_contain_text("PKG-10", timeout=PATIENCE)


def resident() -> float:
    """The memory of this process, in megabytes."""
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


@pytest.mark.long
def test_two_hundred_saves_leave_nothing_behind(browser: Browser, tmp_path: Path) -> None:
    library = write(tmp_path / "modules")
    with Preview(Workshop(library, DAY), DAY) as running:
        writer = author(browser, running, library, "m/first?target=scorm12")
        sizes = []
        for number in range(200):
            writer.save(
                "first/pages/only.md", f"# Only a page\n\nSave {number}. Talk to {{local:debrief_contact}}.\n"
            )
            writer.sees(f"Save {number}.")
            if number % 50 == 49:
                sizes.append(resident())
        assert sizes[-1] - sizes[0] < 20, sizes
        assert writer.page.evaluate("document.querySelectorAll('iframe').length") == 1
