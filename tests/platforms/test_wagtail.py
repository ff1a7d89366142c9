"""A package taken, launched and recorded by wagtail-lms, on a running Wagtail site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from platform_probe import Course, Probe
from platform_process import Platform
from platform_wagtail import launch, learner, leave, publish
from playwright.sync_api import Browser

pytestmark = pytest.mark.platform


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course that is played."""
    return Probe(tmp_path_factory.mktemp("probe") / "probe.zip", "1.2").write()


def recorded(platform: Platform, course: Course) -> dict[str, Any]:
    """Return the one attempt at the course."""
    (attempt,) = [found for found in platform.report() if found["package"] == course.title]
    return attempt


def test_a_pass_is_recorded_and_the_bookmark_kept(
    platform_browser: Browser, wagtail: Platform, course: Course
) -> None:
    path = publish(platform_browser, wagtail, course.title, course.package)

    with learner(platform_browser, wagtail, path) as visitor:
        course.play(launch(visitor))
        leave(visitor)
    first = recorded(wagtail, course)
    assert (first["user"], first["status"], first["score"]) == ("learner", "passed", course.score)
    assert first["course_completed"]
    assert first["suspend_data"]

    with learner(platform_browser, wagtail, path) as visitor:
        course.resumed(launch(visitor))
        leave(visitor)
    again = recorded(wagtail, course)
    assert (again["status"], again["score"]) == ("passed", course.score)
    assert again["suspend_data"] == first["suspend_data"]


def test_a_package_of_scorm_2004_is_stored_but_never_launched(
    platform_browser: Browser, wagtail: Platform, tmp_path: Path
) -> None:
    """wagtail-lms 0.11 looks for resources in the namespace of SCORM 1.2 only: it finds no file to launch."""
    probe = Probe(tmp_path / "probe.zip", "2004").write()
    path = publish(platform_browser, wagtail, probe.title, probe.package)
    with learner(platform_browser, wagtail, path) as visitor:
        visitor.page.locator(".lms-lesson-list__link").click()
        visitor.page.get_by_role("link", name="Launch SCORM Content").click()
        assert "has no launch URL" in visitor.page.locator(".message").inner_text()
    assert not [attempt for attempt in wagtail.report() if attempt["package"] == probe.title]
