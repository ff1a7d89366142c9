"""From page to page: Back, double clicks, frames as tall as their page, and what is left at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner
from playwright.sync_api import BrowserContext, Frame, Locator, expect
from scorm import Launcher, Platform
from test_page import axe

from scormpack.batch import Built

DONE = re.compile(r"\bdone\b")
TALL = "document.querySelector('iframe').style.height = '4000px'"


@pytest.fixture
def course(every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything."""
    return platform(every_block["scorm12"])


def top_of(place: Locator, course: Platform) -> float:
    """How far below the top of the platform's window something stands, in pixels."""
    assert course.page is not None
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def go_back(course: Platform) -> None:
    """The browser's own Back, or a phone's gesture."""
    assert course.page is not None
    course.page.evaluate("history.back()")


def wait_for_page(frame: Frame, page: str) -> None:
    expect(frame.locator(f"main > section#{page}")).to_be_visible()


def test_the_browsers_back_leads_to_the_screen_before(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    screens = [learner.screen()]
    learner.forward()
    assert learner.here() == "questions"
    assert learner.screen() not in screens
    go_back(course)
    expect(learner.frame.locator("#questions h2").first).to_be_focused()
    assert learner.screen() == screens[0]
    go_back(course)
    wait_for_page(learner.frame, "start")
    learner.exit()
    go_back(course)
    expect(learner.frame.locator("#ended")).to_be_visible()
    expect(learner.frame.locator("main > section:not(#ended):visible")).to_have_count(0)


def test_back_leads_through_the_screens_of_the_page_before(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    while not learner.is_last_screen():
        learner.forward()
    last = learner.screen()
    learner.forward()
    assert learner.here() == "more-questions"
    learner.press(learner.frame.locator(".back"))
    assert learner.screen() == last


def test_back_after_a_welcome_leads_out_of_the_course_and_not_to_another_page(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.next()
    again = course.learner(course.launch())
    assert again.here() == "more-questions"
    assert again.frame.evaluate("history.state.page") == "more-questions"


def test_a_double_click_turns_one_screen(course: Platform) -> None:
    learner = course.learner(course.launch())
    frame, first = learner.frame, learner.screen()
    frame.locator(".bar .next").dblclick()
    expect(frame.locator("#help-card")).to_be_visible()
    expect(frame.locator("#help-card .card-front")).to_be_visible()  # nor is the card turned
    frame.locator(".bar .next").dblclick()
    expect(frame.locator("#help-card .card-back")).to_be_visible()
    frame.locator(".back").dblclick()
    assert learner.screen() == first


def test_a_double_click_leaves_one_question(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.frame.locator(".past .later").dblclick()
    assert learner.here() == "questions"
    expect(learner.frame.locator("main > .page:visible > .screen:visible")).to_have_count(1)
    learner.frame.locator(".back").dblclick()
    expect(learner.frame.locator("#questions h2").first).to_be_visible()


def test_a_key_that_is_held_down_turns_one_screen(course: Platform) -> None:
    frame = course.launch()
    assert course.page is not None
    frame.locator(".bar .next").focus()
    for _ in range(4):
        course.page.keyboard.down("Enter")
    course.page.keyboard.up("Enter")
    expect(frame.locator("#help-card .card-front")).to_be_visible()


def test_a_page_of_which_only_a_part_was_seen_is_not_ticked(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.go("the-end")
    learner.go("start")
    expect(learner.frame.locator('.contents a[href="#questions"]')).not_to_have_class(DONE)
    learner.go("questions")
    learner.next()
    expect(learner.frame.locator('.contents a[href="#questions"]')).not_to_have_class(DONE)
    learner.go("questions")
    learner.do_page()
    expect(learner.frame.locator('.contents a[href="#questions"]')).to_have_class(DONE)


def test_in_a_frame_that_is_taller_than_the_window_the_heading_comes_into_sight(course: Platform) -> None:
    frame = course.launch()
    assert course.page is not None
    course.page.evaluate(TALL)
    learner = Learner(frame)
    window = course.page.viewport_size
    assert window is not None
    for page in ("questions", "more-questions", "story"):
        learner.next()
        heading = frame.locator(f"#{page} h2").first
        assert 0 <= top_of(heading, course) < window["height"]


def test_in_a_frame_that_is_taller_than_the_window_the_welcome_comes_into_sight(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.next()
    course.close_tab()
    course.context.add_init_script(f"addEventListener('DOMContentLoaded', () => self === top && ({TALL}))")
    frame = course.launch()
    frame.locator(".welcome-back[open]").wait_for()
    assert course.page is not None
    window = course.page.viewport_size
    assert window is not None
    assert 0 <= top_of(frame.locator('.welcome-back [value="on"]'), course) < window["height"]


def test_the_result_leads_to_the_next_page_on_which_something_is_left(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.do_page()
    learner.go("more-questions")
    learner.do_page()
    learner.go("result")
    expect(learner.frame.locator(".left-to-do a").first).to_have_text(re.compile("^A story Not read yet · [12] min$"))
    expect(learner.frame.locator(".bar .next")).to_have_text("Carry on")
    learner.press(learner.frame.locator(".bar .next"))
    assert learner.here() == "story"


def test_a_story_that_was_ended_counts_without_its_last_button(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.go("story")
    (task,) = learner.tasks()
    learner.find(task)
    story = learner.element(task)
    while True:
        situation = story.locator(".situation:visible")
        choice = situation.locator('li[data-rating="best"]:not([data-next=""])').first
        leads_to = choice.get_attribute("data-next")
        learner.press(choice.locator("> .choice"))
        if story.locator(f'.ending[data-node="{leads_to}"]').count():
            break
        learner.check()
    learner.next()
    learner.go("result")
    gaps = learner.frame.locator(".result a", has_text="A story")
    expect(gaps).to_have_count(0)
    learner.go("story")
    expect(story.locator(".ending:visible")).to_have_count(1)


def test_from_beside_the_course_one_comes_back_to_the_very_screen(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.forward()
    before = learner.screen()
    learner.go("about")
    learner.press(learner.frame.locator(".bar .next"))
    assert learner.screen() == before


def test_back_under_the_welcome_turns_no_page(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.next()
    frame = course.launch()
    expect(frame.locator(".welcome-back[open]")).to_be_visible()
    first = Learner(frame).screen()
    frame.evaluate("dispatchEvent(new PopStateEvent('popstate', {state: {page: 'questions', screen: 0}}))")
    assert Learner(frame).screen() == first


def test_a_double_click_at_the_end_of_a_story_chooses_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.go("story")
    learner.do("the-story")
    learner.frame.locator("#the-story .restart").dblclick()
    expect(learner.frame.locator("#the-story .situation:visible")).to_have_count(1)
    expect(learner.frame.locator("#the-story .outcome:visible")).to_have_count(0)


def test_a_list_to_answer_is_short_and_opens_for_its_reasons(opened_module: Callable[..., Any]) -> None:
    with opened_module("leading-the-team") as page:
        learner = Learner(page.main_frame)
        learner.go("where-are-we-now")
        learner.find("where-are-we")
        asked = page.locator(".recommendation")
        expect(asked).to_have_count(7)
        assert page.evaluate("document.querySelector('main').scrollHeight") <= 1700
        first = page.get_by_role("group", name=asked.first.locator("summary").inner_text())
        expect(first.get_by_role("radio")).to_have_count(3)
        asked.first.locator("summary").click()
        expect(asked.first.locator("li").first).to_be_visible()
        assert axe(page.main_frame) == []


def test_the_address_may_ask_for_a_screen(alone: tuple[BrowserContext, str]) -> None:
    context, folder = alone
    page = context.new_page()
    shown = "document.querySelector('main > .page:not([hidden])')"
    where = (
        f"[{shown}.id, [...{shown}.querySelectorAll('.screen')].findIndex((screen) => !screen.hidden), "
        "document.querySelectorAll('.welcome-back[open]').length]"
    )

    def arrive(address: str) -> list[object]:
        page.goto("about:blank")
        page.goto(f"{folder}index.html{address}")
        page.wait_for_function("document.documentElement.classList.contains('runs')")
        expect(page.locator(".sign")).not_to_have_text("")
        found: list[object] = page.evaluate(where)
        return found

    assert arrive("") == ["start", 0, 0]
    page.locator(".next").click()
    assert arrive("#questions~1") == ["questions", 1, 0]
    assert arrive("#questions") == ["questions", 0, 0]
    assert arrive("#questions~99") == ["questions", 0, 0]
    assert arrive("#result")[0] == "result"
    assert arrive("#%00~-1")[2] == 1  # no page of the course: the learner is asked, as always
