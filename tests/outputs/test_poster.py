"""Posters: a page for each card and each drawing with words, as large as they can be, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_library
from printed import check_access, course_of, elements, pages, sizes, squeezed

from scormpack.blocks import Card
from scormpack.cache import NOTHING
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.outputs import OUTPUTS
from scormpack.outputs.output import Paper, Sheet
from scormpack.vocabulary import PLACEHOLDER


def printed(course: Course, name: str = "poster", paper: Paper = "a4") -> bytes:
    made = OUTPUTS[name].make(course, Sheet(paper), NOTHING)
    assert made is not None
    assert made.findings == ()
    return made.data


@pytest.mark.parametrize(
    ("name", "paper", "size"),
    [
        ("poster", "a4", (210, 297)),
        ("poster", "letter", (215.9, 279.4)),
        ("poster-large", "a4", (297, 420)),
        ("poster-large", "letter", (279.4, 431.8)),
    ],
)
def test_each_card_and_each_drawing_with_words_has_a_page(name: str, paper: Paper, size: tuple[float, float]) -> None:
    course = course_of("may-have-died", "willow-lane")
    data = printed(course, name, paper)
    every = pages(data)
    assert sizes(data) == [size] * 3
    for page, card in zip(every, course.blocks(Card), strict=False):
        for each in (card.title, card.front, *card.steps, card.avoid, card.call, card.record):
            for part in PLACEHOLDER.split(words(each or ""))[::3]:
                assert all(squeezed(word) in squeezed(page) for word in part.split()), part
    assert every[2].startswith("What the answers mean")
    assert [each.alt[:19] for each in elements(data) if each.kind == "/Figure"] == ["The three questions"]


def test_posters_can_be_read_by_everyone() -> None:
    check_access(printed(course_of("may-have-died", "willow-lane")), "Poster: What if the person may have died?")


def test_a_card_too_long_for_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    page = tmp_path / "first" / "pages" / "only.md"
    long = str(["and on " * 900, "Wait.", "Write."])
    text = page.read_text(encoding="utf-8").replace("[Call., Wait., Write.]", long)
    page.write_text(text, encoding="utf-8")
    every = pages(printed(course_of("first", "oak", tmp_path)))
    assert len(every) > 1
    assert squeezed("".join(every)).count("andon") == 900


def test_a_module_without_cards_and_drawings_gives_none(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    assert OUTPUTS["poster"].make(course_of("second", "oak", tmp_path), Sheet(), NOTHING) is None
