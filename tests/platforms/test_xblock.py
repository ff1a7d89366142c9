"""A package taken, launched and recorded by the SCORM block of Open edX, in a running workbench."""

from __future__ import annotations

from typing import Any

import pytest
from platform_course import SCORE, TITLE, Packages, begin, go_on, look_at_the_result, package, take_all
from platform_pages import visit
from platform_process import Platform
from platform_xblock import launch, leave, publish
from playwright.sync_api import Browser, Route, expect

targets = pytest.mark.parametrize("target", ["scorm12", "scorm2004-3rd"])


def recorded(platform: Platform, block: str) -> dict[str, Any]:
    """Return the one learner's state of a block; a field that was never set is not in it."""
    (state,) = [found for found in platform.report() if found["block"] == block]
    return state


@targets
def test_a_pass_is_recorded_and_found_again(
    browser: Browser, xblock: Platform, sample: Packages, target: str
) -> None:
    block = f"passed-{target}"
    publish(browser, xblock, block, TITLE, package(sample, target))

    with visit(browser, xblock.address) as visitor:
        take_all(launch(visitor, block))
        leave(visitor)
    first = recorded(xblock, block)
    assert (first["lesson_status"], first["success_status"]) == ("completed", "passed")
    assert first["lesson_score"] == SCORE / 100

    with visit(browser, xblock.address) as visitor:
        look_at_the_result(launch(visitor, block))
        leave(visitor)
    again = recorded(xblock, block)
    for name in ("lesson_status", "success_status", "lesson_score"):
        assert again[name] == first[name]
    assert again["scorm_data"]["cmi.suspend_data"] == first["scorm_data"]["cmi.suspend_data"]


@targets
def test_a_course_left_half_way_is_not_done_and_goes_on_there(
    browser: Browser, xblock: Platform, sample: Packages, target: str
) -> None:
    block = f"left-{target}"
    publish(browser, xblock, block, TITLE, package(sample, target))

    with visit(browser, xblock.address) as visitor:
        begin(launch(visitor, block))
        visitor.close()
    first = recorded(xblock, block)

    with visit(browser, xblock.address) as visitor:
        go_on(launch(visitor, block))
        leave(visitor)
    again = recorded(xblock, block)
    for state in (first, again):
        assert state["lesson_status"] == "incomplete"
        assert not {"success_status", "lesson_score"} & state.keys()
    assert again["scorm_data"]["cmi.suspend_data"] == first["scorm_data"]["cmi.suspend_data"]


def test_an_api_that_comes_after_the_package_is_waited_for(
    browser: Browser, xblock: Platform, sample: Packages
) -> None:
    """The block makes its API when the scripts that follow it are loaded: here one of them takes its time."""
    block = "late-scorm12"
    publish(browser, xblock, block, TITLE, package(sample, "scorm12"))
    held: list[Route] = []

    with visit(browser, xblock.address) as visitor:
        visitor.page.route("**/jquery.cookie.js", lambda route: held.append(route))
        frame = launch(visitor, block, until="commit")
        expect(frame.locator(".sign")).to_have_attribute("data-sign", "connecting")
        assert not visitor.page.evaluate("'API' in window")
        held[0].continue_()
        take_all(frame)
        leave(visitor)
    assert recorded(xblock, block)["success_status"] == "passed"
