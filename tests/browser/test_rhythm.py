"""The rhythm of a module on a phone: no screen over two windows, and the one main button always in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from learner import Learner
from playwright.sync_api import expect
from test_page import SAMPLE_MODULES

from scormpack.render.brand import contrast, luminance

WINDOW = (375, 667)
MOST = 2 * WINDOW[1]
# Where the bar ends, how high the screen is, and the words that it begins with.
SEEN = """() => {
  scrollTo(0, 0);
  const shown = document.querySelector('main > section:not([hidden])').innerText.trim();
  const {bottom} = document.querySelector('.foot').getBoundingClientRect();
  return [Math.round(bottom * 10) / 10, document.documentElement.scrollHeight, shown.slice(0, 60)];
}"""
# How wide each paragraph is, in its own letters.
WIDTHS = """() => [...document.querySelectorAll('main p, main li, main dd')]
  .filter(each => each.offsetWidth && !each.closest('.unseen'))
  .map(each => each.clientWidth / parseFloat(getComputedStyle(each).fontSize))"""
# How many choices stand beside each other, row by row.
ROWS = """() => Object.values([...document.querySelectorAll('.choices li')].filter(each => each.offsetWidth)
  .reduce((rows, {offsetTop}) => ({...rows, [offsetTop]: (rows[offsetTop] ?? 0) + 1}), {}))"""

Open = Callable[..., Any]


def screens(learner: Learner) -> list[tuple[float, int, str]]:
    """Each screen as it is before anything is answered, with the backs of the cards, to the result."""
    found: list[tuple[float, int, str]] = []
    while True:
        found.append(tuple(learner.frame.evaluate(SEEN)))
        sight = learner.sight()
        if sight.page == "result":
            return found
        learner.press(learner.frame.locator(".past .later" if sight.has_later else ".bar .next"))


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_no_screen_is_over_two_windows_and_the_bar_stays_in_its_place(module: str, opened_module: Open) -> None:
    with opened_module(module, *WINDOW) as page:
        seen = screens(Learner(page.main_frame))
    assert [(height, words) for _, height, words in seen if height > MOST] == []
    assert {bottom for bottom, _, _ in seen} == {WINDOW[1]}


def test_a_number_to_call_is_a_large_target_wherever_it_stands_alone(opened_module: Open) -> None:
    """999 and 111 are short words."""
    with opened_module("medicines-your-limits", *WINDOW) as page:
        learner = Learner(page.main_frame)
        learner.go("before-you-go")
        learner.look_through()
        page.locator(".help summary").click()
        links = page.locator(".contacts a.tel, .local dd a.tel, .help li a").filter(visible=True)
        assert links.count() >= 6
        sizes = links.evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(({width, height}) => [width, height])"
        )
        assert [size for size in sizes if min(size) < 44] == []


def test_who_can_be_called_stands_apart_from_the_next(opened_module: Open) -> None:
    """More room between two of them than between a name and its number."""
    with opened_module("after-the-death", *WINDOW) as page:
        learner = Learner(page.main_frame)
        learner.go("before-you-go")
        contacts = page.locator(".signpost .contacts li")
        boxes = contacts.evaluate_all(
            """all => all.map(each => [...each.children].map(part => part.getClientRects()[0]))
              .map(parts => [parts[0].top, parts[parts.length - 1].bottom])"""
        )
        gaps = [after[0] - before[1] for before, after in pairwise(boxes)]
        assert min(gaps) >= 18


@pytest.mark.parametrize(("width", "height"), [(375, 667), (650, 666), (1280, 800)])
def test_no_answer_stands_alone_in_its_row(opened_module: Open, width: int, height: int) -> None:
    with opened_module("leading-the-team", width, height) as page:
        learner = Learner(page.main_frame)
        learner.go("before-you-start")
        learner.look_through()
        tops = page.locator(".confidence:visible .scale label").evaluate_all("all => all.map(each => each.offsetTop)")
        assert {tops.count(top) for top in tops} <= {2, 4}


@pytest.mark.parametrize(("width", "height"), [(650, 666), (768, 1024), (844, 390), (1280, 800)])
def test_no_line_is_longer_than_the_eye_follows(opened_module: Open, width: int, height: int) -> None:
    """80 characters (WCAG 2.2, 1.4.8), of which each takes about 0.455 em; of the usual text, 75."""
    with opened_module("may-have-died", width, height) as page:
        learner = Learner(page.main_frame)
        widths: list[float] = []
        while (sight := learner.sight()).page != "result":
            widths += page.evaluate(WIDTHS)
            learner.press(page.locator(".past .later" if sight.has_later else ".bar .next"))
    assert len(widths) > 40
    assert [each for each in widths if each > 80 * 0.455] == []


def test_choices_of_a_story_make_even_rows_on_a_desk(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", 1280, 800) as page:
        learner = Learner(page.main_frame)
        learner.go("story-mrs-lewis")
        learner.find("mrs-lewis")
        rows = [page.evaluate(ROWS)]
        learner.press(page.locator('.situation:visible li[data-rating="best"] > .choice'))
        learner.check()
        rows.append(page.evaluate(ROWS))
    assert rows == [[3], [2, 2]]


@pytest.mark.parametrize(
    ("module", "page_of_story", "story"),
    [("emergencies-in-the-plan", "story-heavy-legs", "heavy-legs"), ("oxygen-at-home", "story-the-cake", "the-cake")],
)
def test_on_a_desk_every_choice_of_a_story_is_in_sight(
    opened_module: Open, module: str, page_of_story: str, story: str
) -> None:
    with opened_module(module, 1280, 800) as page:
        learner = Learner(page.main_frame)
        learner.go(page_of_story)
        learner.find(story)
        choices, foot = page.locator(".choices:visible").bounding_box(), page.locator(".foot").bounding_box()
        assert choices
        assert foot
        assert choices["y"] + choices["height"] <= foot["y"]


def test_on_a_phone_on_its_side_no_word_is_broken_in_the_rail(opened_module: Open) -> None:
    with opened_module("may-have-died", 667, 375) as page:
        Learner(page.main_frame).go("result")
        words = page.locator(".to-contents .at")
        expect(words).to_have_text("Contents")
        assert words.evaluate("words => words.offsetHeight") < 30  # one line of it is 19 px high


def test_at_night_the_front_of_a_card_does_not_dazzle(opened_module: Open) -> None:
    with opened_module("may-have-died", *WINDOW, color_scheme="dark") as page:
        learner = Learner(page.main_frame)
        learner.go("call-stay-write")
        learner.find("arrive-may-have-died")
        front = page.locator(".card-front:visible")
        colours = front.evaluate("front => [getComputedStyle(front).backgroundColor, getComputedStyle(front).color]")
        ground, words = ("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", each)) for each in colours)
        assert luminance(ground) < 0.05
        assert contrast(ground, words) >= 7
