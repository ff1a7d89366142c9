"""What a library or a module may choose: limited tries, the last word of SCORM 1.2, how a finished course is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from scorm import Change, Platform

from scormpack.content.load import load_module
from scormpack.course.state import largest_state

TWO_TRIES = (
    "every-block/module.yaml",
    "sensitivity: [death]",
    "sensitivity: [death]\nassessment: {attempts: 2, pass_mark: 60}",
)
COMPLETED = ("library.yaml", "topics:", "scorm: {passed_status: completed}\ntopics:")
NORMAL = ("library.yaml", "topics:", "scorm: {exit: normal}\ntopics:")
TARGETS = ["scorm12", "scorm2004-3rd"]


def status(course: Platform) -> tuple[str, ...]:
    """The standard's words for where the learner stands."""
    elements = (
        ("cmi.core.lesson_status",)
        if course.standard == "scorm12"
        else ("cmi.completion_status", "cmi.success_status")
    )
    return tuple(course.record.get(element, "") for element in elements)


@pytest.mark.parametrize("target", TARGETS)
def test_tries_are_counted_over_visits_and_only_the_last_one_fails(
    changed: Callable[[Change, str], Platform], target: str
) -> None:
    course = changed(TWO_TRIES, target)
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    learner.exit()
    undecided = ("incomplete",) if target == "scorm12" else ("incomplete", "")
    assert status(course) == undecided  # one try is left

    again = course.learner(course.launch(), wrong=["who-first"])
    again.go("questions")
    again.find("who-first")
    expect(again.frame.locator(".says")).to_contain_text("Tries left: 1")
    again.do("who-first")
    expect(again.frame.locator(".says")).to_contain_text("You have used all your tries")
    expect(again.frame.locator(".bar .next")).to_have_text("Continue")
    expect(again.element("who-first").locator("input").first).to_be_disabled()
    again.go("result")
    expect(again.frame.locator(".result-verdict")).to_contain_text("You have not passed this time.")
    again.exit()
    assert status(course) == (("failed",) if target == "scorm12" else ("completed", "failed"))
    assert course.check() == []


@pytest.mark.parametrize("target", TARGETS)
def test_the_largest_state_counts_tries(
    changed: Callable[[Change, str], Platform], target: str, tmp_path: Path
) -> None:
    course = changed(TWO_TRIES, target)
    # All options chosen is the longest answer; it is wrong, and the others still pass.
    learner = course.learner(course.launch())
    learner.look_through()
    for page, question in (("questions", "what-helps"), ("more-questions", "what-to-notice")):
        learner.go(page)
        learner.find(question)
        learner.give(question, "abc")
        learner.check()
    for page in ("questions", "more-questions", "story"):
        learner.go(page)
        for task in learner.tasks():
            if task not in ("what-helps", "what-to-notice"):
                learner.do(task)
        learner.rewind()
        learner.look_through()
    for page in ("to-keep", "the-end", "result"):
        learner.go(page)
        learner.look_through()
    learner.go("more-questions")
    learner.sign()
    assert len(course.record["cmi.suspend_data"]) == largest_state(load_module(tmp_path / "library" / "every-block"))


def test_the_last_word_of_scorm_12_can_be_completed(changed: Callable[[Change, str], Platform]) -> None:
    course = changed(COMPLETED, "scorm12")
    learner = course.learner(course.launch())
    learner.take()
    learner.exit()
    assert status(course) == ("completed",)
    again = course.learner(course.launch())
    again.exit()
    assert status(course) == ("completed",)
    assert course.check() == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_finished_course_can_end_the_attempt(changed: Callable[[Change, str], Platform], target: str) -> None:
    course = changed(NORMAL, target)
    exit_element = "cmi.core.exit" if target == "scorm12" else "cmi.exit"
    learner = course.learner(course.launch())
    learner.next()
    learner.exit()
    assert course.record[exit_element] == "suspend"  # not finished yet
    again = course.learner(course.launch())
    again.take()
    again.exit()
    assert course.record[exit_element] == ("" if target == "scorm12" else "normal")
    assert status(course) == (("passed",) if target == "scorm12" else ("completed", "passed"))
    assert course.check() == []
