"""My cards: those that were met, each to open, all to print, four on a sheet; and before and after, side by side."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner
from pdf import squeezed, words_of
from playwright.sync_api import Browser, BrowserContext, Frame, expect
from scorm import Change, Launcher, Platform
from test_page import SAMPLE_MODULES, axe

from scormpack.batch import Built
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

SHEET = re.compile(rb"/Type /Page\b")
MEET_ALL = """() => {
  window.print = () => {};
  for (const card of document.querySelectorAll('sp-card')) card.lead.press();
}"""
AGAIN = (
    "every-block/pages/the-end.md",
    "```key_messages",
    "```confidence\nid: now\nprompt: And now?\n```\n\n```key_messages",
)


@pytest.fixture
def course(every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, and so with one card."""
    return platform(every_block["scorm12"])


def shown(frame: Frame) -> list[str]:
    """What stands on the page of the cards, line by line."""
    lines = frame.locator("#cards").locator("> p, summary, h3, li, .avoid, .card-back > p, button")
    return [" ".join(each.inner_text().split()) for each in lines.all() if each.is_visible()]


def test_a_card_that_was_turned_is_kept_and_opens_in_place(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.go("cards")
    assert shown(learner.frame) == [
        "You have not met a card yet. Each one that you turn comes here.",
        "Still to come",
        "Help",
    ]
    assert axe(learner.frame) == []
    learner.press(learner.frame.locator(".back"))
    assert learner.here() == "start"
    learner.find("help-card")
    learner.press(learner.frame.locator(".bar .next"))
    learner.go("cards")
    expect(learner.frame.locator(".kept-card .card-back")).to_be_hidden()
    learner.press(learner.frame.locator(".kept-card summary"))
    assert "What if I need help?" in shown(learner.frame)
    assert "Do not: wait too long." in shown(learner.frame)
    assert "Who would you call?" not in shown(learner.frame)  # a question for a group
    expect(learner.frame.locator(".cards-ahead")).to_be_hidden()
    assert axe(learner.frame) == []


def test_a_card_of_an_earlier_visit_is_kept(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.exit()
    state = course.record["cmi.suspend_data"]
    again = course.learner(course.launch())
    again.go("cards")
    expect(again.frame.locator(".kept-card h3")).to_have_text("What if I need help?")
    again.exit()
    assert "card" not in state + course.record["cmi.suspend_data"]


def test_the_cards_fit_on_a_small_phone(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"], viewport={"width": 320, "height": 640})
    learner = course.learner(course.launch())
    learner.next()
    learner.go("cards")
    learner.press(learner.frame.locator(".kept-card summary"))
    for size in ("1", "4"):
        learner.frame.evaluate("size => { document.documentElement.dataset.size = size }", size)
        assert learner.frame.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_four_cards_fit_on_one_sheet(
    module: str, sample: dict[tuple[str, str, str], Built], browser: Browser
) -> None:
    with serve(read_zip(sample[module, "willow-lane", "web"].path)) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}course/index.html")
        page.evaluate(MEET_ALL)
        page.locator('.contents a[href="#cards"]').evaluate("link => link.click()")
        page.locator("#cards .print").evaluate("button => button.click()")
        paper = page.pdf(format="A4")
        cards = page.locator("sp-card")
        assert len(SHEET.findall(paper)) == math.ceil(cards.count() / 4)
        backs = cards.locator(".card-back > p, .card-back > ol > li").all_text_contents()
        printed = words_of(paper)
        assert [text for text in backs if squeezed(text) not in printed] == []


def test_the_result_leads_to_the_cards_once_all_is_done(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.go("result")
    link = learner.frame.locator('#result a[href="#cards"]')
    expect(link).to_be_hidden()
    learner.go("start")
    learner.take()
    expect(link).to_be_visible()
    learner.press(link)
    assert learner.here() == "cards"


def test_on_a_desk_the_back_of_a_card_has_two_columns(opened_module: Callable[..., Any]) -> None:
    with opened_module("may-have-died", 1280, 800) as page:
        learner = Learner(page.main_frame)
        learner.go("call-stay-write")
        learner.find("arrive-may-have-died")
        learner.check()
        back = learner.element("arrive-may-have-died")
        first, avoid = back.locator("ol li").first.bounding_box(), back.locator(".avoid").bounding_box()
        assert first is not None
        assert avoid is not None
        assert first["x"] + first["width"] <= avoid["x"]
        assert page.evaluate("document.documentElement.scrollHeight") <= 1000
        assert axe(page.main_frame) == []


def test_without_scripts_there_is_no_list_of_cards(every_block: dict[str, Built], scriptless: BrowserContext) -> None:
    with serve(read_zip(every_block["web"].path)) as url:
        page = scriptless.new_page()
        page.goto(f"{url}course/index.html")
        expect(page.locator("#help-card .card-back")).to_be_visible()
        expect(page.locator("#cards")).to_be_hidden()
        expect(page.locator('.contents a[href="#cards"]')).to_be_hidden()


# Before and after


def test_how_sure_one_was_and_is_stands_side_by_side(changed: Callable[[Change, str], Platform]) -> None:
    course = changed(AGAIN, "scorm12")
    learner = course.learner(course.launch())
    learner.go("the-end")
    learner.find("now")
    now = learner.element("now")
    learner.choose(now.locator('input[value="3"]'))
    expect(now.locator(".verdict")).to_have_text("Thank you. You can change it at any time.")
    learner.go("more-questions")
    learner.find("how-sure")
    learner.choose(learner.element("how-sure").locator('input[value="2"]'))
    expect(learner.element("how-sure").locator(".verdict")).to_have_text("Thank you. You can change it at any time.")
    learner.go("the-end")
    learner.find("now")
    expect(now.locator(".verdict")).to_have_text("At the start: A little sure. Now: Quite sure.")
    learner.choose(now.locator('input[value="1"]'))
    expect(now.locator(".verdict")).to_have_text(
        "Thank you. You can change it at any time. At the start: A little sure. Now: Not sure at all."
    )
    tops = now.locator(".then-now > span").evaluate_all("all => all.map(each => each.offsetTop)")
    assert tops[0] == tops[1]
    assert axe(learner.frame) == []
    learner.go("result")
    expect(learner.frame.locator(".sureness")).to_have_text(
        "How sure are you that you know who to call? At the start: A little sure. Now: Not sure at all."
    )
    learner.exit()
    asked = [value for element, value in course.record.items() if element.endswith(".type")]
    assert asked == ["likert", "likert", "likert"]


def test_one_scale_alone_is_compared_with_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.take()
    expect(learner.frame.locator(".then-now")).to_have_count(0)
    expect(learner.frame.locator(".result")).not_to_contain_text("How sure you felt")
