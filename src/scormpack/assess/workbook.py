"""The table of a self-assessment as a workbook to fill in: lists to choose from, days, and what words mean."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scormpack.assess.form import ANSWER, COLUMNS, HEAD, KIND, Column, answered_from
from scormpack.content.assessment import WORDS
from scormpack.tables.cells import letters
from scormpack.tables.sheet import text_cell

_DAY = "yyyy-mm-dd"
_HOW = "How to fill this in"
_WIDE = 100  # digits
_LINE_HEIGHT = 15.5  # points
_FILL = PatternFill("solid", "E3EEF0")
_LINE = Side("thin", "7A7A7A")
_TEXT = Alignment(vertical="top", wrap_text=True)
_BOLD, _SOFT = Font("Calibri", 11, b=True), Font("Calibri", 11, i=True, color="404040")


def written(table: Sequence[Sequence[str]], name: str) -> bytes:
    """`table`, as `as_table` makes it, as a workbook for the provider `name`."""
    book = Workbook()
    _explain(book.worksheets[0], name)
    sheet = book.create_sheet(KIND.sheet)
    for number, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            _write(sheet, number, column, text)
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(map(_lines, row, COLUMNS))
    _dress(sheet)
    _offer(sheet, table)
    book.active = 1
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _explain(sheet: Worksheet, name: str) -> None:
    """The first sheet: what to do, in the order in which it is done."""
    sheet.title = _HOW
    sheet.column_dimensions["A"].width = _WIDE
    lines = [
        _HOW,
        f"This is what {name} says of itself: for each question an answer, and what shows that it is true.",
        f"Answer on the sheet “{KIND.sheet}”. Choose one word in the column “{ANSWER}”:",
        *(f"{word}: {meaning}" for word, meaning in WORDS.values()),
        "Leave it empty where you have not answered yet. That is no mistake.",
        "Under “evidence” say where somebody can see it: a policy, a record, a date. “Met” and “Partly” need it.",
        "Write no names of clients, and nothing by which a client or a family could be known: others will read it.",
        "Do not change the column “id”. You may sort rows, make columns wider, and hide what you do not need.",
        "When you have finished, say in the first rows who has filled it in, and on which day. Then save it.",
    ]
    for number, line in enumerate(lines, 1):
        cell = text_cell(_cell(sheet, number, 1), line)
        cell.alignment, cell.font = _TEXT, _BOLD if number == 1 else Font("Calibri", 11)


def _lines(text: str, column: Column) -> int:
    """About how many lines a text takes; not every program works that out when it opens a workbook."""
    return len(wrap(text, max(column.width - 2, 1))) or 1


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A cell: text, whatever it looks like. Days stay text, as they were written; new ones may be real days."""
    cell = text_cell(_cell(sheet, row, column), text)
    cell.alignment = _TEXT
    if row > HEAD:
        cell.border = Border(bottom=_LINE)
        cell.number_format = _DAY if COLUMNS[column - 1].is_day else "@"
    else:
        cell.font, cell.fill = _BOLD if row == 1 else _SOFT, _FILL


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)  # nothing is merged
    return found


def _dress(sheet: Worksheet) -> None:
    """The head stays in sight, on paper too; a sheet of paper has the whole width."""
    sheet.freeze_panes = f"B{HEAD + 1}"
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[letters(number)].width = column.width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _offer(sheet: Worksheet, table: Sequence[Sequence[str]]) -> None:
    """A list of the answers for each question, with what they mean, and what each other column is for."""
    first = answered_from(table)
    if first > len(table):
        return
    for number, column in enumerate(COLUMNS, 1):
        if column.field and column.name != COLUMNS[0].name:
            kind = _answers() if column.name == ANSWER else DataValidation(allow_blank=True)
            kind.promptTitle = column.name
            kind.prompt = kind.prompt or column.meaning
            kind.showInputMessage = True
            kind.add(f"{letters(number)}{first}:{letters(number)}{len(table)}")
            sheet.add_data_validation(kind)


def _answers() -> DataValidation:
    words = ",".join(word for word, _ in WORDS.values())
    found = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    found.prompt = "\n".join(f"{word}: {meaning}" for word, meaning in WORDS.values())[:255]
    found.errorTitle, found.error = ANSWER, "Choose one of the words in the list, or leave it empty."
    return found
