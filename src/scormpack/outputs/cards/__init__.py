"""What-if cards to cut from a sheet: in front the question and whom to call, behind it what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from scormpack.blocks import Card
from scormpack.cache import Cache
from scormpack.course.model import Course
from scormpack.course.screens import address
from scormpack.outputs.blocks import told
from scormpack.outputs.output import Made, Output, Sheet
from scormpack.outputs.paper import about, day_of
from scormpack.outputs.qr import qr
from scormpack.outputs.text import Run, in_words, runs
from scormpack.outputs.typeset import typeset

_TEMPLATE: Final = Path(__file__).parent / "cards.typ"


@dataclass(frozen=True)
class _Size:
    """A size of card: millimetres, points for letters from what is best to the smallest allowed."""

    sizes: dict[str, tuple[float, float]]
    back: tuple[float, ...]
    front: tuple[float, ...]
    head: float
    small: float
    inset: float
    code: float


_POCKET = _Size({"a4": (85, 55), "letter": (85, 55)}, (8.5, 8, 7.5, 7), (15, 13, 11, 9, 7), 7.5, 5.5, 3.5, 16)
# On Letter a quarter of the sheet: two of A6 would waste the half of it.
_A6 = _Size({"a4": (105, 148.5), "letter": (107.95, 139.7)}, (12.5, 12, 11, 10), (22, 19, 16, 13, 10), 11, 8, 9, 24)


def _cards(size: _Size, course: Course, sheet: Sheet, cache: Cache) -> Made | None:
    cards = [_card(each, course) for each in course.blocks(Card)]
    if not cards:
        return None
    width, height = size.sizes[sheet.paper]
    data = {
        **about(course, sheet),
        "cards": cards,
        "size": {"width": width, "height": height, "inset": size.inset, "code": size.code},
        "points": {"back": size.back, "front": size.front, "head": size.head, "small": size.small},
    }
    return typeset(_TEMPLATE, data, day_of(course), course.module.place(), cache=cache)


def _card(card: Card, course: Course) -> dict[str, Any]:
    steps = [_item(text, course, number) for number, text in enumerate(card.steps, start=1)]
    others = {label: _item(text, course, label=label) for label, text in told(card, course)}
    call = others.pop(course.words["card_call"], None)
    faces = {"front": [_item(card.front, course)], "back": [*steps, *others.values()], "call": call}
    return {"title": card.title, **faces, **_code(address(card, course), course)}


def _code(to: str, course: Course) -> dict[str, str]:
    """The way to the same card on a phone, where there is one."""
    return {"code": qr(to), "to": course.words["print_code"].format(address=to)} if to else {}


def _item(text: str, course: Course, number: int = 0, label: str = "") -> dict[str, Any]:
    """A step or a sentence, in words: a long one may go on, on a second card."""
    begin: list[Run] = [{"t": f"{label}: ", "b": True}] if label else []
    return {"n": number, "words": [*begin, *in_words(runs(text, course))]}


POCKET: Final = Output("cards", "Pocket cards, 85 by 55 mm", partial(_cards, _POCKET), turned=True)
A6: Final = Output("cards-a6", "Cards of A6, a quarter of a sheet", partial(_cards, _A6), turned=True)
