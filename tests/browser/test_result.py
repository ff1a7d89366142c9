"""The result: one true sentence, what is left and the way there, and a moment of pleasure where that hurts nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from learner import Learner
from playwright.sync_api import BrowserContext, Locator, expect
from scorm import Change, Launcher, Platform
from test_page import axe

from scormpack.batch import Built

GENTLE = ("every-block/module.yaml", "sensitivity: [death]", "sensitivity: [none]")
PLAIN = "This is not an easy subject. Take a moment for yourself before you go on."
WARM = "You gave this your time and your thought. Now put the kettle on."
FAILED = "You have not passed this time. Please talk to your manager about what comes next."
KEPT = "Your answers are kept. To stop here, open the contents and choose “Save and exit”."
ONE_TRY = ("every-block/module.yaml", "\nsafety:", "\nassessment: {attempts: 1}\nsafety:")


@pytest.fixture
def course(every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, which is about death."""
    return platform(every_block["scorm12"])


def result(learner: Learner) -> list[str]:
    """What the result page says, line by line."""
    for folded in learner.frame.locator(".result details:not([open]) summary").all():
        learner.press(folded)
    lines = learner.frame.locator("#result > p:visible, .result li, .result > :is(p, h3), .result summary")
    return [" ".join(text.split()) for text in lines.all_inner_texts()]


def main_button(learner: Learner) -> Locator:
    return learner.frame.locator(".bar .next")


def test_what_is_left_is_named_and_the_main_button_leads_to_the_first_of_it(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["what-helps", "say-no"])
    learner.next()
    learner.do_page()
    learner.next()
    learner.do_page()
    learner.next()
    learner.go("result")
    expect(learner.frame.locator(".result-verdict")).to_have_text("Nearly there. 4 things are left.")
    assert result(learner)[1:] == [
        "Some questions Question 2 · Not right yet",
        "A story Not read yet · 1 min",
        "To keep Not read yet · 2 min",
        "The end Not read yet · 1 min",
        "Have another look at",
        "More questions Question 1 · Not right yet",
        KEPT,
    ]
    assert axe(learner.frame) == []
    expect(main_button(learner)).to_have_text("Carry on")
    learner.press(main_button(learner))
    expect(learner.frame.locator("#what-helps legend")).to_be_focused()


def test_one_thing_is_left(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    assert result(learner) == [
        "Nearly there. One thing is left.",
        "Some questions Question 1 · Right answer needed",
        "What went well",
        "More questions",
        KEPT,
    ]
    learner.press(learner.frame.locator(".left-to-do a"))
    learner.wrong = set()
    learner.do("who-first")
    learner.go("result")
    assert result(learner)[0] == "You have passed. Well done."


def test_what_need_not_be_right_is_only_to_be_looked_at_again(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["say-no"])
    learner.take()
    assert learner.sign() == "saved"
    assert result(learner) == [
        "You have passed. Well done.",
        PLAIN,
        "Your score is 86 out of 100. You need 80.",
        "What went well",
        "Some questions",
        "Have another look at",
        "More questions Question 1 · Not right yet",
    ]
    expect(learner.frame.locator("#result .cup")).to_have_count(0)
    expect(main_button(learner)).to_have_text("Save and exit")
    learner.press(main_button(learner))
    expect(learner.frame.locator("#ended")).to_be_visible()


def test_a_wrong_answer_after_passing_takes_nothing_back(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.take()
    learner.exit()
    again = course.learner(course.launch(), wrong=["who-first"])
    again.go("questions")
    again.do("who-first")
    again.go("result")
    assert result(again)[0] == "You have passed. Well done."
    expect(again.frame.locator(".left-to-do")).to_have_count(0)


def test_a_drawing_where_the_subject_is_not_grave(changed: Callable[[Change, str], Platform]) -> None:
    course = changed(GENTLE, "scorm12")
    learner = course.learner(course.launch())
    learner.go("result")
    expect(learner.frame.locator("#result .cup")).to_be_hidden()
    learner.go("start")
    learner.take()
    expect(learner.frame.locator("#result .cup")).to_be_visible()
    assert result(learner)[:2] == ["You have passed. Well done.", WARM]
    assert axe(learner.frame) == []


def test_without_a_platform_the_certificate_is_there_at_once(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = context.new_page()
    page.goto(f"{url}index.html")
    learner = Learner(page.main_frame)
    learner.take()
    assert result(learner)[0] == "You have passed. Well done."
    expect(page.locator(".certificate")).to_be_visible()
    expect(main_button(learner)).to_have_text("My cards")  # there is no platform to go back to
    learner.press(main_button(learner))
    assert learner.here() == "cards"
    learner.press(main_button(learner))
    assert learner.here() == "result"


def test_nothing_is_asked_for_that_can_no_longer_be_done(changed: Callable[[Change, str], Platform]) -> None:
    course = changed(ONE_TRY, "scorm12")
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    assert result(learner) == [
        FAILED,
        "Your score is 86 out of 100. You need 80.",
        "What went well",
        "More questions",
        "Have another look at",
        "Some questions Question 1 · No tries left",
    ]
    expect(main_button(learner)).to_have_text("Save and exit")


def test_a_visit_that_does_not_count_is_not_judged(course: Platform) -> None:
    learner = course.learner(course.launch(elements={"cmi.core.credit": "no-credit"}), wrong=["who-first"])
    learner.take()
    assert learner.sign() == "uncounted"
    assert result(learner)[:2] == [
        "This visit does not count, so nothing is recorded of how it went.",
        "Some questions Question 1 · Right answer needed",
    ]
    expect(learner.frame.locator("#result .when-done:visible")).to_have_count(0)


def test_the_result_fits_on_a_small_phone(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"], viewport={"width": 320, "height": 640})
    learner = course.learner(course.launch())
    learner.go("result")
    heights = learner.frame.locator(".left-to-do a").evaluate_all("all => all.map(link => link.offsetHeight)")
    assert len(heights) == 6
    assert min(heights) >= 44
    assert learner.frame.evaluate("document.documentElement.scrollWidth") <= 320
