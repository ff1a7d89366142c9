"""Tables as CSV, as spreadsheets of several countries write it: divided by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from scormpack.diagnostics import Place
from scormpack.source.codes import SRC_07
from scormpack.source.files import shown
from scormpack.tables.cells import Cell, Kind, Row, cell, guarded, refused, too_large

_DIVIDERS: Final = ",;\t"
_LINE_END = re.compile(r"\r\n|\r|\n")
_FIRST = 20  # lines that show what divides the cells
_QUOTED = re.compile(r'"[^"]*"')
_SAVE_AS = "In Excel choose “CSV UTF-8” under “Save as”, or save it as a workbook (.xlsx)."


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """`rows` as Excel likes them: UTF-8 with its mark, lines ended by CR LF, and nothing that it would execute."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([guarded(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def rows(file: Path, data: bytes, kind: Kind) -> Iterator[Row]:
    """The rows of a CSV file in which something stands. ContentError (TAB-01, SRC-06, SRC-07)."""
    return _Reader(file, _decoded(file, data), kind).rows()


def _decoded(file: Path, data: bytes) -> str:
    """The text, which has to be UTF-8: of any other, nobody can tell which it is, and accents would be garbled."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # Excel's “Unicode Text”
    if not marked and b"\0" in data:
        raise refused(file, "is neither a workbook nor text")
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(file, f"is not UTF-8 text (byte {error.start + 1})", SRC_07, _SAVE_AS, line) from None


class _Reader:
    """Takes one text apart, and knows the line and the column of each cell."""

    def __init__(self, file: Path, text: str, kind: Kind) -> None:
        self.file = file
        self.kind = kind
        self.path = shown(file)
        self.text = text
        self.at = self.line_begins = self.seen = 0
        self.line = self.number = 1
        first = re.match(r"sep=(.)(?:\r\n|\r|\n)", text)  # which Excel reads, and does not show
        if first:
            self.move(first.end())
        divider = first[1] if first else _divider(text)
        self.divider = divider
        inside = re.escape(f"{divider}\r\n")
        self.plain = re.compile(f"[^{inside}]*+")
        self.quoted = re.compile(rf'"((?:[^"]|"")*+)"(?=[{inside}]|\Z)')

    def rows(self) -> Iterator[Row]:
        while self.at < len(self.text):
            place = Place(self.path, self.line, outside=True)
            found = dict(enumerate(self.cells(), 1))
            if any(each.text for each in found.values()):
                yield Row(place, self.number, found)
            self.number += 1
            self.seen += len(found)
            if self.number > self.kind.rows or self.seen > self.kind.cells:
                most = f"has more than {self.kind.rows:,} rows, or {self.kind.cells:,} cells"
                raise too_large(self.file, most, self.kind)

    def cells(self) -> Iterator[Cell]:
        """The cells of one row, up to the end of its line."""
        for column in range(1, self.kind.columns + 1):
            yield self.cell(column)
            if not self.text.startswith(self.divider, self.at):
                end = _LINE_END.match(self.text, self.at)
                self.move(end.end() if end else len(self.text))
                return
            self.at += 1
        raise too_large(self.file, f"has more than {self.kind.columns} columns", self.kind)

    def cell(self, column: int) -> Cell:
        place = Place(self.path, self.line, self.at - self.line_begins + 1, outside=True)
        if not self.text.startswith('"', self.at):
            found = self.plain.match(self.text, self.at)
            value = found[0] if found else ""
            self.at += len(value)  # in which no line ends
        else:
            found = self.quoted.match(self.text, self.at)
            if not found:
                hint = "Inside quotes, a quote is written twice. Save the table again from a spreadsheet."
                message = "the quotes that open here are not closed before the end of the cell"
                raise refused(self.file, message, hint=hint, line=place.line, column=place.column)
            value = found[1].replace('""', '"')
            self.move(found.end())
        return cell(value, place, self.number, column)

    def move(self, to: int) -> None:
        """Go on to a place, and count the lines on the way."""
        for end in _LINE_END.finditer(self.text, self.at, to):
            self.line += 1
            self.line_begins = end.end()
        self.at = to


def _divider(text: str) -> str:
    """What divides the cells: what stands, outside of quotes, in most of the first lines, and often in the first."""
    begin = _QUOTED.sub("x", text[:100_000])
    lines = [line for line in _LINE_END.split(begin) if line.strip(f"{_DIVIDERS} ")][:_FIRST] or [""]
    return max(_DIVIDERS, key=lambda sign: (sum(sign in line for line in lines), lines[0].count(sign)))
