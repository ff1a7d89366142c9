"""What is a provider's own on a page: its name, its logo, its welcome and its local details."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from markupsafe import Markup, escape

from scormpack.course.model import Course, LocalDetail
from scormpack.render.marks import filled, mark, marked
from scormpack.render.text import DETAIL, WORDS, at_once, detail_html, inline_html

CELL: Final = "cell"  # a local detail in a list, with room to write it in
# The names that a page gets with what is filled in: a rule of style for one of them is kept.
CLASSES: Final = "number slot slot-empty tel welcome worded"


def own(name: str, slot: str = "") -> Markup:
    """Where something of the provider's own stands, or one of its local details."""
    return mark(f"{name} {slot}" if slot else name)


def values(names: Iterable[str], course: Course) -> dict[str, str]:
    """What stands at each of these marks for the provider of `course`, as HTML."""
    return {name: _value(name, course) for name in names}


def _value(name: str, course: Course) -> str:
    kind, _, slot = name.partition(" ")
    return str(_DETAILS[kind](course.local[slot], course) if slot else _OWN[kind](course))


def _name(course: Course) -> Markup:
    return escape(course.provider.name)


def _id(course: Course) -> Markup:
    return escape(course.provider.id)


def _logo(course: Course) -> Markup:
    return _img(at_once(course.logo)) if course.logo else Markup("")


def _logo_on_paper(course: Course) -> Markup:
    return _img(course.logo.path) if course.logo else Markup("")


def _img(address: str) -> Markup:
    return Markup('<img src="{}" alt="" height="32"> ').format(address)


def _welcome(course: Course) -> Markup:
    if not course.provider.welcome:
        return Markup("")
    words = marked(inline_html(course.provider.welcome, course))
    return Markup('<p class="welcome">{}</p>').format(Markup(filled(words, values(words[1::2], course))))


def _cell(detail: LocalDetail, course: Course) -> Markup:
    if detail.value is not None:
        return detail_html(detail, course)
    return Markup('<span class="slot-empty">{}: ______</span>').format(course.words["slot_empty"])


def _words(detail: LocalDetail, _: Course) -> Markup:
    return escape(detail.value or detail.label)


_OWN: Final[dict[str, Callable[[Course], Markup]]] = {
    "name": _name,
    "id": _id,
    "logo": _logo,
    "logo-on-paper": _logo_on_paper,
    "welcome": _welcome,
}
_DETAILS: Final[dict[str, Callable[[LocalDetail, Course], Markup]]] = {
    DETAIL: detail_html,
    CELL: _cell,
    WORDS: _words,
}
