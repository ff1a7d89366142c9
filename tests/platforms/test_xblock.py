"""A package taken, launched and recorded by the SCORM block of Open edX, in a running workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from platform_probe import Course, Probe
from platform_process import Platform
from platform_xblock import learner, leave, publish
from playwright.sync_api import Browser

pytestmark = pytest.mark.platform

BLOCKS = {"1.2": "first", "2004": "second"}
LATE_SECONDS = 1.0


@pytest.fixture(params=sorted(BLOCKS))
def edition(request: pytest.FixtureRequest) -> str:
    """The edition of SCORM the package is made for."""
    return str(request.param)


@pytest.fixture
def course(edition: str, tmp_path: Path) -> Course:
    """The course that is played."""
    return Probe(tmp_path / "probe.zip", edition).write()


def recorded(platform: Platform, block: str) -> dict[str, Any]:
    """Return the one learner's state of a block."""
    (state,) = [found for found in platform.report() if found["block"] == block]
    return state


def test_a_pass_is_recorded_and_the_bookmark_kept(
    platform_browser: Browser, xblock: Platform, course: Course, edition: str
) -> None:
    block = BLOCKS[edition]
    publish(platform_browser, xblock, block, course.title, course.package)

    with learner(platform_browser, xblock, block) as (visitor, frame):
        course.play(frame)
        leave(visitor)
    first = recorded(xblock, block)
    assert (first["lesson_status"], first["success_status"]) == ("completed", "passed")
    assert first["lesson_score"] == course.score / 100
    assert first["scorm_data"]["cmi.suspend_data"]

    with learner(platform_browser, xblock, block) as (visitor, frame):
        course.resumed(frame)
        leave(visitor)
    again = recorded(xblock, block)
    for name in ("lesson_status", "success_status", "lesson_score"):
        assert again[name] == first[name]
    assert again["scorm_data"]["cmi.suspend_data"] == first["scorm_data"]["cmi.suspend_data"]


@pytest.mark.parametrize("edition", ["1.2"], indirect=True)
def test_an_api_that_comes_after_the_package_is_waited_for(
    platform_browser: Browser, xblock: Platform, course: Course
) -> None:
    publish(platform_browser, xblock, "third", course.title, course.package)
    with learner(platform_browser, xblock, "third", late=LATE_SECONDS) as (visitor, frame):
        course.play(frame)
        leave(visitor)
    assert recorded(xblock, "third")["success_status"] == "passed"
