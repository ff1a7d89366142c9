"""Web: the same course as files that open from a disk or any web server. Progress stays in the browser."""

from __future__ import annotations

from collections.abc import Iterable

from scormpack.package import Entry
from scormpack.targets.target import Target, Unit


def describe(unit: Unit) -> Iterable[Entry]:  # noqa: ARG001
    """Nothing: a browser needs no descriptor."""
    return []


TARGET = Target("web", "Web page", "web", describe)
