"""Tables as workbooks of Excel (.xlsx), read by openpyxl: only what has passed a gate, in bounded time and memory.

Parts, cells and number formats: ECMA-376, part 1, 12.3 and 18.3 to 18.8.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import SHEET_MAIN_NS

from scormpack.diagnostics import ContentError, Place
from scormpack.source.files import shown
from scormpack.source.signs import brief
from scormpack.tables.cells import DIGITS_LOST, Cell, Kind, Row, cell, letters, refused, too_large

_LARGEST_PART = 30_000_000  # bytes
_LARGEST_PARTS = 60_000_000  # bytes of all of them
_MOST_PARTS = 1_000
_MOST_ELEMENTS = 1_300_000  # of all parts; ten thousand providers have 1,200,000
_HEAVIEST = 2_400_000  # elements, each with attributes counted four times: as much memory they take
_MOST_AS_OBJECTS = 100_000  # elements of a part that openpyxl reads as a whole
_MOST_IN_ROW = 20_000  # elements; all cells of a row are made before the first is seen
_AT_ONCE = 50_000  # bytes
_LONGEST_TAG = 500_000  # bytes; expat begins each time anew until it has seen the end of one
_MOST_NAMES = 5_000  # of elements and attributes, all of which expat keeps
_EXACT = 10**15  # a number has no more digits than that in a spreadsheet
_ASIDE = r"(?:docProps|customXml|xl/(?:theme|drawings|charts|chartsheets|externalLinks|pivot\w+))/"  # not about cells
_READ = re.compile(rf"(?!{_ASIDE}).*\.(?:xml|rels)")
_STREAMED = re.compile(r"xl/(?:worksheets/|sharedStrings)[^/]*\.xml", re.IGNORECASE)
_PADDED = re.compile(r'[0 \\"-]+')  # a format that shows zeros in front
_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-F])_")  # a sign that XML cannot hold, or the beginning of what is none

_Attributes: TypeAlias = dict[str, str]


def rows(file: Path, data: bytes, kind: Kind) -> Iterator[Row]:
    """The rows of the sheet that is meant in which something stands. Raises ContentError (TAB-01, SRC-06).

    Of a formula it takes the value that was stored with it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out that is in no cell
            yield from _rows(file, kind, *_passed(file, data, kind))
    except ContentError:
        raise
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, NotImplementedError) as error:
        raise refused(file, f"is damaged: {error}") from None
    except Exception:  # of a part that is none, openpyxl raises whatever comes of it
        raise refused(file, "is damaged, or no workbook") from None


def _passed(file: Path, data: bytes, kind: Kind) -> tuple[io.BytesIO, dict[str, _Part]]:
    """A zip of the parts that are read, all of which have passed, and what is known of each of them."""
    passed = io.BytesIO()
    parts: dict[str, _Part] = {}
    elements = weight = 0
    with zipfile.ZipFile(io.BytesIO(data)) as opened, zipfile.ZipFile(passed, "w") as kept:
        for info in _members(file, opened, kind):
            text = opened.read(info)
            most = _MOST_ELEMENTS if _STREAMED.fullmatch(info.filename) else _MOST_AS_OBJECTS
            part = parts[info.filename] = _Part(file, text, most, kind)
            elements, weight = elements + part.elements, weight + part.weight
            if elements > _MOST_ELEMENTS or weight > _HEAVIEST:
                raise _no_table(file, kind)
            kept.writestr(info.filename, text)
    return passed, parts


def _no_table(file: Path, kind: Kind) -> ContentError:
    return too_large(file, f"holds more than any table of {kind.one}s", kind)


def _members(file: Path, opened: zipfile.ZipFile, kind: Kind) -> list[zipfile.ZipInfo]:
    """The parts that are read, no larger than they may be: zipfile unpacks no more than a size that it was told."""
    found = [info for info in opened.infolist() if _READ.fullmatch(info.filename)]
    if max((info.file_size for info in found), default=0) > _LARGEST_PART:
        raise too_large(file, f"holds more than {_LARGEST_PART:,} bytes in one part", kind)
    if len(found) > _MOST_PARTS or sum(info.file_size for info in found) > _LARGEST_PARTS:
        raise too_large(file, f"holds more than {_MOST_PARTS:,} parts, or {_LARGEST_PARTS:,} bytes", kind)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in found):
        raise zipfile.BadZipFile("it is packed in an unusual way")
    if len({info.filename for info in found}) < len(found):
        raise zipfile.BadZipFile("two of its parts have one name")
    return found


class _Part:
    """A part in XML, looked through before openpyxl reads it: whether it is small enough, and what would be lost.

    Rows and cells out of order, and which cells are merged, openpyxl leaves out without a word. A formula without a
    value is an empty cell to it.
    """

    def __init__(self, file: Path, text: bytes, most: int, kind: Kind) -> None:
        self.file = file
        self.kind = kind
        self.most = self.most_of_row = most
        self.trouble: ContentError | None = None  # of a sheet, which may not be the one that is read
        self.unvalued: set[tuple[int, int]] = set()  # rows and columns of formulas
        self.elements = self.weight = self.length = self.row = self.column = 0
        self.is_text = self.is_formula = self.in_value = self.has_value = False
        begins = {"row": self.begin_row, "c": self.begin_cell, "f": self.begin_formula, "v": self.begin_value}
        begins["mergeCell"] = self.begin_merged
        ends = {"row": self.end_row, "c": self.end_cell, "v": self.end_value}
        self.begins = {f"{SHEET_MAIN_NS} {name}": begin for name, begin in begins.items()}
        self.ends = {f"{SHEET_MAIN_NS} {name}": end for name, end in ends.items()}
        self.parse(text)

    def parse(self, text: bytes) -> None:
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.buffer_text = True
        reader.StartDoctypeDeclHandler = self.refuse_declarations
        reader.StartElementHandler, reader.EndElementHandler = self.begin, self.end
        reader.CharacterDataHandler = self.text
        for at in range(0, len(text), _AT_ONCE):
            reader.Parse(text[at : at + _AT_ONCE])
            if at - reader.CurrentByteIndex > _LONGEST_TAG or len(reader.intern) > _MOST_NAMES:
                raise _no_table(self.file, self.kind)
        reader.Parse(b"", True)

    def refuse_declarations(self, *_: object) -> None:
        raise refused(self.file, "declares entities, which no spreadsheet writes")

    def begin(self, tag: str, of: _Attributes) -> None:
        self.elements += 1
        self.weight += 4 if of else 1
        if self.elements > self.most_of_row or self.weight > _HEAVIEST:
            raise _no_table(self.file, self.kind)
        if begin := self.begins.get(tag):
            begin(of)

    def text(self, text: str) -> None:
        self.length += len(text)
        self.has_value = self.has_value or self.in_value
        if self.length > self.kind.bytes:
            raise too_large(self.file, f"has more than {self.kind.bytes:,} characters", self.kind)

    def end(self, tag: str) -> None:
        if end := self.ends.get(tag):
            end()

    def begin_row(self, of: _Attributes) -> None:
        row = int(of.get("r", self.row + 1))
        if row <= self.row:
            self.tell(refused(self.file, f"row {row} stands below row {self.row}"))
        if row > self.kind.rows:
            self.tell(too_large(self.file, f"has more than {self.kind.rows:,} rows", self.kind))
        self.row, self.column, self.most_of_row = row, 0, min(self.most, self.elements + _MOST_IN_ROW)

    def end_row(self) -> None:
        self.most_of_row = self.most

    def begin_cell(self, of: _Attributes) -> None:
        column = coordinate_to_tuple(of["r"])[1] if of.get("r") else self.column + 1
        if column <= self.column:
            self.tell(refused(self.file, f"two cells of row {self.row} stand in column {letters(column)}"))
        if column > self.kind.columns:
            self.tell(too_large(self.file, f"has more than {self.kind.columns} columns", self.kind))
        self.column = column
        self.is_text, self.is_formula, self.has_value = of.get("t") == "str", False, False

    def begin_formula(self, _: _Attributes) -> None:
        self.is_formula = True

    def begin_value(self, _: _Attributes) -> None:
        self.in_value = True

    def end_value(self) -> None:
        self.in_value = False

    def end_cell(self) -> None:
        if self.is_formula and not (self.has_value or self.is_text):
            self.unvalued.add((self.row, self.column))

    def begin_merged(self, of: _Attributes) -> None:
        line, column = coordinate_to_tuple(of["ref"].partition(":")[0])
        hint = f"Undo “Merge cells”: a value belongs to one {self.kind.one}."
        message = f"the cells {of['ref'][:20]} are merged"
        self.tell(refused(self.file, message, hint=hint, line=line, column=column))

    def tell(self, trouble: ContentError) -> None:
        self.trouble = self.trouble or trouble


def _rows(file: Path, kind: Kind, passed: io.BytesIO, parts: dict[str, _Part]) -> Iterator[Row]:
    path = shown(file)
    sheet = _chosen(load_workbook(passed, read_only=True, data_only=True, keep_links=False).worksheets, kind)
    part = parts[sheet._worksheet_path]
    if part.trouble:
        raise part.trouble
    sheet.reset_dimensions()  # which may be wrong
    cells = length = 0
    for number, values in enumerate(sheet.rows, 1):
        row = Row(Place(path, number, outside=True), number, dict(_cells(path, number, values, part.unvalued, kind)))
        cells += len(row.cells)
        length += sum(len(each.text) for each in row.cells.values())
        if cells > kind.cells or length > kind.bytes:
            raise too_large(file, f"has more than {kind.cells:,} cells, or {kind.bytes:,} characters", kind)
        if row.cells:
            yield row


def _chosen(sheets: list[Any], kind: Kind) -> Any:
    """The sheet that is read: never a hidden one."""
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    return next((sheet for sheet in visible if sheet.title.casefold() == kind.sheet.casefold()), visible[0])


def _cells(
    path: str, row: int, values: tuple[ReadOnlyCell, ...], unvalued: set[tuple[int, int]], kind: Kind
) -> Iterator[tuple[int, Cell]]:
    """The cells of a row in which something stands, by their columns."""
    for column, read in enumerate(values, 1):
        if read.value is None and (row, column) not in unvalued:
            continue
        text, trouble = _text(read, kind)
        made = cell(text, Place(path, row, column, outside=True), row, column, trouble)
        if made.text or made.trouble:
            yield column, made


def _text(read: ReadOnlyCell, kind: Kind) -> tuple[str, str]:
    """What a cell shows, and what is wrong with it."""
    value = read.value
    if value is None:
        return "", "is a formula, and its value is not stored"
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, int | float):
        return (f"{value:.15g}", "") if kind.typed else _number(value, _shape(read))
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value), ""
    return str(value), "" if kind.typed else "is a day or a time"


def _shape(read: ReadOnlyCell) -> str:
    """How a cell shows a number. openpyxl takes the formats of other countries for none."""
    number = read.style_array.numFmtId
    known = number in BUILTIN_FORMATS or number >= BUILTIN_FORMATS_MAX_SIZE
    return brief(read.number_format) if known else f"format {number}"


def _number(value: float, shape: str) -> tuple[str, str]:
    """A number as it is shown, and what is wrong with it: only whole ones are what somebody typed."""
    if not -_EXACT < value < _EXACT:
        return f"{value:.0f}", DIGITS_LOST
    if value != int(value):
        return str(value), "is a number with a fraction"
    if _PADDED.fullmatch(shape):
        return f"{int(value):0{shape.count('0')}d}", ""
    if shape in ("General", "0", "@"):
        return str(int(value)), ""
    return str(int(value)), f"is a number that is shown as {shape}"
