"""Cards to cut: the back of each lies behind its front, however the printer turns, and nothing on them is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import small_library
from printed import check_access, course_of, elements, pages, said, sizes, squeezed

from scormpack.blocks import Card
from scormpack.cache import NOTHING
from scormpack.content.markdown import words
from scormpack.course.model import Course
from scormpack.outputs import OUTPUTS
from scormpack.outputs.output import Paper, Sheet, Turn
from scormpack.vocabulary import PLACEHOLDER

# Width and height of the sheet and of the card in millimetres, columns and rows.
LAYOUTS = {
    ("cards", "a4"): ((210, 297), (85, 55), 2, 5),
    ("cards", "letter"): ((215.9, 279.4), (85, 55), 2, 5),
    ("cards-a6", "a4"): ((210, 297), (105, 148.5), 2, 2),
    ("cards-a6", "letter"): ((215.9, 279.4), (107.95, 139.7), 2, 2),
}
CARD = """
```card
id: card-{n}
title: Card number {n} of all
front: What if {n}?
steps: [Call {n}., Wait {n}., Write {n}.]
```
"""


def library(folder: Path, *cards: str) -> Course:
    """A course that has these cards, and a provider that has filled in one of two slots."""
    small_library.write(folder)
    page = folder / "first" / "pages" / "only.md"
    page.write_text("\n".join(["# Only a page", "Talk to {local:debrief_contact}.", *cards]), encoding="utf-8")
    return course_of("first", "oak", folder)


def printed(course: Course, name: str = "cards", paper: Paper = "a4", turn: Turn = "long") -> bytes:
    made = OUTPUTS[name].make(course, Sheet(paper, turn), NOTHING)
    assert made is not None
    assert made.findings == ()
    return made.data


def cells(
    data: bytes, page: int, layout: tuple[tuple[float, float], tuple[float, float], int, int]
) -> list[tuple[str, tuple[int, int]]]:
    """Where on a sheet each card lies: its title, and its column and its row."""
    (sheet_width, sheet_height), (width, height), columns, rows = layout
    left, top = (sheet_width - columns * width) / 2, (sheet_height - rows * height) / 2
    return [
        (each.words, (int((each.x - left) // width), int((each.y - top) // height)))
        for each in said(data, page)
        if each.words.startswith("Card number")
    ]


@pytest.mark.parametrize("turn", ["long", "short"])
@pytest.mark.parametrize("count", [2, 11])
@pytest.mark.parametrize(("name", "paper"), LAYOUTS)
def test_the_back_of_each_card_lies_behind_its_front(
    name: str, paper: Paper, turn: Turn, count: int, tmp_path: Path
) -> None:
    layout = LAYOUTS[name, paper]
    sheet, _, columns, rows = layout
    data = printed(library(tmp_path, *(CARD.format(n=n) for n in range(count))), name, paper, turn)
    assert set(sizes(data)) == {sheet}
    met = []
    for page in range(0, len(sizes(data)), 2):
        front, back = cells(data, page, layout), cells(data, page + 1, layout)
        for (title, (column, row)), (title_behind, behind) in zip(front, back, strict=True):
            assert title == title_behind
            assert behind == ((columns - 1 - column, row) if turn == "long" else (column, rows - 1 - row)), title
        met += [title for title, _ in front]
    assert met == [f"Card number {n} of all" for n in range(count)] * (columns * rows // count or 1)


def test_cards_stand_on_their_sheet_from_left_to_right(tmp_path: Path) -> None:
    layout = LAYOUTS["cards", "a4"]
    data = printed(library(tmp_path, *(CARD.format(n=n) for n in range(3))))
    where = [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (1, 3), (0, 4)]
    assert cells(data, 0, layout) == [(f"Card number {at % 3} of all", cell) for at, cell in enumerate(where)]


def test_a_screen_reader_meets_each_card_once(tmp_path: Path) -> None:
    data = printed(library(tmp_path, *(CARD.format(n=n) for n in range(3))))
    assert [each.kind for each in elements(data)].count("/H1") == 6  # the front and the back of each


@pytest.mark.parametrize("name", ["cards", "cards-a6"])
def test_every_word_of_the_sample_cards_is_printed(name: str) -> None:
    course = course_of("may-have-died", "willow-lane")
    text = squeezed("".join(pages(printed(course, name))))
    for card in course.blocks(Card):
        for each in (card.title, card.front, *card.steps, card.avoid, card.call, card.record):
            for part in PLACEHOLDER.split(words(each or ""))[::3]:
                assert all(squeezed(word) in text for word in part.split()), part
    assert "0163296" + "0120" in text  # the office, which the card names by its slot


def test_a_long_card_goes_on_on_a_second_one(tmp_path: Path) -> None:
    steps = [f"Step {n}: {'and then some more words ' * 12}" for n in range(6)]
    long = CARD.format(n=1).replace("[Call 1., Wait 1., Write 1.]", str(steps))
    data = printed(library(tmp_path, long, CARD.format(n=2)))
    fronts, backs = pages(data)
    assert fronts.count("What if 1?") > fronts.count("What if 2?")
    assert [f"Step {n}:" in backs for n in range(6)] == [True] * 6
    assert squeezed(backs).count("andthensomemorewords") == 72 * fronts.count("What if 2?")


def test_ten_thousand_letters_in_one_word_are_all_there(tmp_path: Path) -> None:
    data = printed(library(tmp_path, CARD.format(n=1).replace("Wait 1.", "x" * 10_000)))
    text = "\n".join(pages(data))
    assert text.count("x") == 10_000
    assert (
        max(len(line) for line in text.split("\n") if "xxx" in line) < 80
    )  # else a line would go on beyond the card


def test_what_authors_and_providers_write_is_no_markup(tmp_path: Path) -> None:
    evil = r"#import `$x$` \u{41} @ref #{1+1} /* no */ // no = = * _a_ ~ \\ מילה عربي"
    course = library(tmp_path, CARD.format(n=1).replace("Wait 1.", f"'{evil}'"))
    course = replace(course, provider=course.provider.model_copy(update={"name": "#panic() $ @x <label> \\"}))
    text = squeezed("".join(pages(printed(course))))
    for word in ("#import", "$x$", "@ref", "#{1+1}", "/*no*/", "//no", "#panic()$@x<label>\\"):
        assert word in text, word
    assert set("מילהعرب") <= set(text)


def test_a_sign_without_a_letter_is_told(tmp_path: Path) -> None:
    course = library(tmp_path, CARD.format(n=1).replace("Wait 1.", "Wait 🙂 漢 🙂."))
    made = OUTPUTS["cards"].make(course, Sheet(), NOTHING)
    assert made is not None
    assert [(each.code, each.severity, each.words, each.place.path) for each in made.findings] == [
        ("OUT-01", "warning", "🙂", "first/module.yaml"),
        ("OUT-01", "warning", "漢", "first/module.yaml"),
    ]
    assert "Wait □ □ □." in pages(made.data)[1]


def test_an_empty_slot_has_a_line_to_write_on(tmp_path: Path) -> None:
    data = printed(library(tmp_path, CARD.format(n=1).replace("Wait 1.", "'Talk to {local:debrief_contact}'")))
    assert "Talk to [ask your manager: Someone to talk to]" in pages(data)[1].replace("\n", " ")


@pytest.mark.parametrize("name", ["cards", "cards-a6"])
def test_cards_can_be_read_by_everyone(name: str) -> None:
    data = printed(course_of("may-have-died", "willow-lane"), name)
    check_access(data, "What if…?: What if the person may have died?")
    assert {"/L", "/LI", "/P", "/H1"} <= {each.kind for each in elements(data)}


def test_the_same_course_gives_the_same_bytes() -> None:
    assert printed(course_of("your-role", "willow-lane")) == printed(course_of("your-role", "willow-lane"))


@pytest.mark.parametrize("name", ["cards", "cards-a6"])
def test_a_card_leads_to_itself_on_the_web_where_the_provider_has_it(name: str, tmp_path: Path) -> None:
    course = library(tmp_path, CARD.format(n=1), CARD.format(n=2))
    assert "/Figure" not in {each.kind for each in elements(printed(course, name))}
    provider = course.provider.model_copy(update={"web": "https://care.example.org/learn/"})
    data = printed(replace(course, provider=provider), name)
    check_access(data, "What if…?: The first module")
    at = "https://care.example.org/learn/first/index.html#only"
    assert [each.alt for each in elements(data) if each.kind == "/Figure"] == [
        f"This code opens the card on a phone: {at}~1",
        f"This code opens the card on a phone: {at}~2",
    ]


def test_a_module_without_cards_gives_no_file(tmp_path: Path) -> None:
    assert OUTPUTS["cards"].make(library(tmp_path), Sheet(), NOTHING) is None


def test_whom_to_call_stands_in_front_unless_it_would_fill_half_of_it(tmp_path: Path) -> None:
    short = CARD.format(n=1).replace("steps:", "call: 999 first.\nsteps:")
    long = CARD.format(n=2).replace("steps:", f"call: {'The office, or whoever is there. ' * 20}\nsteps:")
    front, back = pages(printed(library(tmp_path, short, long)))
    assert "999 first." in front
    assert "999 first." not in back
    assert "The office" not in front
    assert "The office" in back
