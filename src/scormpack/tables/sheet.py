"""Tables written as workbooks of Excel (.xlsx): every cell is text, which loses no zero and is never executed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import FORMAT_TEXT

from scormpack.tables.cells import guarded, letters

_HEAD_HEIGHT = 90  # points: six lines for what a column means
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")  # what a spreadsheet takes for another sign
_FILL = PatternFill("solid", "E3EEF0")
_TEXT: dict[str, Any] = {"number_format": FORMAT_TEXT, "alignment": Alignment(vertical="top", wrap_text=True)}
_NAMES = {**_TEXT, "font": Font("Calibri", 11, b=True), "fill": _FILL}
_NOTES = {**_TEXT, "font": Font("Calibri", 11, i=True, color="404040"), "fill": _FILL}


def written(table: Sequence[Sequence[str]], head: int, title: str) -> bytes:
    """`table` as a workbook of one sheet, called `title`.

    Its first `head` rows stay in sight, and so does the first column.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"B{head + 1}"
    sheet.row_dimensions[2].height = _HEAD_HEIGHT
    for number, values in enumerate(zip(*table, strict=True), 1):
        _dress(sheet.column_dimensions[letters(number)], {**_TEXT, "width": _width(values)})
    for number, row in enumerate(table, 1):
        cell = WriteOnlyCell(sheet)
        _dress(cell, _TEXT if number > head else _NAMES if number == 1 else _NOTES)
        sheet.append(_cells(cell, row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _dress(what: object, look: Mapping[str, Any]) -> None:
    for name, value in look.items():
        setattr(what, name, value)


def _width(values: Sequence[str]) -> int:
    """How wide a column is, in digits: its name and what stands in it, within reason."""
    return min(max(len(values[0]) + 2, *map(len, values[2:]), 18), 40)


def _cells(cell: Cell, row: Sequence[str]) -> Iterator[Cell | None]:
    """One cell after another, each written before the next: the same one, which has its look already."""
    for value in row:
        yield text_cell(cell, value) if value else None


def text_cell(cell: Cell, text: str) -> Cell:
    """The cell, with `text` in it as text, whatever it looks like."""
    cell.value = _escaped(text)
    cell.data_type = "s"
    return cell


def _escaped(value: str) -> str:
    """A text cell is no formula, so nothing is in front of it but what `unguarded` would take away."""
    whole = guarded(value) if value.startswith("'") else value
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", whole)
