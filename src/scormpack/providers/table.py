"""A table of providers: a row for each, a column for each field and slot; what is above says what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scormpack.content.library import Library
from scormpack.diagnostics import Code, Problems
from scormpack.providers.columns import ID, Column, KeyPath, columns, value_at
from scormpack.source.codes import FRM_01, FRM_02, FRM_06, SRC_01, SRC_02
from scormpack.source.node import nearest
from scormpack.source.signs import UNUSABLE, brief
from scormpack.source.yaml import read_yaml
from scormpack.tables import comma
from scormpack.tables.cells import LONGEST, Cell, Kind, Row
from scormpack.tables.codes import TAB_02
from scormpack.tables.reading import read_rows

NOTE = "#"  # begins the id of a row that is none: no id does
MOST_PROBLEMS = 1_000  # that are told at once; each of these has to be fixed by hand
ENDINGS = (".csv", ".xlsx")
KIND = Kind("Providers", "provider")
_HEAD = 3  # rows: names, meanings, examples


def as_table(library: Library, empty: bool = False) -> list[list[str]]:
    """The rows of a table: names, what they mean, an example, then the values of each provider that can be read.

    Values are as they are written; a default that is not written is an empty cell.
    """
    known = columns(library.settings.slots)
    meant = [f"{NOTE} {each.meaning}" if each.path == ID else each.meaning for each in known]
    shown = [f"{NOTE} for example: {each.example}" if each.path == ID else each.example for each in known]
    files = [] if empty else [library.folder / "providers" / f"{name}.yaml" for name in library.providers]
    written = [read_yaml(file, library.folder) for file in files]
    values = [[value_at(data, each.path) for each in known] for data in written]
    return [[each.name for each in known], meant, shown, *values]


def table_file(table: Sequence[Sequence[str]], ending: str) -> bytes:
    """The bytes of a table, as a workbook where a file `.xlsx` is asked for."""
    if ending != ".xlsx":
        return comma.written(table)
    from scormpack.tables import sheet  # here, because openpyxl takes its time

    return sheet.written(table, _HEAD, KIND.sheet)


@dataclass(frozen=True)
class Line:
    """What a table says of one provider, by the paths of the columns. A cell that cannot be read has its trouble."""

    row: Row
    cells: Mapping[KeyPath, Cell]


def read_table(file: Path, known: Sequence[Column], problems: Problems) -> list[Line]:
    """The lines of a table, which may lie anywhere; notes are left out. What is in its cells is not looked at.

    Adds a problem for each cell and each column that cannot be read (TAB-02, FRM-01, FRM-02, SRC-01, SRC-02).
    Raises ContentError where none can be (TAB-01, SRC-04, SRC-06, SRC-07).
    """
    rows = read_rows(file, KIND)
    at = _head(rows[0], known, problems)
    if ID not in at.values():
        hint = f"Row {rows[0].number} has to have the names of columns, as `scormpack providers export` writes them."
        problems.add(FRM_01, "no column is called `id`", rows[0].place, hint)
        return []
    named = {number for number, cell in rows[0].cells.items() if cell.text}
    lines = (_line(row, at, named, problems) for row in rows[1:] if len(problems.found) < MOST_PROBLEMS)
    return [line for line in lines if line]


def _head(row: Row, known: Sequence[Column], problems: Problems) -> dict[int, KeyPath]:
    """Which column stands where. A spreadsheet may have written a name with a capital letter."""
    paths = {each.name.casefold(): each.path for each in known}
    found: dict[int, KeyPath] = {}
    for number, cell in row.cells.items():
        path = paths.get(cell.text.casefold())
        if path in found.values():
            _add(problems, SRC_02, f"the column `{brief(cell.text)}` is there twice", cell, "Keep one of them.")
        elif path:
            found[number] = path
        elif cell.text:
            hint = nearest(cell.text, [each.name for each in known])
            _add(problems, FRM_02, f"there is no column `{brief(cell.text)}`", cell, hint)
    return found


def _line(row: Row, at: Mapping[int, KeyPath], named: set[int], problems: Problems) -> Line | None:
    """What one row says; None of a note, and of a row without an id."""
    cells = {path: row.cell(number) for number, path in at.items()}
    if cells[ID].text.startswith(NOTE) and not cells[ID].trouble:
        return None
    for number, cell in row.cells.items():
        if number not in named and cell.text:
            _add(problems, FRM_02, "stands in a column without a name", cell, "Name the column, or empty the cell.")
    cells = {path: _checked(cell, path, problems) for path, cell in cells.items()}
    if not cells[ID].text:
        _add(problems, FRM_01, "`id`: is missing", cells[ID], "Write the id, or empty the whole row.")
    return Line(row, cells) if cells[ID].text and not cells[ID].trouble else None


def _checked(cell: Cell, path: KeyPath, problems: Problems) -> Cell:
    """The cell, with its trouble if it has any, of which a problem is added."""
    name = ".".join(path)
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
