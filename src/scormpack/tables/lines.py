"""Rows of a table by the names of its columns, whatever else somebody has written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from scormpack.diagnostics import Code, Problems
from scormpack.source.codes import FRM_01, FRM_02, FRM_06, SRC_01, SRC_02
from scormpack.source.node import nearest
from scormpack.source.signs import UNUSABLE, brief
from scormpack.tables.cells import LONGEST, Cell, Kind, Row
from scormpack.tables.codes import TAB_02
from scormpack.tables.reading import read_rows

NOTE: Final = "#"  # begins the id of a row that is none: no id does
MOST_PROBLEMS: Final = 1_000  # that are told at once; each of these has to be fixed by hand
_ID: Final = "id"
Key = TypeVar("Key")


@dataclass(frozen=True)
class Line(Generic[Key]):
    """What a table says in one row, by what the columns stand for. A cell that cannot be read has its trouble."""

    row: Row
    cells: Mapping[Key, Cell]


def read_lines(file: Path, kind: Kind, known: Mapping[str, Key], problems: Problems) -> list[Line[Key]]:
    """The lines of a table, which may lie anywhere; notes are left out. What is in its cells is not looked at.

    `known` says what each column stands for, by its name; one is called `id`. Adds a problem for each cell and each
    column that cannot be read (TAB-02, FRM-01, FRM-02, SRC-01, SRC-02). Raises ContentError where none can be
    (TAB-01, SRC-04, SRC-06, SRC-07).
    """
    rows = read_rows(file, kind)
    at = _head(rows[0], known, problems)
    if _ID not in at.values():
        hint = f"Row {rows[0].number} has to have the names of columns, as `scormpack {kind.command}` writes them."
        problems.add(FRM_01, "no column is called `id`", rows[0].place, hint)
        return []
    named = {number for number, cell in rows[0].cells.items() if cell.text}
    lines = (_line(row, at, named, problems) for row in rows[1:] if len(problems.found) < MOST_PROBLEMS)
    return [Line(row, {known[name]: cell for name, cell in cells.items()}) for row, cells in filter(None, lines)]


def _head(row: Row, known: Mapping[str, Key], problems: Problems) -> dict[int, str]:
    """Which column stands where. A spreadsheet may have written a name with a capital letter."""
    names = {name.casefold(): name for name in known}
    found: dict[int, str] = {}
    for number, cell in row.cells.items():
        name = names.get(cell.text.casefold())
        if name is not None and name in found.values():
            _add(problems, SRC_02, f"the column `{brief(cell.text)}` is there twice", cell, "Keep one of them.")
        elif name is not None:
            found[number] = name
        elif cell.text:
            hint = nearest(cell.text, list(known))
            _add(problems, FRM_02, f"there is no column `{brief(cell.text)}`", cell, hint)
    return found


def _line(row: Row, at: Mapping[int, str], named: set[int], problems: Problems) -> tuple[Row, dict[str, Cell]] | None:
    """What one row says; None of a note, and of a row without an id."""
    cells = {name: row.cell(number) for number, name in at.items()}
    if cells[_ID].text.startswith(NOTE) and not cells[_ID].trouble:
        return None
    for number, cell in row.cells.items():
        if number not in named and cell.text:
            _add(problems, FRM_02, "stands in a column without a name", cell, "Name the column, or empty the cell.")
    cells = {name: _checked(cell, name, problems) for name, cell in cells.items()}
    if not cells[_ID].text:
        _add(problems, FRM_01, "`id`: is missing", cells[_ID], "Write the id, or empty the whole row.")
    return (row, cells) if cells[_ID].text and not cells[_ID].trouble else None


def _checked(cell: Cell, name: str, problems: Problems) -> Cell:
    """The cell, with its trouble if it has any, of which a problem is added."""
    if cell.trouble:
        _add(problems, TAB_02, f"`{name}`: {cell.trouble}", cell, TAB_02.remedy)
    elif found := UNUSABLE.search(cell.text):
        trouble = f"the control character U+{ord(found[0]):04X} is not used here"
        _add(problems, SRC_01, f"`{name}`: {trouble}", cell, "Remove it, or write it as a space.")
        return cell._replace(trouble=trouble)
    elif len(cell.text) > LONGEST:
        trouble = f"is longer than {LONGEST:,} characters"
        _add(problems, FRM_06, f"`{name}`: {trouble}", cell, "Shorten it.")
        return cell._replace(trouble=trouble)
    return cell


def _add(problems: Problems, code: Code, message: str, cell: Cell, hint: str) -> None:
    problems.add(code, f"{message} (cell {cell.name})", cell.place, hint, cell.text[:LONGEST])
