"""What a target does to the page that all targets share."""

from __future__ import annotations

import pickle

from paths import EVERY_BLOCK

from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.render import render
from scormpack.targets import TARGETS


def policy(speaks: bool, path: str) -> str:
    """The policy of a page, in a package that may or may not speak with a record store."""
    library = load_library(EVERY_BLOCK)
    course = resolve(load_module(library.modules["every-block"]), library.providers["full"], library)
    (entry,) = (each for each in render(course).files(speaks) if each.path == path)
    return entry.data.decode().split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]


def test_only_a_course_with_a_record_store_may_speak_with_one() -> None:
    assert {name for name, target in TARGETS.items() if target.speaks} == {"xapi", "cmi5"}
    assert policy(False, "index.html").startswith("default-src 'none'; script-src 'self'; ")
    assert policy(True, "index.html").startswith("default-src 'none'; connect-src https: http:; script-src 'self'; ")
    assert "connect-src" not in policy(True, "facilitator.html")


def test_a_target_can_be_handed_to_another_process() -> None:
    for target in TARGETS.values():
        assert pickle.loads(pickle.dumps(target)) == target
