"""A package taken, launched and recorded by wagtail-lms, on a running Wagtail site."""

from __future__ import annotations

from typing import Any

from platform_course import SCORE, TITLE, Packages, begin, go_on, look_at_the_result, package, take_all
from platform_process import Platform
from platform_wagtail import launch, learner, leave, publish
from playwright.sync_api import Browser


def recorded(platform: Platform, title: str) -> dict[str, Any]:
    """Return the one attempt at the course."""
    (attempt,) = [found for found in platform.report() if found["package"] == title]
    return attempt


def test_a_pass_is_recorded_and_found_again(browser: Browser, wagtail: Platform, sample: Packages) -> None:
    path = publish(browser, wagtail, TITLE, package(sample, "scorm12"))

    with learner(browser, wagtail, path) as visitor:
        take_all(launch(visitor))
        leave(visitor)
    first = recorded(wagtail, TITLE)
    assert (first["user"], first["status"], first["score"]) == ("learner", "passed", SCORE)
    assert first["course_completed"]

    with learner(browser, wagtail, path) as visitor:
        look_at_the_result(launch(visitor))
        leave(visitor)
    again = recorded(wagtail, TITLE)
    assert (again["status"], again["score"]) == ("passed", SCORE)
    assert again["suspend_data"] == first["suspend_data"]


def test_a_course_left_half_way_is_not_done_and_goes_on_there(
    browser: Browser, wagtail: Platform, sample: Packages
) -> None:
    title = f"{TITLE} Half of it"
    path = publish(browser, wagtail, title, package(sample, "scorm12"))

    with learner(browser, wagtail, path) as visitor:
        begin(launch(visitor))
        visitor.close()
    first = recorded(wagtail, title)
    assert (first["status"], first["score"], first["course_completed"]) == ("incomplete", None, False)

    with learner(browser, wagtail, path) as visitor:
        go_on(launch(visitor))
        leave(visitor)
    again = recorded(wagtail, title)
    assert (again["status"], again["score"], again["course_completed"]) == ("incomplete", None, False)
    assert again["suspend_data"] == first["suspend_data"]


def test_a_package_of_scorm_2004_is_stored_but_never_launched(
    browser: Browser, wagtail: Platform, sample: Packages
) -> None:
    """wagtail-lms 0.11 looks for resources in the namespace of SCORM 1.2 only: it finds no file to launch."""
    title = f"{TITLE} SCORM 2004"
    path = publish(browser, wagtail, title, package(sample, "scorm2004-3rd"))
    with learner(browser, wagtail, path) as visitor:
        visitor.page.locator(".lms-lesson-list__link").click()
        visitor.page.get_by_role("link", name="Launch SCORM Content").click()
        assert "has no launch URL" in visitor.page.locator(".message").inner_text()
    assert not [attempt for attempt in wagtail.report() if attempt["package"] == title]
