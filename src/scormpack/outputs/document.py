"""A document of several pages, from parts: what is read one after the other, with a foot on each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from scormpack.cache import Cache
from scormpack.course.model import Asset, Course
from scormpack.outputs.output import Made, Sheet
from scormpack.outputs.paper import about, day_of
from scormpack.outputs.text import Part
from scormpack.outputs.typeset import typeset

_TEMPLATE: Final = Path(__file__).parent / "document.typ"
USUAL_SIZE: Final = 11.5  # points


def document(
    course: Course, sheet: Sheet, cache: Cache, kind: str, parts: Sequence[Part], size: float = USUAL_SIZE
) -> Made:
    """The PDF of `parts`, in letters of `size` points; `kind` says what it is, above the title of the module."""
    data = {**about(course, sheet), "kind": kind, "size": size, "large": size >= 18, "parts": parts}
    shown = set(_pictures(parts))
    pictures = [each for each in _assets(course) if each.path in shown]
    return typeset(_TEMPLATE, data, day_of(course), course.module.place(), pictures, cache)


def _assets(course: Course) -> Iterator[Asset]:
    yield from course.assets.values()


def _pictures(parts: Iterable[Part]) -> Iterator[str]:
    """The pictures that are shown, wherever they stand."""
    for part in parts:
        if part["kind"] == "picture":
            yield part["src"]
        yield from _pictures(_within(part))


def _within(part: Part) -> Iterator[Any]:
    yield from part.get("parts", ())
    if "picture" in part:
        yield part["picture"]
