"""Things put into groups, or to what goes with them: looked over in short rows, and the way to what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from learner import Learner
from playwright.sync_api import Page, expect
from test_page import axe

Open = Callable[..., Any]
SORT = "my-role-or-not"  # in the module "your-role": eight things, the most that the sample library has
TWO_SCREENS = 2 * 667
LENGTH = "() => document.querySelector('main').scrollHeight + document.querySelector('.top').offsetHeight"


def answered(page: Page, wrong: bool) -> Learner:
    """Someone who has put all eight into a group, and checked."""
    learner = Learner(page.main_frame, wrong=[SORT] if wrong else [])
    learner.go("sort-the-tasks")
    learner.find(SORT)
    learner.do(SORT)
    return learner


def test_what_was_chosen_is_looked_over_on_two_screens(opened_module: Open) -> None:
    with opened_module("your-role") as page:
        learner = answered(page, wrong=True)
        assert page.evaluate(LENGTH) <= TWO_SCREENS
        learner.wrong = set()
        learner.do(SORT)
        assert page.evaluate(LENGTH) <= TWO_SCREENS


def test_the_rows_say_on_one_side_what_it_is_and_on_the_other_what_was_chosen(opened_module: Open) -> None:
    with opened_module("your-role") as page:
        answered(page, wrong=False)
        for row in page.locator(".item").all():
            what, chosen = row.locator("legend").bounding_box(), row.locator(".choice:visible").bounding_box()
            assert what is not None
            assert chosen is not None
            assert what["x"] + what["width"] <= chosen["x"]
            assert chosen["height"] >= 44


def test_it_says_how_many_are_right_and_shows_the_first_that_is_not(opened_module: Open) -> None:
    with opened_module("your-role") as page:
        learner = answered(page, wrong=True)
        expect(page.locator(".says")).to_contain_text("Right so far: 7 of 8.")
        wrong = page.locator(".item.bad")
        expect(wrong).to_have_count(1)
        row, sheet = wrong.bounding_box(), page.locator(".says").bounding_box()
        assert row is not None
        assert sheet is not None
        assert row["y"] >= 52
        assert row["y"] + row["height"] <= sheet["y"] + 1
        expect(wrong.locator(".why-this")).to_be_visible()
        assert axe(learner.frame) == []


def test_why_what_is_right_is_right_can_be_read_one_by_one(opened_module: Open) -> None:
    with opened_module("your-role") as page:
        answered(page, wrong=False)
        reasons = page.locator(".item .why-this:visible")
        expect(reasons).to_have_count(0)
        page.locator(".each summary").click()
        expect(reasons).to_have_count(8)
        assert axe(page.main_frame) == []
        page.locator(".item .choice:visible").first.click()  # to change an answer
        expect(page.locator(".each")).to_be_hidden()


def test_with_large_text_each_stands_above_what_was_chosen(opened_module: Open) -> None:
    with opened_module("your-role", 320, 568) as page:
        answered(page, wrong=True)
        page.evaluate("document.querySelector('[name=reading-size][value=\"4\"]').click()")
        what = page.locator(".item legend").first.bounding_box()
        chosen = page.locator(".item .choice:visible").first.bounding_box()
        assert what is not None
        assert chosen is not None
        assert what["y"] + what["height"] <= chosen["y"] + 1
        assert chosen["width"] >= 200
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
