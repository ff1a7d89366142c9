"""What a target does to the page that all targets share."""

from __future__ import annotations

import pickle

from paths import EVERY_BLOCK

from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.render import render
from scormpack.targets import TARGETS


def policy(target: str, path: str) -> str:
    """The policy of a page in the packages of a target."""
    library = load_library(EVERY_BLOCK)
    course = resolve(load_module(library.modules["every-block"]), library.providers["full"], library)
    (entry,) = (each for each in render(course).files(asks=TARGETS[target].asks) if each.path == path)
    return entry.data.decode().split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]


def test_only_a_course_with_a_record_store_may_speak_with_one() -> None:
    for target in ("xapi", "cmi5"):
        assert policy(target, "index.html").startswith(
            "default-src 'none'; connect-src https: http:; script-src 'self'; "
        )
    assert policy("web", "index.html").startswith("default-src 'none'; script-src 'self'; ")
    assert not [target for target in TARGETS if "connect-src" in policy(target, "facilitator.html")]


def test_a_scorm_course_may_ask_only_where_it_comes_from() -> None:
    for target in ("scorm12", "scorm2004-3rd", "scorm2004-4th"):
        assert policy(target, "index.html").startswith("default-src 'none'; connect-src 'self'; script-src 'self'; ")


def test_a_target_can_be_handed_to_another_process() -> None:
    for target in TARGETS.values():
        assert pickle.loads(pickle.dumps(target)) == target
