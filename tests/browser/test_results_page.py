"""What results show as it is seen: by a screen reader, on a small phone, in the dark, in two colours, on paper."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

import pytest
from paths import SAMPLE
from pdf import squeezed, words_of
from playwright.sync_api import Browser, Page
from test_page import SMALLEST, TOO_WIDE, axe

from scormpack.batch import plan
from scormpack.content.load import load_library
from scormpack.report import gather
from scormpack.report.page import as_html
from scormpack.report.values import Answers, Finishing, Learner, Month, ReadFile, Results, Sureness

DAY = datetime.date(2026, 11, 23)
TITLE = "Your role when someone is dying at home"
WHERE = ("your-role", TITLE)
WIDER = "() => document.documentElement.scrollWidth > innerWidth ? [document.documentElement.scrollWidth] : []"
LONGEST = "=".join(["A question that goes on for as long as any question may, and a little longer"] * 3)
RESULTS = Results(
    names="keep",
    people=3,
    due=DAY,
    read=(ReadFile("a-file-with-a-long-name.csv", "Moodle: activity completion", 3, ("Not all of it.",)),),
    modules=(Finishing(*WHERE, 3, 1, 1, 0, 1, 2, ("completion.csv", "statements.jsonl")),),
    learners=(
        Learner("Łucja Example", *WHERE, "finished", DAY, "1.0.0", "record", None, False, ("completion.csv, row 2",)),
        Learner("Ömer", *WHERE, "not_passed", None, "1.0.0", "platform", DAY, True, ("completion.csv, row 3",)),
        Learner("a-name@as-long-as-an-address.example", *WHERE, "not_begun", None, "", "", DAY, False, ()),
    ),
    months=(Month("", 1, 10, 0, 0), *(Month(f"2026-{n:02}", n, 9 * n * n, n, 8 * n * n) for n in range(1, 13))),
    answers=tuple(Answers(*WHERE, f"q{n}", LONGEST, 9, n) for n in range(10)),
    sureness=(Sureness(*WHERE, "How sure are you?", "And now?", 5, 1.2, 3.4),),
    too_few=2,
)
Scheme = Literal["light", "dark"]
Forced = Literal["active", "none"]
NARROW, WIDE = SMALLEST["width"], 1280
LOOKS: list[tuple[Scheme, Forced, int]] = [
    *(("light", "none", NARROW), ("dark", "none", NARROW), ("light", "active", NARROW)),
    *(("light", "none", WIDE), ("dark", "none", WIDE)),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample library with these results."""
    work = plan(load_library(SAMPLE), DAY, ["your-role", "hard-questions"])
    made = tmp_path_factory.mktemp("report") / "report.html"
    made.write_text(as_html(gather(work, ["your-role", "hard-questions"], results=RESULTS)), encoding="utf-8")
    return made


def opened(
    browser: Browser, file: Path, scheme: Scheme = "light", forced: Forced = "none", width: int = NARROW
) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, forced_colors=forced)
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize(("scheme", "forced", "width"), LOOKS)
def test_everybody_can_read_it(browser: Browser, file: Path, scheme: Scheme, forced: Forced, width: int) -> None:
    page = opened(browser, file, scheme, forced, width)
    assert page.evaluate(TOO_WIDE if width == NARROW else WIDER) == []
    assert axe(page.main_frame) == []
    page.close()


def test_a_picture_is_said_by_its_title_and_what_it_shows(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    for name in ("Hours of learning by month", "Right the first time, by question", "Recommendations by module"):
        assert page.get_by_role("img", name=name).count() == 1
    page.close()


def test_no_label_in_a_picture_is_cut_off_on_the_smallest_screen(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    wide = """() => [...document.querySelectorAll("svg text")].filter((each) =>
        each.getBoundingClientRect().right > each.ownerSVGElement.getBoundingClientRect().right + 1
        || each.getBoundingClientRect().left < each.ownerSVGElement.getBoundingClientRect().left - 1)
        .map((each) => each.textContent)"""
    assert page.evaluate(wide) == []
    page.close()


def test_in_two_colours_a_bar_is_seen_before_its_track(browser: Browser, file: Path) -> None:
    page = opened(browser, file, forced="active")
    fills = "each => [getComputedStyle(each).fill, getComputedStyle(document.body).backgroundColor]"
    fill, ground = page.locator("svg .bar").last.evaluate(fills)
    assert fill != ground
    page.close()


def test_all_of_it_is_on_paper(browser: Browser, file: Path) -> None:
    page = opened(browser, file, width=WIDE)
    words = words_of(page.pdf())
    wanted = (
        "Who has finished what",
        "Ömer",
        "completion.csv, row 3",
        "September 2026: 12 h 9 min",
        "And now?",
    )
    assert [each for each in wanted if squeezed(each) not in words] == []
    page.close()
