"""The right answers with their reasons, and what each choice of a story comes to: for the end of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeAlias

from scormpack.blocks import Block, Match, Multiple, Order, Scenario, Single, Sort, TrueFalse
from scormpack.blocks.block import ChoiceQuestion, Question, Task
from scormpack.blocks.scenario import Choice
from scormpack.course.model import Course
from scormpack.outputs.blocks import number_of, voice
from scormpack.outputs.parts import bold, heading, in_bold, labelled, said, steps
from scormpack.outputs.parts import text as paragraph
from scormpack.outputs.text import Part, Run, runs
from scormpack.source.word import Slug

Answer: TypeAlias = Callable[[Any, Course], Iterator[Part]]


def answers(course: Course) -> Iterator[Part]:
    """What there is to say about every question and story of the module, in the order of the pages."""
    for block in course.blocks(Task):
        if answer := ANSWERS.get(type(block)):
            yield from answer(block, course)


def answer_to(story: Scenario, course: Course) -> Iterator[Part]:
    """What each choice of a story comes to."""
    return islice(_scenario(story, course), 1, None)  # without its title


def _choice(block: ChoiceQuestion, course: Course) -> Iterator[Part]:
    options = [(option.correct, runs(option.text, course), option.feedback) for option in block.options]
    yield from _judged(block, options, course)


def _true_false(block: TrueFalse, course: Course) -> Iterator[Part]:
    words = course.words
    yes, no = [{"t": words["true"]}], [{"t": words["false"]}]
    yield from _judged(block, [(block.answer, yes, block.if_true), (not block.answer, no, block.if_false)], course)


def _judged(block: Question, options: Sequence[tuple[bool, list[Run], str]], course: Course) -> Iterator[Part]:
    """The right answers first, then why each of the others is none."""
    yield heading(3, number_of(block, course))
    yield said(block.prompt, course)
    words = course.words
    for is_right, what, feedback in sorted(options, key=lambda each: not each[0]):
        yield paragraph([bold(f"{words['mark_right'] if is_right else words['mark_wrong']}: "), *what])
        yield said(feedback, course)
    yield labelled(words["why"], block.rationale, course)


def _order(block: Order, course: Course) -> Iterator[Part]:
    yield heading(3, number_of(block, course))
    yield said(block.prompt, course)
    yield steps(block.steps, course)
    yield said(block.if_wrong, course)
    yield labelled(course.words["why"], block.rationale, course)


def _match(block: Match, course: Course) -> Iterator[Part]:
    yield heading(3, number_of(block, course))
    yield said(block.prompt, course)
    for pair in block.pairs:
        yield paragraph([*runs(pair.item, course), {"t": ": "}, *in_bold(pair.match, course)])
        yield said(pair.feedback, course)
    yield labelled(course.words["why"], block.rationale, course)


def _sort(block: Sort, course: Course) -> Iterator[Part]:
    yield heading(3, number_of(block, course))
    yield said(block.prompt, course)
    for group in block.groups:
        yield paragraph([bold(group.name)])
        items = ([said(each.text, course), said(each.feedback, course)] for each in group.items)
        yield {"kind": "list", "items": list(items)}
    yield labelled(course.words["why"], block.rationale, course)


def _scenario(block: Scenario, course: Course) -> Iterator[Part]:
    words = course.words
    numbers = {
        each.id: words["scenario_situation"].format(number=n) for n, each in enumerate(block.situations, start=1)
    }
    numbers |= {each.id: words["scenario_end"] for each in block.endings}
    yield heading(3, f"{words['scenario']} {block.title}")
    for situation in block.situations:
        yield heading(4, numbers[situation.id])
        for choice in situation.choices:
            yield from _played_out(choice, numbers, course)


def _played_out(choice: Choice, numbers: Mapping[Slug, str], course: Course) -> Iterator[Part]:
    words = course.words
    rating = words[f"rating_{choice.rating}"]
    yield paragraph(in_bold(choice.text, course))
    if choice.follows:
        yield said(choice.follows, course)
    if choice.says:
        yield voice(choice.says, course)
    yield labelled(rating, choice.feedback, course)
    if choice.next:
        yield said(words["scenario_leads_to"].format(next=numbers[choice.next]), course)


ANSWERS: Final[dict[type[Block], Answer]] = {
    Single: _choice,
    Multiple: _choice,
    TrueFalse: _true_false,
    Order: _order,
    Match: _match,
    Sort: _sort,
    Scenario: _scenario,
}
