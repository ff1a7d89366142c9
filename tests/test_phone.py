"""Numbers to call: what a phone dials for each, and which of a text's numbers are some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.course.phone import broken_in, dialled, in_parts

# Of each range that Ofcom keeps for drama, the first number and the last one.
DRAMA = [
    *("0113 496 0000", "0114 496 0999", "0115 496 0000", "0116 496 0999", "0117 496 0000", "0118 496 0999"),
    *("0121 496 0000", "0131 496 0999", "0141 496 0000", "0151 496 0999", "0161 496 0000", "0191 498 0999"),
    *("020 7946 0000", "028 9649 6999", "029 2018 0000", "01632 960000", "01632 960999", "07700 900000"),
    *("07700 900999", "0808 157 0000", "0909 879 0999", "0306 999 0000"),
]
NATIONAL = [*DRAMA, "0300 123 4567", "0808 808 00 00", "0800 02 888 40", "0800 1111", "01534 440000"]
SHORT = ["999", "112", "111", "101", "105", "116 123", "116123", "18000", "85258", "70085"]


@pytest.mark.parametrize("number", [*NATIONAL, *SHORT])
def test_a_number_is_dialled_as_it_is_written(number: str) -> None:
    assert dialled(number) == number.replace(" ", "")


@pytest.mark.parametrize("number", NATIONAL)
def test_with_the_code_of_the_country_the_zero_is_not_dialled(number: str) -> None:
    rest = number.removeprefix("0")
    right = "+44" + rest.replace(" ", "")
    for written in (f"+44 {rest}", f"+44 (0){rest}", f"+44 (0) {rest}", f"+44 0{rest}", f"0044 {rest}"):
        assert dialled(written) == right, written


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("(01632) 960 100", "01632960100"),
        ("01632-960-100", "01632960100"),
        ("01632\N{NO-BREAK SPACE}960100", "01632960100"),
        ("+353 1 234 5678", "+35312345678"),
        ("00 33 1 23 45 67 89", "+33123456789"),
    ],
)
def test_other_ways_to_write_one(number: str, right: str) -> None:
    assert dialled(number) == right


@pytest.mark.parametrize(
    "number",
    [
        *("", "+", "0", "Ask Sam", "tel 01632 960100", "01632 960100 ext. 204", "01632 960100 (24 hours)"),
        *("01632 960100 or 07700 900100", "01632 960100/101", "01632 960100 24", "8 01632 960100"),
        *("01632 9601", "01632 96010000", "1632 960100", "0999", "+44 999", "0353 1 234 5678", "+999 1234567"),
        *("1234", "12345", "2026", "00000000000"),
    ],
)
def test_what_rings_nowhere(number: str) -> None:
    assert dialled(number) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sam on 01632 960 100", {"01632 960 100": "01632960100"}),
        ("Sam (01632 960 100).", {"01632 960 100": "01632960100"}),
        ("Sam on (01632) 960 100", {"(01632) 960 100": "01632960100"}),
        ("Sam on +44 (0)1632 960 103, free", {"+44 (0)1632 960 103": "+441632960103"}),
        ("07700 900124/07700 900125", {"07700 900124": "07700900124", "07700 900125": "07700900125"}),
        ("07700 900124 07700 900125", {"07700 900124": "07700900124", "07700 900125": "07700900125"}),
        ("01632 960 104 24 hours a day", {"01632 960 104": "01632960104"}),
        ("01632 960 104 8am to 8pm", {"01632 960 104": "01632960104"}),
        ("01632 960104 08:00 to 20:00", {"01632 960104": "01632960104"}),
        ("01632 960104 ext. 12", {"01632 960104": "01632960104"}),
        ("from 2026-01-02 01632 960104", {"01632 960104": "01632960104"}),
        ("the folder of 2026, shelf 1632 960 105", {}),
        ("at 09 00 on 28/09/2026, room 0101, or 999", {}),
        ("file AB01632960104, item 7-01632960104", {}),
    ],
)
def test_numbers_inside_a_text(text: str, found: dict[str, str]) -> None:
    parts = list(in_parts(text))
    assert "".join(part for part, _ in parts) == text
    assert {part: number for part, number in parts if number} == found
    assert list(broken_in(text)) == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Sam on 01632 96010, or Ada on 01632 960 101", ["01632 96010"]),
        ("Sam on +44 1632 96010 55", ["+44 1632 96010 55"]),
        ("Childline on 0800 1111 24 hours", ["0800 1111 24"]),  # 0800 111124 is a number too
    ],
)
def test_what_looks_like_a_number_inside_a_text(text: str, broken: list[str]) -> None:
    assert list(broken_in(text)) == broken


@given(st.text(alphabet="0123456789+() -a.", max_size=80))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert "".join(part for part, _ in in_parts(text)) == text
