"""The pack for whoever leads a group: everything in facilitator.yaml, what to read out, and what to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_library
from printed import check_access, course_of, headings, pages, squeezed

from scormpack.blocks import Card, Scenario
from scormpack.cache import NOTHING
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.outputs import OUTPUTS
from scormpack.outputs.output import Sheet
from scormpack.vocabulary import PLACEHOLDER, Markdown


@pytest.fixture(scope="module")
def course() -> Course:
    return course_of("may-have-died", "willow-lane")


@pytest.fixture(scope="module")
def paper(course: Course) -> bytes:
    made = OUTPUTS["facilitator"].make(course, Sheet(), NOTHING)
    assert made is not None
    assert made.findings == ()
    return made.data


def test_every_word_of_the_guide_is_printed(paper: bytes, course: Course) -> None:
    guide = course.module.facilitator_guide
    assert guide is not None
    said = squeezed("".join(pages(paper)))
    without_slides = guide.model_copy(update={"deck": None})
    texts: list[str] = [each.value for each in without_slides.strings() if isinstance(each.value, Markdown)]
    texts += [each.happens for each in guide.if_this_happens]
    parts = [part for text in texts for part in PLACEHOLDER.split(words(text))[::3]]
    assert {word for part in parts for word in part.split() if squeezed(word) not in said} == set()


def test_each_plan_begins_a_page_and_names_what_it_uses(paper: bytes) -> None:
    every = pages(paper)
    for minutes in (15, 30, 60):
        (plan,) = [page for page in every if page.startswith(f"A plan for {minutes} minutes")]
        assert "Use: The person may have died" in plan


def test_cards_and_stories_are_there_to_be_read_out(paper: bytes, course: Course) -> None:
    said = squeezed("".join(pages(paper)))
    for card in course.blocks(Card):
        assert squeezed(card.front) in said
    situations = (each for story in course.blocks(Scenario) for each in story.situations)
    feedback = (choice.feedback for situation in situations for choice in situation.choices)
    parts = [part for text in feedback for part in PLACEHOLDER.split(words(text))[::3]]
    assert {word for part in parts for word in part.split() if squeezed(word) not in said} == set()


def test_what_is_seen_at_work_is_learning_and_never_competence(paper: bytes) -> None:
    (sheet,) = [page for page in pages(paper) if page.startswith("Seen at work")]
    assert "It does not show that someone is able to do a task." in sheet
    assert all(column in sheet for column in ("What was seen", "Who saw it", "When"))
    assert "compet" not in "".join(pages(paper)).lower()


def test_there_is_a_sheet_to_sign_and_a_form_before_and_after(paper: bytes, course: Course) -> None:
    every = pages(paper)
    assert [page.split("\n")[0] for page in every[-4:]] == [
        "Who was there",
        "Before we begin",
        "Before you go",
        "Seen at work",
    ]
    for form in every[-3:-1]:
        assert form.count("Very sure") == len(course.module.objectives)


def test_it_can_be_read_by_everyone(paper: bytes) -> None:
    check_access(paper, "Guide for the person who leads a group: What if the person may have died?")
    assert headings(paper).count("/H1") == 1


def test_a_module_without_a_guide_gives_none(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    assert OUTPUTS["facilitator"].make(course_of("first", "oak", tmp_path), Sheet(), NOTHING) is None
