"""A module on paper: every block of it, the answers at the end, letters that are large enough."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import small_library
from hypothesis import given
from hypothesis import strategies as st
from paths import EVERY_BLOCK
from printed import check_access, course_of, elements, pages, squeezed
from pypdf import PdfReader

from scormpack.blocks import KINDS, Question, Scenario
from scormpack.blocks.deck import Slide
from scormpack.cache import NOTHING
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.diagnostics import ContentError
from scormpack.outputs import OUTPUTS
from scormpack.outputs.answers import ANSWERS
from scormpack.outputs.blocks import ON_PAPER
from scormpack.outputs.output import Sheet
from scormpack.outputs.text import Run, sentences
from scormpack.vocabulary import PLACEHOLDER, Markdown

KINDS_OF_READING = ("handout", "large-print", "easy-read")


@pytest.fixture(scope="module")
def course() -> Course:
    """The module that has one of every block."""
    return course_of("every-block", "full", EVERY_BLOCK)


@pytest.fixture(scope="module", params=KINDS_OF_READING)
def paper(request: pytest.FixtureRequest, course: Course) -> bytes:
    """It as each kind of paper."""
    return printed(request.param, course)


def printed(name: str, course: Course) -> bytes:
    made = OUTPUTS[name].make(course, Sheet(), NOTHING)
    assert made is not None
    assert made.findings == ()
    return made.data


def test_every_kind_of_block_is_on_paper_and_every_question_has_its_answer() -> None:
    assert set(ON_PAPER) == set(KINDS.values())
    assert set(ANSWERS) == {kind for kind in KINDS.values() if issubclass(kind, (Question, Scenario))}


def texts(course: Course) -> Iterator[str]:
    """Every piece of text that a learner reads on the pages of the module, without marks."""
    read = chain.from_iterable(block.strings() for page in course.module.pages for block in page.blocks)
    shown = (each for each in read if isinstance(each.value, Markdown) and not isinstance(each.owner, Slide))
    for text in (*(page.title for page in course.module.pages), *(leaf.value for leaf in shown)):
        yield from PLACEHOLDER.split(words(text))[::3]


def test_every_word_of_the_pages_is_printed(paper: bytes, course: Course) -> None:
    said = squeezed("".join(pages(paper)))
    alternatives = squeezed(" ".join(each.alt for each in elements(paper)))
    missing = {word for text in texts(course) for word in text.split() if squeezed(word) not in said + alternatives}
    assert missing == set()


def test_it_can_be_read_by_everyone(paper: bytes, course: Course) -> None:
    title = PdfReader(io.BytesIO(paper)).metadata
    assert title is not None
    assert str(title.title).endswith(f": {course.module.title}")
    check_access(paper, str(title.title), course.module.language)
    assert "/Figure" in {each.kind for each in elements(paper)}


def test_titles_stand_in_the_order_of_the_pages(paper: bytes, course: Course) -> None:
    said = squeezed("".join(pages(paper)))
    at = -1
    for page in course.module.pages:
        at = said.index(squeezed(page.title), at + 1)


def test_each_page_says_what_it_is_of(paper: bytes, course: Course) -> None:
    every = pages(paper)
    for number, text in enumerate(every, start=1):
        assert squeezed(f"{number} of {len(every)}") in squeezed(text)
        assert squeezed(f"version {course.module.version}") in squeezed(text)
        assert squeezed(course.provider.name) in squeezed(text)
        assert squeezed(course.settings.licence) in squeezed(text)


def test_no_letter_of_large_print_is_smaller_than_18_points(course: Course) -> None:
    found: set[float] = set()

    def visit(text: str, matrix: Any, at: list[float], _: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * at[3] * matrix[3]), 1))

    for page in PdfReader(io.BytesIO(printed("large-print", course))).pages:
        page.extract_text(visitor_text=visit)
    assert found
    assert min(found) >= 18


def test_answers_stand_at_the_end_and_not_beside_the_questions(course: Course) -> None:
    said = squeezed("".join(pages(printed("handout", course))))
    answers = said.index(squeezed(f"{course.words['answers']}{course.words['result_question'].format(number=1)}"))
    for question in course.module.questions():
        assert said.index(squeezed(words(question.rationale))) > answers, question.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two? “Three!” Four", ["One.", "Two?", "“Three!”", "Four"]),
        ("At 8 a.m. she calls.", ["At 8 a.m. she calls."]),
        ("It is 2.5 miles. 3 are left.", ["It is 2.5 miles.", "3 are left."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_new_one_begins(text: str, found: list[str]) -> None:
    assert ["".join(run["t"] for run in one) for one in sentences([{"t": text}])] == found


def test_a_sentence_may_end_with_a_mark_and_go_on_over_one() -> None:
    runs: list[Run] = [{"t": "Stop.", "b": True}, {"t": " Call "}, {"t": "now.", "b": True}, {"t": " Wait."}]
    assert [[(run["t"], run.get("b", False)) for run in one] for one in sentences(runs)] == [
        [("Stop.", True)],
        [("Call ", False), ("now.", True)],
        [("Wait.", False)],
    ]


@given(st.lists(st.text("aA .!?”", max_size=12), max_size=5))
def test_no_letter_is_lost_between_sentences(texts: list[str]) -> None:
    found = "".join(run["t"] for one in sentences([{"t": text} for text in texts]) for run in one)
    assert squeezed(found) == squeezed("".join(texts))


def test_easy_read_begins_each_sentence_on_a_line_of_its_own() -> None:
    text = "\n".join(pages(printed("easy-read", course_of("may-have-died", "willow-lane"))))
    for begin in ("Even when everybody knew", "You do not need to be brave.", "It is a hard subject"):
        assert f"\n{begin}" in text, begin


def test_a_word_longer_than_a_line_is_not_cut_off(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    page = tmp_path / "first" / "pages" / "only.md"
    page.write_text(f"# {'t' * 70}\n\nTalk to {{local:debrief_contact}}. {'x' * 99_000}\n", encoding="utf-8")
    text = "\n".join(pages(printed("handout", course_of("first", "oak", tmp_path))))
    assert text.count("x") >= 99_000
    assert max(len(line) for line in text.split("\n") if "xxx" in line) < 120
    assert max(len(line) for line in text.split("\n") if "ttt" in line) < 70


def test_a_sheet_of_letter_is_as_large_as_letter(course: Course, tmp_path: Path) -> None:
    made = OUTPUTS["handout"].make(course, Sheet("letter"), NOTHING)
    assert made is not None
    (tmp_path / "it.pdf").write_bytes(made.data)
    assert {(float(p.mediabox.width), float(p.mediabox.height)) for p in PdfReader(tmp_path / "it.pdf").pages} == {
        (612, 792)
    }


def test_each_drawing_that_nobody_can_draw_is_a_finding(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    (tmp_path / "first" / "media").mkdir(exist_ok=True)
    lines = ["# Only a page", "Talk to {local:debrief_contact}."]
    for name in ("a", "b"):
        nothing = f'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"><title>{name}</title></svg>'
        (tmp_path / "first" / "media" / f"{name}.svg").write_text(nothing, encoding="utf-8")
        lines.append(f"```figure\nsrc: {name}.svg\nalt: A thing\n```")
    (tmp_path / "first" / "pages" / "only.md").write_text("\n\n".join(lines), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        printed("handout", course_of("first", "oak", tmp_path))
    assert [(each.code, each.place.path[-11:]) for each in caught.value.diagnostics] == [
        ("FRM-11", "media/a.svg"),
        ("FRM-11", "media/b.svg"),
    ]
