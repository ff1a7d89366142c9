"""What a target does to the page that all targets share."""

from __future__ import annotations

from paths import EVERY_BLOCK

from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.render import render
from scormpack.targets.target import Target


def policy(driver: str, path: str) -> str:
    """The policy of a page, in a package for this driver."""
    library = load_library(EVERY_BLOCK)
    course = resolve(load_module(library.modules["every-block"]), library.providers["full"], library)
    entry = (
        Target(driver, "", driver, lambda _course, _files: ()).package(course, tuple(render(course)), "").find(path)
    )
    assert entry is not None
    return entry.data.decode().split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]


def test_only_a_course_with_a_record_store_may_speak_with_one() -> None:
    for driver in ("scorm12", "scorm2004", "web"):
        assert "connect-src" not in policy(driver, "index.html")
    for driver in ("xapi", "cmi5"):
        assert policy(driver, "index.html").startswith(
            "default-src 'none'; connect-src https: http:; script-src 'self'; "
        )
        assert "connect-src" not in policy(driver, "facilitator.html")
