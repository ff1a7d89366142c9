"""The decks of a course as plain data: what stands on each slide, in which layout, and what is said with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from scormpack.blocks import Card, Deck
from scormpack.blocks.deck import Slide
from scormpack.course.model import Course, Picture
from scormpack.outputs.output import USUAL
from scormpack.outputs.paper import about, day_of
from scormpack.outputs.slides.fit import Box, Paragraph
from scormpack.outputs.text import Part, parts, runs


@dataclass(frozen=True)
class Layout:
    """A layout of the template: its name there, and the boxes for its title and for what stands below."""

    name: str
    title: Box
    body: Box


# The boxes are those of the files in template/, in points and without what is left free inside them.
_ON_TOP: Final = Box(828, 86, (40, 34, 28, 24, 20), before=0, bold=True)
TITLE: Final = Layout("Title", Box(828, 180, (48, 40, 34, 28), 0, True), Box(828, 151, (20, 18, 16, 14, 12)))
HEADING: Final = Layout("Heading", Box(828, 288, (54, 44, 36, 28), 0, True), Box(828, 0, (20,)))
POINTS: Final = Layout("Title and points", _ON_TOP, Box(792, 330, (36, 32, 28, 24)))
QUESTION: Final = Layout("Title and question", _ON_TOP, Box(756, 287, (40, 36, 32, 28, 24)))
PICTURE: Final = Layout("Title and picture", _ON_TOP, Box(828, 338, (20,)))
PROVIDER: Final = Box(612, 48, (24, 20, 18, 16), before=0, bold=True)
FOOT: Final = Box(712, 29, (12, 11, 10, 9), before=0)


@dataclass(frozen=True)
class Shown:
    """A slide: what stands on it, in letters of `size` points where there is a body, and the speaker's notes."""

    layout: Layout
    title: str
    notes: Sequence[Paragraph]
    body: Sequence[Paragraph] = ()
    size: int = 0
    picture: Picture | None = None
    alt: str = ""


@dataclass(frozen=True)
class Show:
    """Slides one after the other, and what their file says of itself."""

    title: str
    version: str
    subject: str
    author: str
    licence: str
    language: str
    is_rtl: bool
    day: datetime.date
    colour: str
    provider: str
    logo: Picture | None
    foot: str
    slides: tuple[Shown, ...]


def show_of(course: Course) -> Show | None:
    """The slides of a course: those of its guide first; None where it has none."""
    decks = _decks(course)
    if not decks:
        return None
    module, facts = course.module, about(course, USUAL)
    return Show(
        title=decks[0].title,
        version=module.version,
        subject=module.title,
        author=course.settings.publisher,
        licence=course.settings.licence,
        language=module.language,
        is_rtl=facts["direction"] == "rtl",
        day=day_of(course),
        colour=course.provider.brand.colour,
        provider=course.provider.name,
        logo=course.logo,
        foot=" · ".join([module.title, facts["version"], facts["licence"], course.provider.name]),
        slides=tuple(chain.from_iterable(_deck(deck, course) for deck in decks)),
    )


def _decks(course: Course) -> list[Deck]:
    guide = course.module.facilitator_guide
    every = [*([guide.deck] if guide and guide.deck else []), *course.blocks(Deck)]
    return list({deck.id: deck for deck in reversed(every)}.values())[::-1]


def _deck(deck: Deck, course: Course) -> Iterator[Shown]:
    """A slide with the title of the deck, and its own; a first one that says no more than the title is that slide."""
    first, *others = deck.slides
    is_title = first.title == deck.title and not (first.points or first.picture or first.card)
    notes = [*_opening(deck, course), *(_notes(first, course) if is_title else ())]
    body = _imprint(deck, course)
    yield Shown(TITLE, deck.title, notes, body, TITLE.body.fitted(body)[0])
    for slide in others if is_title else deck.slides:
        yield from _slide(slide, course)


def _imprint(deck: Deck, course: Course) -> list[Paragraph]:
    facts = about(course, USUAL)
    said = [f"{facts['version']} · {facts['review']}", f"{facts['publisher']} · {facts['licence']}"]
    if course.module.title != deck.title:
        said.insert(0, course.module.title)
    return [[{"t": each}] for each in said]


def _slide(slide: Slide, course: Course) -> Iterator[Shown]:
    notes = _notes(slide, course)
    if slide.card:
        card = course.module.block(slide.card)
        assert isinstance(card, Card), slide.card
        notes += _back(card, course)
        yield from _in_parts(QUESTION, slide.title, [runs(card.front, course)], notes, course)
    elif slide.picture:
        picture = course.assets[slide.picture]
        assert isinstance(picture, Picture), slide.picture
        yield Shown(PICTURE, slide.title, notes, picture=picture, alt=slide.alt)
    elif slide.points:
        yield from _in_parts(POINTS, slide.title, [runs(each, course) for each in slide.points], notes, course)
    else:
        yield Shown(HEADING, slide.title, notes)


def _notes(slide: Slide, course: Course) -> list[Paragraph]:
    return [_bold(course.words["slide_notes"].format(minutes=slide.minutes)), *_flat(parts(slide.notes, course))]


def _in_parts(
    layout: Layout, title: str, body: list[Paragraph], notes: list[Paragraph], course: Course
) -> Iterator[Shown]:
    """One slide, or several with the same notes where one cannot hold it all."""
    size, divided = layout.body.fitted(body)
    for number, part in enumerate(divided, start=1):
        called = course.words["slide_part"].format(title=title, part=number, parts=len(divided))
        yield Shown(layout, called if len(divided) > 1 else title, notes, part, size)


def _opening(deck: Deck, course: Course) -> list[Paragraph]:
    """What the leader needs to know before the first slide: how long it takes, what for, and the ground rules."""
    facts = course.words["deck_facts"].format(slides=len(deck.slides), minutes=deck.minutes())
    guide = course.module.facilitator_guide
    if guide is None or guide.deck is None or guide.deck.id != deck.id:
        return [_bold(facts)]
    rules = [[{"t": "• "}, *runs(each, course)] for each in guide.ground_rules]
    return [_bold(facts), *_flat(parts(guide.purpose, course)), _bold(course.words["guide_rules"]), *rules]


def _back(card: Card, course: Course) -> Iterator[Paragraph]:
    words = course.words
    yield _bold(words["card_steps"])
    for number, step in enumerate(card.steps, start=1):
        yield [{"t": f"{number}. "}, *runs(step, course)]
    said = [(words["card_avoid"], card.avoid), (words["card_call"], card.call), (words["card_record"], card.record)]
    for label, text in said:
        if text:
            yield [{"t": f"{label}: ", "b": True}, *runs(text, course)]


def _bold(words: str) -> Paragraph:
    return [{"t": words, "b": True}]


def _flat(some: Iterable[Part]) -> Iterator[Paragraph]:
    """Paragraphs in the place of lists, tables and quotations: notes are read in a small window."""
    for part in some:
        if part["kind"] in ("list", "steps"):
            for number, item in enumerate(part["items"], start=1):
                first, *others = _flat(item) or ([],)
                yield [{"t": "• " if part["kind"] == "list" else f"{number}. "}, *first]
                yield from others
        elif part["kind"] == "table":
            for row in part["rows"]:
                yield [run for n, cell in enumerate(row) for run in ([{"t": " | "}] if n else []) + cell]
        elif part["kind"] == "quote":
            yield from _flat(part["parts"])
        else:
            yield part["runs"]
