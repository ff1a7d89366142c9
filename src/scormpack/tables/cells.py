"""Cells of a spreadsheet, whichever kind of file it was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from scormpack.diagnostics import Code, ContentError, Place
from scormpack.source.codes import SRC_06
from scormpack.source.files import shown
from scormpack.tables.codes import TAB_01

LONGEST: Final = 5_000  # characters of a cell
DIGITS_LOST: Final = "is a number of which only the first digits are left"

_ROUNDED = re.compile(r"[+-]?[0-9][.,]?[0-9]*E[+-][0-9]+", re.IGNORECASE)
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|#+)")
# What a spreadsheet would take for a formula has an apostrophe in front in a CSV file; what had one has one more.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True)
class Kind:
    """What a table is meant to be: what each row is about (`provider`), and how large any such table can be.

    `command` writes such a table, if there is any. Of a workbook the sheet with the name `sheet` is read, or else the
    first one. With `typed` a day, a time or a fraction is what it is; without, it is what a spreadsheet made of
    something else that was typed.
    """

    sheet: str
    one: str
    command: str = ""
    typed: bool = False
    bytes: int = 10_000_000  # ten thousand providers take half of it
    rows: int = 20_000
    columns: int = 500
    cells: int = 300_000  # ten thousand providers with thirty columns


class Cell(NamedTuple):
    """What stands in a cell, where that is, and what a spreadsheet calls it: `D5`.

    With `trouble` nobody knows what was typed into it.
    """

    text: str
    place: Place
    name: str
    trouble: str = ""


class Row(NamedTuple):
    """A row in which something stands: its place, its number, and its cells by the numbers of their columns."""

    place: Place
    number: int
    cells: dict[int, Cell]

    def cell(self, column: int) -> Cell:
        """The cell in a column; an empty one where nothing stands."""
        return self.cells.get(column) or Cell("", self.place, f"{letters(column)}{self.number}")


def cell(text: str, place: Place, row: int, column: int, trouble: str = "") -> Cell:
    """A cell as it was read: without white space around it, and with what gives a lost value away."""
    text = unguarded((text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip())
    if text.startswith("#") and _ERROR.fullmatch(text):
        trouble = f"holds the error {text}"
    elif text[-1:].isdigit() and _ROUNDED.fullmatch(text):
        trouble = DIGITS_LOST
    return Cell(text, place, f"{letters(column)}{row}", trouble)


@cache
def letters(column: int) -> str:
    """What a spreadsheet calls a column: `A` is 1, `AA` is 27."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def guarded(text: str) -> str:
    """`text` as no program takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` made `text` of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def refused(
    file: Path, message: str, code: Code = TAB_01, hint: str = "", line: int = 0, column: int = 0
) -> ContentError:
    """A ContentError about a table that cannot be read."""
    place = Place(shown(file), line, column, outside=True)
    return ContentError([code.finding(message, place, hint or code.remedy)])


def too_large(file: Path, what: str, kind: Kind) -> ContentError:
    """A ContentError about a table that is larger than any that is meant."""
    hint = f"Delete the empty rows below the last {kind.one} and the empty columns on the right, or divide the table."
    return refused(file, what, SRC_06, hint)
