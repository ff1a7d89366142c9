"""The pack for whoever leads a group: plans, what may happen, what to read out, and sheets to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scormpack.blocks import Block, Card, Scenario
from scormpack.cache import Cache
from scormpack.content.facilitator import FacilitatorGuide, Plan, Step
from scormpack.course.model import Course
from scormpack.outputs.answers import answer_to
from scormpack.outputs.blocks import card, scale, scenario
from scormpack.outputs.document import document
from scormpack.outputs.output import Made, Output, Sheet
from scormpack.outputs.parts import PAGE, bold, bullets, form, heading, lines, plain, said, ticks
from scormpack.outputs.parts import text as paragraph
from scormpack.outputs.text import Part, Run, parts, runs

_PEOPLE: Final = 14  # rows of the sign-in sheet
_WRITE: Final = 3  # lines below an open question


def _pack(course: Course, sheet: Sheet, cache: Cache) -> Made | None:
    guide = course.module.facilitator_guide
    if guide is None:
        return None
    return document(course, sheet, cache, course.words["facilitator"], list(_parts(guide, course)))


def _parts(guide: FacilitatorGuide, course: Course) -> Iterator[Part]:
    yield from _to_lead(guide, course)
    yield from _to_read_out(course)
    yield from _to_fill_in(course)


def _to_lead(guide: FacilitatorGuide, course: Course) -> Iterator[Part]:
    words = course.words
    yield from parts(guide.purpose, course)
    yield from _section(words["guide_before"], guide.before, course)
    yield from _section(words["guide_rules"], guide.ground_rules, course)
    for plan in guide.plans:
        yield from _plan(plan, course)
    yield PAGE
    yield heading(2, words["guide_if"])
    for each in guide.if_this_happens:
        yield heading(3, each.happens)
        yield said(each.do, course)
    yield from _section(words["guide_inclusion"], guide.inclusion, course)
    yield from _section(words["guide_after"], guide.after, course)
    yield from _section(words["guide_online"], guide.adapt_online, course)


def _section(title: str, phrases: Iterable[str], course: Course) -> Iterator[Part]:
    yield heading(2, title)
    yield bullets(phrases, course)


def _plan(plan: Plan, course: Course) -> Iterator[Part]:
    yield PAGE
    yield heading(2, course.words["guide_plan"].format(minutes=plan.minutes))
    yield {"kind": "steps", "items": [list(_step(step, course)) for step in plan.steps]}


def _step(step: Step, course: Course) -> Iterator[Part]:
    words = course.words
    yield paragraph([bold(f"{words['guide_minutes'].format(minutes=step.minutes)}  "), *runs(step.do, course)])
    if step.ask:
        yield bullets(step.ask, course)
    for name in step.uses:
        yield paragraph([bold(f"{words['guide_uses']}: "), *_name(course.module.block(name), course)])


def _name(block: Block, course: Course) -> list[Run]:
    """What a block is called: by its title, or by what it asks."""
    title = getattr(block, "title", "")
    return [{"t": title}] if title else runs(getattr(block, "prompt", course.words["recommendations_title"]), course)


def _to_read_out(course: Course) -> Iterator[Part]:
    """The cards and the stories, these with what each choice comes to."""
    cards = list(course.blocks(Card))
    if cards:
        yield from (PAGE, heading(2, course.words["card"]))
    for each in cards:
        yield from card(each, course)
    for story in course.blocks(Scenario):
        yield from (PAGE, heading(2, story.title))
        yield from scenario(story, course)
        yield from (heading(3, course.words["answers"]), *answer_to(story, course))


def _to_fill_in(course: Course) -> Iterator[Part]:
    yield from _signing_in(course)
    yield from _evaluation(course.words["print_before"], [course.words["print_hope"]], course)
    yield from _evaluation(
        course.words["print_after"], [course.words["print_try"], course.words["print_better"]], course
    )
    yield from _observation(course)


def _signing_in(course: Course) -> Iterator[Part]:
    words = course.words
    yield from (PAGE, heading(2, words["print_sign_in"]))
    yield form([words["print_date"], words["print_place"], words["print_led_by"]], [[""]])
    yield form([words["print_name"], words["print_signature"]], [[""]] * _PEOPLE)


def _evaluation(title: str, questions: Iterable[str], course: Course) -> Iterator[Part]:
    """How sure somebody is of each objective, and open questions. No name stands on it."""
    yield from (PAGE, heading(2, title), plain(course.words["print_nameless"]))
    yield paragraph([bold(course.words["confidence"])])
    for each in course.module.objectives:
        yield plain(each.text)
        yield {**ticks([{"t": word}] for word in scale(course)), "abreast": True}
    for question in questions:
        yield paragraph([bold(question)])
        yield lines(_WRITE)


def _observation(course: Course) -> Iterator[Part]:
    """What was seen at work. It is about learning: whether somebody may do a task is decided elsewhere."""
    words = course.words
    yield from (PAGE, heading(2, words["print_observed"]), plain(words["print_observed_how"]))
    yield paragraph([bold(words["certificate_claims"])])
    yield form([words["print_name"]], [[""]])
    columns = [words["about_objectives"], words["print_what"], words["print_who"], words["print_when"]]
    yield form(columns, ([each.text] for each in course.module.objectives), first=2)


GUIDE: Final = Output("facilitator", "The pack for whoever leads a group", _pack)
