"""Platforms that are missing, broken or late: the course goes on, and says what is true."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from learner import Learner
from playwright.sync_api import Browser, expect
from scorm import Change, Launcher, Platform
from stamps import plain

from scormpack.batch import Built

ONE_TRY = ("every-block/module.yaml", "sensitivity: [death]", "sensitivity: [death]\nassessment: {attempts: 1}")


@pytest.fixture(params=["scorm12", "scorm2004-3rd"])
def course(request: pytest.FixtureRequest, every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, for each of the two APIs."""
    return platform(every_block[request.param])


def answers(state: str) -> str:
    """A saved state without what tells each question from itself after a change."""
    return re.sub(r"~\w{4}", "", state)


@pytest.mark.parametrize("fault", ["missing", "refusing", "throwing"])
def test_a_course_without_a_platform_is_taken_to_its_end_and_says_so(course: Platform, fault: str) -> None:
    frame = course.launch(fault=fault)
    learner = course.learner(frame)
    learner.next()
    learner.do("who-first")  # while the platform is still looked for
    expect(frame.locator(".sign")).to_have_attribute("data-sign", "alone")
    expect(frame.locator("p.said")).to_contain_text("Not saved")
    expect(frame.locator(".exit")).to_have_attribute("hidden", "")
    learner.take()
    expect(frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    expect(frame.locator(".bar .next")).to_have_text("My cards")


def test_a_platform_that_keeps_nothing_is_not_believed(course: Platform) -> None:
    learner = course.learner(course.launch(fault="mute"))
    learner.take()
    # It names nobody, so that nothing may be kept on a device that others use, too.
    assert learner.sign() == "unsaved"
    expect(learner.frame.locator("p.said")).to_have_text("Not saved. You can go on. We will try again.")
    expect(learner.frame.locator(".certificate")).to_be_hidden()
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("We could not save your progress")


def test_a_platform_that_appears_late_is_found_and_told_everything(course: Platform) -> None:
    frame = course.launch(fault="late")
    learner = course.learner(frame)
    learner.next()
    learner.do("who-first")
    learner.do("what-helps")
    expect(frame.locator(".sign")).to_have_attribute("data-sign", "saved")
    record = course.record
    assert "who-first=b,what-helps=ac" in answers(record["cmi.suspend_data"])
    assert record["cmi.interactions.0.id"] == "every-block.who-first"
    assert record["cmi.interactions.1.id"] == "every-block.what-helps"
    learner.exit()
    assert course.check() == []


def test_what_was_done_before_a_late_platform_joins_what_it_had(course: Platform) -> None:
    first = course.learner(course.launch())
    first.next()
    first.do_page()
    first.exit()
    second = Learner(course.launch_late())
    second.go("more-questions")
    second.do("say-no")
    course.come()
    expect(second.frame.locator(".sign")).to_have_attribute("data-sign", "saved")
    assert second.here() == "more-questions"  # nobody is thrown back to another page
    assert "who-first=b,what-helps=ac,say-no=f" in answers(course.record["cmi.suspend_data"])


def test_state_that_was_cut_or_comes_from_elsewhere_is_left_alone(course: Platform) -> None:
    for state in ("sp1|questions|start|who-fir", "%7B%22v%22%3A1%7D", "\u0000\uffff", "sp1||||||||"):
        frame = course.launch(api="memory", elements={"cmi.suspend_data": state})
        learner = course.learner(frame)
        assert learner.here() == "start"
        assert frame.locator(".welcome-back[open]").count() == 0
    course.close_tab()


def test_the_web_package_opens_from_a_disk_and_keeps_progress_there(
    every_block: dict[str, Built], browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path
    zipfile.ZipFile(every_block["web"].path).extractall(folder)
    context = browser.new_context(viewport={"width": 375, "height": 720})
    problems: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.goto((folder / "index.html").as_uri())
    learner = Learner(page.main_frame)
    learner.next()
    learner.do_page()
    assert learner.sign() == "device"
    page.close()
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.locator(".welcome-back p")).to_have_text("You were on this page: Some questions")
    page.locator('.welcome-back [value="on"]').click()
    again = Learner(page.main_frame)
    again.take()
    expect(page.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    # From a disk a browser reads no captions; the transcript is there.
    assert [text for text in problems if "film.vtt" not in plain(text)] == []
    context.close()


def test_a_used_up_try_is_not_given_back_by_a_late_platform(
    changed: Callable[[Change, str], Platform],
) -> None:
    course = changed(ONE_TRY, "scorm12")
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    learner.exit()
    assert course.record["cmi.core.lesson_status"] == "failed"
    frame = course.launch_late()
    learner = Learner(frame)
    learner.go("questions")
    learner.find("who-first")
    course.come()
    expect(learner.element("who-first").locator("input").first).to_be_disabled()
    expect(frame.locator(".says")).to_contain_text("You have used all your tries")
    learner.exit()
    assert course.record["cmi.core.lesson_status"] == "failed"
    assert course.check() == []


def test_a_platform_that_refuses_the_first_save_is_not_called_saved(course: Platform) -> None:
    frame = course.launch(fault="mute")
    assert Learner(frame).sign() == "unsaved"


def test_completed_set_by_somebody_else_is_no_pass(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    learner = course.learner(course.launch(elements={"cmi.core.lesson_status": "completed"}))
    learner.go("result")
    expect(learner.frame.locator(".result-verdict")).to_have_text("Nearly there. 7 things are left.")
    learner.go("start")
    learner.take()
    learner.exit()
    assert set(course.said("cmi.core.lesson_status")) == {"passed"}


def test_a_pass_mark_of_nought_passes_nobody(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    learner = course.learner(
        course.launch(api="memory", elements={"cmi.student_data.mastery_score": "0"}), wrong=["what-helps", "say-no"]
    )
    learner.take()
    learner.exit()
    assert course.record["cmi.core.lesson_status"] == "incomplete"


def test_an_older_window_takes_no_pass_back(every_block: dict[str, Built], platform: Launcher) -> None:
    """Two windows on one API: the first passes, the second has all answers wrong."""
    course = platform(every_block["scorm2004-3rd"])
    first = Learner(course.launch(api="memory"))
    assert course.page is not None
    with course.page.expect_event("frameattached"):
        course.page.evaluate(
            "document.body.append(Object.assign(document.createElement('iframe'), {src: 'course/index.html'}))"
        )
    second_frame = course.page.frames[-1]
    second_frame.wait_for_selector(".to-contents:not([hidden])")
    questions = ["who-first", "what-helps", "say-no", "the-steps", "my-role"]
    second = Learner(second_frame, wrong=questions)
    first.take()
    first.sign()
    second.take()
    second.sign()
    assert (course.record["cmi.success_status"], course.record["cmi.score.raw"]) == ("passed", "100")


def test_an_old_phone_comes_back_too(every_block: dict[str, Built], platform: Launcher) -> None:
    """Without showModal (iOS before 15.4), replaceChildren (14) and ResizeObserver (13.4)."""
    course = platform(every_block["scorm12"])
    course.context.add_init_script(
        "delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;"
        "delete Element.prototype.replaceChildren; delete window.ResizeObserver"
    )
    learner = course.learner(course.launch())
    learner.next()
    learner.do("who-first")
    learner.exit()
    frame = course.launch()
    frame.locator('.welcome-back [value="on"]').click()
    again = Learner(frame)
    assert again.here() == "questions"
    again.take()
    again.exit()
    assert course.record["cmi.core.lesson_status"] == "passed"
