"""The shape of a course: what a learner's progress hangs on, and no more of it than is needed to compare two."""

from __future__ import annotations

from scormpack.check.package import STANDARDS
from scormpack.inspect.values import Id, Line, Mark, Words
from scormpack.package import Package


class PageShape(Line):
    """A page: progress is kept under its id. `text` changes with anything on it."""

    id: Id
    title: Words
    text: Mark


class TaskShape(Line):
    """A question or a story: its answer is kept under its id. `offered` changes with what its letters mean."""

    id: Id
    kind: Words
    title: Words
    offered: Mark
    scored: bool
    critical: bool


class Shape(Line):
    """A course as progress sees it. `kept` is where a platform keeps that, `format` how the player writes it."""

    format: Words
    kept: Words = ""
    pass_mark: int
    attempts: int  # for each question; 0: as often as one likes
    pages: tuple[PageShape, ...]
    tasks: tuple[TaskShape, ...]


def kept_under(package: Package, target: str) -> str:
    """Where a platform keeps the progress of a package for `target`: by its standard, under the name found inside."""
    if target not in STANDARDS:
        return target  # the browser keeps it, under the ids of provider and module
    descriptor = STANDARDS[target].descriptor(package, STANDARDS[target].form)
    opened = [*descriptor.elements("item", "au"), *(each.getparent() for each in descriptor.elements("launch"))]
    names = [each.get("identifier") or each.get("id") or "" for each in opened if each is not None]
    return " ".join([target, *names])
