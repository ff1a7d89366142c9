"""Platforms that lose what they call saved: the record comes to be right, or the sign says that it is not."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from learner import PATIENCE, Learner
from playwright.sync_api import Route, expect
from scorm import Launcher, Platform

from scormpack.batch import Built
from scormpack.check.session.forms import seconds_of
from scormpack.lms.faults import Fault, answer, drop
from scormpack.lms.scorm import MANNERS, Standard

PACKAGES = {"scorm12": "scorm12", "scorm2004": "scorm2004-3rd"}
PASSED = {"scorm12": ("passed",), "scorm2004": ("completed", "passed")}
STATUS = {"scorm12": ("cmi.core.lesson_status",), "scorm2004": ("cmi.completion_status", "cmi.success_status")}


@pytest.fixture(params=get_args(Standard))
def course(request: pytest.FixtureRequest, every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, for each of the two APIs, in a platform with a server."""
    return platform(every_block[PACKAGES[request.param]])


def result(course: Platform) -> tuple[str, ...]:
    """What the server has on record."""
    record = course.records.of["somebody"]
    return tuple(record.get(name, "") for name in STATUS[course.standard])


def cut_the_pass(course: Platform, fault: Fault) -> None:
    """From now on the first save that says passed is lost."""
    fault.matching = lambda request: b'"passed"' in request.body
    course.records.faults.append(fault)


def wait_for(course: Platform, wanted: tuple[str, ...]) -> None:
    end = time.monotonic() + PATIENCE
    while result(course) != wanted and time.monotonic() < end:
        assert course.page is not None
        course.page.wait_for_timeout(20)
    assert result(course) == wanted


def assert_passed_after_a_launch(course: Platform, manner: str) -> None:
    """What waited on the device is on record without another step of the learner."""
    again = course.launch(api=manner)
    expect(again.locator(".sign")).to_have_attribute("data-sign", "saved")
    wait_for(course, PASSED[course.standard])


@pytest.mark.parametrize("manner", MANNERS)
def test_a_pass_that_gets_lost_on_the_way_is_sent_again(course: Platform, manner: str) -> None:
    learner = course.learner(course.launch(api=manner))
    cut_the_pass(course, drop(method="POST", path="record"))
    learner.take()
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("Done.")
    assert result(course) == PASSED[course.standard]
    assert course.check() == []


@pytest.mark.parametrize("manner", ["trusting", "marking"])
def test_a_pass_that_got_lost_with_a_closed_tab_is_there_after_the_next_launch(course: Platform, manner: str) -> None:
    learner = course.learner(course.launch(api=manner))
    cut_the_pass(course, answer(503, method="POST", path="record", times=None))
    learner.take()
    assert learner.sign() == "waiting"
    expect(learner.frame.locator(".certificate")).to_be_hidden()
    course.close_tab()
    assert result(course) != PASSED[course.standard]
    course.records.faults.clear()
    assert_passed_after_a_launch(course, manner)


def test_without_signal_all_waits_until_there_is_some(course: Platform) -> None:
    frame = course.launch(api="marking")
    learner = course.learner(frame)
    expect(frame.locator(".sign")).to_have_attribute("data-sign", "saved")
    course.context.set_offline(True)
    learner.take()
    assert learner.sign() == "waiting"
    assert result(course) != PASSED[course.standard]
    course.context.set_offline(False)
    expect(frame.locator(".sign")).to_have_attribute("data-sign", "saved")
    assert result(course) == PASSED[course.standard]
    expect(frame.locator(".certificate")).to_be_visible()


@pytest.mark.parametrize("manner", ["trusting", "careful"])
def test_a_learner_who_was_logged_out_is_told_to_log_in_again(course: Platform, manner: str) -> None:
    frame = course.launch(api=manner)
    learner = course.learner(frame)
    course.records.is_closed = True
    learner.take()
    assert learner.sign() == "expired"
    expect(frame.locator("p.said")).to_contain_text("Log in again")
    expect(frame.locator(".sign")).to_be_in_viewport(ratio=1)  # on a phone, too
    learner.exit()
    expect(frame.locator(".ended-words")).to_contain_text("Log in again and open the course once more.")
    course.records.is_closed = False
    assert_passed_after_a_launch(course, manner)


def test_a_platform_whose_requests_nobody_sees_is_believed_only_where_it_can_be_reached(course: Platform) -> None:
    frame = course.launch(api="memory")
    learner = course.learner(frame)
    expect(frame.locator(".sign")).to_have_attribute("data-sign", "saved")

    def lose(route: Route) -> None:
        route.abort() if route.request.method == "HEAD" else route.fallback()

    course.context.route("**/*", lose)
    learner.next()
    assert learner.sign() == "waiting"
    course.context.unroute("**/*", lose)
    learner.do_page()
    assert learner.sign() == "saved"


class Night:
    """A learner with a clock of her own, who puts the course aside for hours."""

    def __init__(self, course: Platform) -> None:
        course.context.clock.install()
        self.learner = Learner(course.launch(api="memory"))
        assert course.page is not None
        self.page = course.page
        self.page.clock.pause_at(self.page.evaluate("Date.now() / 1000 + 1"))

    def read(self, seconds: int) -> None:
        """The course in sight."""
        self.page.clock.run_for(seconds * 1000)

    def sleep(self) -> None:
        """The course in the background for nine hours, after which the device's clock is set back to 1970."""
        self._turn("hidden")
        self.page.clock.run_for(9 * 3_600_000)
        self._turn("visible")
        self.learner.frame.evaluate("Date.now = () => 0")

    def _turn(self, state: str) -> None:
        for frame in self.page.frames:
            frame.evaluate(
                "state => { Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
                " document.dispatchEvent(new Event('visibilitychange')); }",
                state,
            )


def test_time_in_the_background_does_not_count_and_a_clock_that_is_set_changes_nothing(course: Platform) -> None:
    """A module was left open overnight, and nine and a half hours were reported."""
    night = Night(course)
    night.read(60)
    night.sleep()
    night.read(30)
    night.page.clock.resume()
    night.learner.next()
    assert night.learner.sign() == "saved"
    session_time = course.said("cmi.core.session_time" if course.standard == "scorm12" else "cmi.session_time")[-1]
    assert 90 <= (seconds_of(session_time) or 0) < 150, session_time


def test_an_answer_takes_as_long_as_its_question_stood_there(course: Platform) -> None:
    night = Night(course)
    night.read(60)  # another page
    night.page.clock.resume()
    night.learner.next()
    night.page.clock.pause_at(night.page.evaluate("performance.timeOrigin + performance.now()") / 1000 + 1)
    night.read(100)
    night.sleep()
    night.read(10)
    night.page.clock.resume()
    night.learner.do("who-first")
    latency = course.said("cmi.interactions.0.latency")[0]
    assert 110 <= (seconds_of(latency) or 0) < 170, latency  # one minute before it was another page
