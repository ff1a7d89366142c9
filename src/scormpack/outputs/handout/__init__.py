"""A module to read on paper, with the answers at the end and room for notes; in large print, and easy to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from scormpack.cache import Cache
from scormpack.course.model import Course
from scormpack.outputs.answers import answers
from scormpack.outputs.blocks import on_paper
from scormpack.outputs.document import document
from scormpack.outputs.output import Made, Output, Sheet
from scormpack.outputs.parts import PAGE, heading, lines, plain
from scormpack.outputs.parts import text as paragraph
from scormpack.outputs.text import Part, sentences

_LARGE: Final = 18  # points: what people who see little ask for at least
_EASY: Final = 16
_ROOM: Final = 16  # lines for notes


def _parts(course: Course) -> Iterator[Part]:
    """The whole module."""
    words, module = course.words, course.module
    yield plain(module.summary)
    yield heading(2, words["about_objectives"])
    yield {"kind": "list", "items": [[plain(each.text)] for each in module.objectives]}
    for page in module.pages:
        yield heading(2, page.title)
        yield from on_paper(page.blocks, course)
    found = list(answers(course))
    if found:
        yield from (PAGE, heading(2, words["answers"]), *found)
    yield from (PAGE, heading(2, words["print_notes"]), plain(words["notes_no_names"]), lines(_ROOM))


def _handout(course: Course, sheet: Sheet, cache: Cache) -> Made:
    return document(course, sheet, cache, course.words["print_handout"], list(_parts(course)))


def _large(course: Course, sheet: Sheet, cache: Cache) -> Made:
    return document(course, sheet, cache, course.words["print_large"], list(_parts(course)), _LARGE)


def _easy(course: Course, sheet: Sheet, cache: Cache) -> Made:
    parts = list(_beside(list(_one_by_one(_parts(course)))))
    return document(course, sheet, cache, course.words["print_easy"], parts, _EASY)


def _one_by_one(parts: Iterable[Part]) -> Iterator[Part]:
    """The same with each sentence on a line of its own."""
    for part in parts:
        if part["kind"] == "text":
            yield from (paragraph(each) for each in sentences(part["runs"]))
        elif "items" in part and part["kind"] != "ticks":
            yield {**part, "items": [list(_one_by_one(item)) for item in part["items"]]}
        elif "parts" in part:
            yield {**part, "parts": list(_one_by_one(part["parts"]))}
        else:
            yield part


def _beside(parts: list[Part]) -> Iterator[Part]:
    """What follows a picture stands next to it."""
    at = 0
    while at < len(parts):
        near = list(takewhile(lambda part: part["kind"] == "text", parts[at + 1 :]))[:_NEAR]
        if parts[at]["kind"] == "picture" and near:
            yield {"kind": "beside", "picture": parts[at], "parts": near}
            at += len(near)
        else:
            yield parts[at]
        at += 1


_NEAR: Final = 6  # sentences beside a picture: so many are as high as it is

HANDOUT: Final = Output("handout", "The module to read, with answers and room for notes", _handout)
LARGE: Final = Output("large-print", "The same in letters of 18 points", _large)
EASY: Final = Output("easy-read", "The same with one sentence to a line, beside its picture", _easy)
