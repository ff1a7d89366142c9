"""Web: the same course as files that open from a disk or any web server. Progress stays in the browser."""

from __future__ import annotations

from collections.abc import Iterable

from scormpack.course.model import Course
from scormpack.package import Entry
from scormpack.targets.target import Target


def describe(course: Course, files: tuple[Entry, ...]) -> Iterable[Entry]:  # noqa: ARG001
    """Nothing: a browser needs no descriptor."""
    return []


TARGET = Target("web", "Web page", "web", describe)
