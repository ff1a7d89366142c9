"""Tables as workbooks of Excel (.xlsx), a zip of XML: read with care, in bounded time and memory.

Parts, cells and number formats: ECMA-376, part 1, 12.3 and 18.3 to 18.8.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, Final, TypeAlias
from xml.parsers import expat

from scormpack.diagnostics import Place
from scormpack.providers.cells import (
    DIGITS_LOST,
    ESCAPED,
    LARGEST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SHEET,
    Cell,
    Row,
    cell,
    letters,
    refused,
    too_large,
)
from scormpack.source.files import shown
from scormpack.source.signs import brief

ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"  # of a compound file: Excel until 2003, and any workbook with a password
_LARGEST_PART = 30_000_000  # bytes
_MOST_ELEMENTS = 3_000_000  # of all parts together; ten thousand providers take half of them
_DEEPEST = 50  # levels
_AT_ONCE = 50_000  # bytes
_LONGEST_TAG = 500_000  # bytes; expat begins each time anew until it has seen the end of one
_MOST_NAMES = 5_000  # of elements and attributes, all of which expat keeps
_EXACT = 10**15  # a number has no more digits than that in a spreadsheet
_NO_TABLE = "holds more than any table of providers"
_PLAIN = (0, 1, 49)  # number formats that show all digits: General, 0 and Text
_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PADDED = re.compile(r'[0 \\"-]+')  # a format that shows zeros in front
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

_Begin: TypeAlias = Callable[[str, dict[str, str]], Any]
_Text: TypeAlias = Callable[[str], Any]


def rows(file: Path, data: bytes) -> list[Row]:
    """The rows of the sheet `Providers`, or else of the first one, in which something stands.

    Raises ContentError (TAB-01, TAB-02, SRC-06). Of a formula it takes the value that was stored with it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return _Workbook(file, opened).rows()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, NotImplementedError) as error:
        raise refused(file, f"is damaged: {error}") from None
    except (LookupError, ValueError, RuntimeError, OverflowError):  # of a zip, or of a part, that is none
        raise refused(file, "is damaged, or no workbook") from None


class _Workbook:
    """The parts of a workbook that say what stands in its sheet."""

    def __init__(self, file: Path, opened: zipfile.ZipFile) -> None:
        self.file = file
        self.zip = opened
        self.elements = self.depth = 0

    def rows(self) -> list[Row]:
        (book,) = self.related("", "officeDocument").values()
        sheet = _Sheet(self.file, self.texts(book), self.formats(book))
        self.parse(self.related(book, "worksheet")[self.chosen(book)], sheet.begin, sheet.text, sheet.end)
        return sheet.rows

    def chosen(self, book: str) -> str:
        """Which sheet is read, by the id that the workbook gives it."""
        names: dict[str, str] = {}

        def sheet(tag: str, of: dict[str, str]) -> None:
            if tag == "sheet" and of.get("state", "visible") == "visible":
                names[of["name"].casefold()] = of["id"]

        self.parse(book, sheet)
        return names.get(SHEET.casefold()) or next(iter(names.values()), "")

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts of a kind that `part` speaks of, by the ids that it gives them."""
        path = PurePosixPath(part)
        found: dict[str, str] = {}

        def relation(tag: str, of: dict[str, str]) -> None:
            if tag == "Relationship" and of.get("Type", "").endswith(f"/{kind}"):
                found[of["Id"]] = normpath(path.parent / of["Target"]).lstrip("/")

        self.parse(str(path.parent / "_rels" / f"{path.name}.rels"), relation)
        return found

    def texts(self, book: str) -> list[str]:
        """The texts that several cells share."""
        found = _Texts()
        for part in self.related(book, "sharedStrings").values():
            self.parse(part, found.begin, found.text, found.end)
        return found.texts

    def formats(self, book: str) -> list[str]:
        """For each style of a cell how it shows a number."""
        found = _Formats()
        for part in self.related(book, "styles").values():
            self.parse(part, found.begin, end=found.end)
        return found.formats

    def parse(self, part: str, begin: _Begin, text: _Text | None = None, end: _Text = lambda _: None) -> None:
        """Read a part; its elements and attributes without their namespaces."""
        reader = self.reader(begin, end)
        reader.CharacterDataHandler = text
        fed = 0
        for piece in self.pieces(part):
            reader.Parse(piece)
            fed += len(piece)
            if fed - reader.CurrentByteIndex > _LONGEST_TAG or len(reader.intern) > _MOST_NAMES:
                raise too_large(self.file, _NO_TABLE)
        reader.Parse(b"", True)

    def reader(self, begin: _Begin, end: _Text) -> expat.XMLParserType:
        """What reads XML in which nothing can be declared, and counts its elements."""

        def begins(tag: str, of: dict[str, str]) -> None:
            self.count()
            begin(_bare(tag), {_bare(name): value for name, value in of.items()} if of else of)

        def ends(tag: str) -> None:
            self.depth -= 1
            end(_bare(tag))

        reader = expat.ParserCreate(namespace_separator=" ")
        reader.buffer_text = True
        reader.StartDoctypeDeclHandler = self.refuse_declarations
        reader.StartElementHandler, reader.EndElementHandler = begins, ends
        return reader

    def count(self) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > _MOST_ELEMENTS or self.depth > _DEEPEST:
            raise too_large(self.file, _NO_TABLE)

    def pieces(self, part: str) -> Iterator[bytes]:
        info = self.zip.getinfo(part)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("it is packed in an unusual way")
        if info.file_size > _LARGEST_PART:  # zipfile unpacks no more than that
            raise too_large(self.file, f"holds more than {_LARGEST_PART:,} bytes in one part")
        with self.zip.open(info) as opened:
            while piece := opened.read(_AT_ONCE):
                yield piece

    def refuse_declarations(self, *_: object) -> None:
        raise refused(self.file, "declares entities, which no spreadsheet writes")


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


class _Texts:
    """The part with shared texts: each in one run or several; how a word is said stands beside it, and is no text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.aside = self.inside = False

    def begin(self, tag: str, _: dict[str, str]) -> None:
        self.aside = self.aside or tag == "rPh"
        self.inside = tag == "t" and not self.aside

    def text(self, text: str) -> None:
        if self.inside:
            self.runs.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        self.aside = self.aside and tag != "rPh"
        if tag == "si":
            self.texts.append("".join(self.runs))
            self.runs.clear()


class _Formats:
    """The part with styles: which of them show a number as it is, and which as a day or an amount."""

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.formats: list[str] = []
        self.inside = False

    def begin(self, tag: str, of: dict[str, str]) -> None:
        self.inside = self.inside or tag == "cellXfs"
        if tag == "numFmt":
            self.own[of.get("numFmtId", "")] = brief(of.get("formatCode", ""))
        elif tag == "xf" and self.inside:
            number = of.get("numFmtId", "0")
            self.formats.append(self.own.get(number) or _built_in(int(number)))

    def end(self, tag: str) -> None:
        self.inside = self.inside and tag != "cellXfs"


def _built_in(number: int) -> str:
    if number in _PLAIN:
        return "General"
    return "a day" if number in _DAYS else "an amount"


class _Sheet:
    """The part with the cells: rows in which something stands, in their order."""

    def __init__(self, file: Path, texts: list[str], formats: list[str]) -> None:
        self.file = file
        self.path = shown(file)
        self.texts = dict(enumerate(texts))
        self.formats = formats
        self.rows: list[Row] = []
        self.row = self.column = self.cells = self.length = 0
        self.found: dict[int, Cell] = {}
        self.of: dict[str, str] = {}
        self.value: list[str] = []
        self.inside = self.aside = self.is_formula = False

    def begin(self, tag: str, of: dict[str, str]) -> None:
        if tag == "row":
            self.begin_row(int(of.get("r", self.row + 1)))
        elif tag == "c":
            self.begin_cell(of)
        elif tag == "f":
            self.is_formula = True
        elif tag == "rPh":
            self.aside = True
        elif tag == "mergeCell":
            self.refuse_merged(of.get("ref", "?"))
        self.inside = tag in ("v", "t") and not self.aside

    def begin_row(self, number: int) -> None:
        if number <= self.row:
            raise refused(self.file, f"row {number} stands below row {self.row}")
        if number > MOST_ROWS:
            raise too_large(self.file, f"has more than {MOST_ROWS:,} rows")
        self.row, self.column, self.found = number, 0, {}

    def begin_cell(self, of: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(of.get("r", ""))
        column = _number(found[1]) if found else self.column + 1
        if column <= self.column:
            raise refused(self.file, f"two cells of row {self.row} stand in column {letters(column)}")
        if column > MOST_COLUMNS:
            raise too_large(self.file, f"has more than {MOST_COLUMNS} columns")
        self.column, self.of, self.value, self.is_formula = column, of, [], False

    def text(self, text: str) -> None:
        if self.inside:
            self.value.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        self.aside = self.aside and tag != "rPh"
        if tag == "row" and self.found:
            self.rows.append(Row(Place(self.path, self.row, outside=True), self.row, self.found))
        elif tag == "c" and (self.value or self.is_formula):
            made = self.made("".join(self.value))
            if made.text or made.trouble:
                self.found[self.column] = made
                self.cells += 1
                self.length += len(made.text)
        if self.cells > MOST_CELLS or self.length > LARGEST:
            raise too_large(self.file, f"has more than {MOST_CELLS:,} cells, or {LARGEST:,} characters")

    def made(self, value: str) -> Cell:
        """The cell that ends here."""
        kind, trouble = self.of.get("t", "n"), ""
        if self.is_formula and not value and kind != "str":
            trouble = "is a formula, and its value is not stored"
        elif kind == "s":
            value = self.texts[int(value)]
        elif kind == "n":
            value, trouble = self.number(value)
        elif kind == "d":
            trouble = "is a day"
        elif kind == "b":
            value = "TRUE" if value == "1" else "FALSE"
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        place = Place(self.path, self.row, self.column, outside=True)
        return cell(text, place, self.row, self.column, trouble)

    def number(self, value: str) -> tuple[str, str]:
        """A number as it is shown, and what is wrong with it: only whole ones are what somebody typed."""
        style = int(self.of.get("s", 0))
        shape = self.formats[style] if style < len(self.formats) else "General"
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise refused(self.file, f"`{value[:20]}` is no number") from None
        if not number.is_finite() or abs(number) >= _EXACT:
            return value, DIGITS_LOST
        if number != int(number):
            return value, "is a number with a fraction"
        if _PADDED.fullmatch(shape):
            return f"{int(number):0{shape.count('0')}d}", ""
        if shape in ("General", "0", "@"):
            return str(int(number)), ""
        return value, f"is a number that is shown as {shape}"

    def refuse_merged(self, reference: str) -> None:
        found = _REFERENCE.match(reference)
        line, column = (int(found[2]), _number(found[1])) if found else (0, 0)
        hint = "Undo “Merge cells”: a value belongs to one provider."
        raise refused(self.file, f"the cells {reference[:20]} are merged", hint=hint, line=line, column=column)


def _number(column: str) -> int:
    """The number of a column that is called by letters."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
