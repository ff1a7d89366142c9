"""Posters for a wall: a page for each what-if card of a module, and for each drawing that has words in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from scormpack.blocks import Card, Figure
from scormpack.cache import Cache
from scormpack.course.model import Asset, Course
from scormpack.outputs.blocks import told
from scormpack.outputs.output import Made, Output, Sheet
from scormpack.outputs.paper import about, day_of
from scormpack.outputs.parts import labelled, picture
from scormpack.outputs.text import runs
from scormpack.outputs.typeset import typeset

_TEMPLATE: Final = Path(__file__).parent / "poster.typ"
_WORDS: Final = b"<text"  # a drawing without any is no poster


def _posters(large: bool, course: Course, sheet: Sheet, cache: Cache) -> Made | None:
    diagrams = [each for each in course.blocks(Figure) if each.alt and _has_words(course.assets[each.src])]
    posters = [*(_card(each, course) for each in course.blocks(Card)), *(_diagram(each, course) for each in diagrams)]
    if not posters:
        return None
    data = {**about(course, sheet), "large": large, "posters": posters}
    pictures = [course.assets[each.src] for each in diagrams]
    return typeset(_TEMPLATE, data, day_of(course), course.module.place(), pictures, cache)


def _has_words(asset: Asset) -> bool:
    return asset.path.endswith(".svg") and _WORDS in asset.data


def _card(card: Card, course: Course) -> dict[str, Any]:
    return {
        "kind": "card",
        "title": card.title,
        "front": runs(card.front, course),
        "steps": [runs(step, course) for step in card.steps],
        "told": list(_told(card, course)),
    }


def _told(card: Card, course: Course) -> Iterator[Any]:
    yield from (labelled(label, text, course)["runs"] for label, text in told(card, course))


def _diagram(figure: Figure, course: Course) -> dict[str, Any]:
    page = next(page for page in course.module.pages if any(each is figure for each in page.blocks))
    return {**picture(figure.src, figure.alt, course, figure.caption), "title": page.title}


POSTER: Final = Output("poster", "Posters of cards and of drawings with words", partial(_posters, False))
LARGE: Final = Output("poster-large", "The same on A3, or on 11 by 17 inches", partial(_posters, True))
