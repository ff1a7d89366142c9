"""The documents of a course, from the templates of its blocks: the course itself, and the guide for a group.

They are the same for every provider: marks stand where they differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from scormpack.blocks import Block, Card, Confidence, Figure
from scormpack.content.library import Framework, Term
from scormpack.content.module import Module
from scormpack.course.duration import page_seconds
from scormpack.course.model import Course
from scormpack.course.resolve import AFTER
from scormpack.course.screens import screens
from scormpack.render.bundles import player_words
from scormpack.render.marks import POLICY, SCRIPT, STYLES, Marked, mark, marked
from scormpack.render.own import CELL, own
from scormpack.render.terms import Glossary
from scormpack.render.text import (
    DETAIL,
    at_once,
    block_html,
    contact_link,
    dial_link,
    inline_html,
    label_html,
    said_html,
    size,
    spent,
    together,
)
from scormpack.templates import render_template

_GRAVE = {"death", "bereavement", "self_harm", "abuse"}  # subjects after which a drawing of pleasure would hurt


def course_html(course: Course) -> Marked:
    """The document, complete without scripts, a <section> per page."""
    values = _values(course)
    glossary = Glossary(course.glossary.values())
    bodies: dict[str, Markup] = {}
    used: set[str] = set()
    for page in course.module.pages:
        html = render_template("render/screens.html.j2", page=page, screens=screens(page.blocks), **values)
        bodies[page.id], found = glossary.mark(html)
        used |= found
    html = render_template(
        "render/course.html.j2",
        bodies=bodies,
        seconds=page_seconds(course.module),
        terms=_listed(course, used),
        frameworks=_frameworks(course),
        cards=tuple(course.blocks(Card)),
        grave=not _GRAVE.isdisjoint(course.module.sensitivity),
        player_words=player_words(),
        **values,
    )
    return marked(together(html))


def is_pictured(module: Module) -> bool:
    """Whether the first page begins with a picture: it is the picture of the cover."""
    return isinstance(next(iter(module.pages[0].blocks), None), Figure)


def asked_before(scales: Sequence[Confidence]) -> dict[str, str]:
    """Each scale that asks again, and the one that it looks back to: the first of its objective, or else of all."""
    pairs = [(scales[0], scales[-1])] if scales else []
    for name in {each.objective for each in scales if each.objective}:
        group = [each for each in scales if each.objective == name]
        pairs.append((group[0], group[-1]))
    return {last.id: first.id for first, last in pairs if first is not last and _may_be_one(first, last)}


def _may_be_one(one: Confidence, other: Confidence) -> bool:
    return one.objective == other.objective or not (one.objective and other.objective)


def facilitator_html(course: Course) -> Marked:
    """The guide for the person who leads a group, with the slides' notes and the module's cards; to print."""
    cards = tuple(course.blocks(Card))
    return marked(together(render_template("render/facilitator.html.j2", cards=cards, **_values(course))))


def _values(course: Course) -> dict[str, Any]:
    """What every template may use."""

    def inline(text: str) -> Markup:
        return inline_html(text, course)

    def label(text: str) -> Markup:
        return label_html(text, course)

    def markdown(text: str) -> Markup:
        return block_html(text, course)

    def said(text: str) -> Markup:
        return said_html(text, course)

    def detail(slot: str) -> Markup:
        return own(DETAIL, slot)

    def cell(slot: str) -> Markup:
        return own(CELL, slot)

    def name_of(block: Block) -> str:
        """What a block is called: by its title, or by what it asks."""
        name = getattr(block, "title", "") or said(getattr(block, "prompt", ""))
        return name or course.words["recommendations_title"]

    def minutes(number: float) -> str:
        return spent(number, course.words)

    def date(day: datetime.date) -> str:
        months = course.words["months"].split()
        return course.words["date"].format(day=day.day, month=months[day.month - 1], year=day.year)

    return {
        "POLICY": mark(POLICY),
        "STYLES": mark(STYLES),
        "SCRIPT": mark(SCRIPT),
        "own": own,
        "detail": detail,
        "cell": cell,
        "course": course,
        "module": course.module,
        "settings": course.settings,
        "w": course.words,
        "AFTER": AFTER,
        "is_pictured": is_pictured(course.module),
        "at_once": at_once,
        "before": asked_before(tuple(course.blocks(Confidence))),
        "inline": inline,
        "label": label,
        "markdown": markdown,
        "said": said,
        "name_of": name_of,
        "minutes": minutes,
        "date": date,
        "size": size,
        "contact_link": contact_link,
        "dial_link": dial_link,
    }


def _listed(course: Course, used: set[str]) -> list[Term]:
    """The terms that are used, and those that they point to, in the order of the glossary."""
    near = {other for name in used for other in course.glossary[name].see_also}
    return [term for name, term in course.glossary.items() if name in used | near]


def _frameworks(course: Course) -> list[str]:
    """The parts of outside frameworks that the module contributes to, in words, and whether one is being replaced."""
    return [_framework(str(reference), course) for reference in course.module.contributes_to]


def _framework(reference: str, course: Course) -> str:
    name, _, item = reference.partition("#")
    framework = course.frameworks[name.partition("@")[0]]
    words = f"{framework.title}: {_item(framework, item)}" if item else framework.title
    replaced = course.words["about_replaced"] if framework.status == "being_replaced" else ""
    return f"{words} {replaced}".strip()


def _item(framework: Framework, item: str) -> str:
    title = next(each.title for each in framework.items if each.id == item)
    return f"{item}. {title}" if item.isdecimal() else title
