"""Tables of providers as files: what is written is read again, by us and by others, and nothing is read wrongly."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import fromstring
from openpyxl import load_workbook
from openpyxl.xml.constants import SHEET_MAIN_NS
from provider_tables import as_csv, as_workbook, texts, with_part

from scormpack.diagnostics import ContentError
from scormpack.package import Entry, Package, zip_bytes
from scormpack.providers.table import KIND
from scormpack.tables import comma, sheet, workbook
from scormpack.tables.cells import Kind, Row, guarded, letters, unguarded
from scormpack.tables.reading import read_rows

MAIN = f'xmlns="{SHEET_MAIN_NS}"'
SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
PARTS = ["xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", STYLES, SHEET]
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8).map(str.strip)
ODD = st.sampled_from(
    ["=1", "+44", "-", "@a", "'=1", "''+", "a\nb", '"', ",;\t", "_x0041_", "<&>", "0123", "#", "sep=;"]
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS.filter(lambda text: "\ufeff" not in text) | ODD, min_size=width, max_size=width)
    )
)


def rows_of(file: Path) -> list[Row]:
    return read_rows(file, KIND)


def refusal(file: Path) -> str:
    with pytest.raises(ContentError) as caught:
        rows_of(file)
    assert all(each.hint for each in caught.value.diagnostics)
    return str(caught.value).partition(file.name)[2]


@given(TABLES)
def test_what_is_written_is_read_again(table: list[list[str]]) -> None:
    table = [["id", *row] for row in table]
    stripped = [[value.strip() for value in row] for row in table]
    file = Path("table")
    for rows in (
        comma.rows(file, comma.written(table), KIND),
        workbook.rows(file, sheet.written(table, 1, "Any"), KIND),
    ):
        assert [[row.cell(column).text for column in range(1, len(table[0]) + 1)] for row in rows] == stripped


@given(CELLS | ODD)
def test_nothing_is_written_that_a_spreadsheet_executes(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_every_cell_that_we_write_is_text() -> None:
    table = [["id", "name"], ["# What", "it means"], ["# oak", "Oak"], ["oak", "=cmd|'/c calc'!A1"], ["elm", "01632"]]
    data = io.BytesIO(sheet.written(table, 3, "Providers"))
    with zipfile.ZipFile(data) as opened:
        cells = fromstring(opened.read(SHEET)).iter(f"{{{SHEET_MAIN_NS}}}c")
        assert {(cell.get("t"), *(str(child.tag).rpartition("}")[2] for child in cell)) for cell in cells} == {
            ("inlineStr", "is")
        }
    read = load_workbook(data).worksheets[0]
    assert [[cell.value for cell in row] for row in read.iter_rows()] == table
    assert {cell.number_format for row in read.iter_rows() for cell in row} == {"@"}
    assert [read.cell(row, 1).font.b for row in (1, 2, 4)] == [True, False, False]
    assert [read.cell(row, 1).font.i for row in (1, 2, 3, 4)] == [False, True, True, False]
    assert (read.title, read.freeze_panes) == ("Providers", "B4")
    assert read.column_dimensions["B"].number_format == "@"  # what is typed into an empty cell keeps its zero


@pytest.mark.parametrize("divider", ",;\t")
@pytest.mark.parametrize("before", ["", "sep={}\r\n", "\r\n"])
def test_dividers_of_other_countries(divider: str, before: str, tmp_path: Path) -> None:
    rows = [["id", "name"], ["oak", "Oak, Elm; Ash\tBirch"]]
    file = as_csv(tmp_path / "t.csv", *rows, divider=divider)
    file.write_bytes(before.format(divider).encode() + file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert texts(rows_of(file)) == [["id", "name"], ["oak", "Oak, Elm; Ash\tBirch"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(f'id,name{end}oak,"Zoë{end}“Oak”"{end}{end}elm,Elm'.encode(encoding))
    rows = rows_of(file)
    assert texts(rows) == [["id", "name"], ["oak", "Zoë\n“Oak”"], ["elm", "Elm"]]
    assert [(row.number, row.place.line) for row in rows] == [(1, 1), (2, 2), (4, 5)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": TAB-01: is empty"),
        ("id,name\noak,Zoë\n".encode("cp1252"), ":2: SRC-07: is not UTF-8 text (byte 15)"),
        (b"id,name\0\n", ": TAB-01: is neither a workbook nor text"),
        (b'id,name\noak,"Oak\n', ":2:5: TAB-01: the quotes that open here are not closed before the end of the cell"),
        (
            b'id,name\noak,"Oak" x\n',
            ":2:5: TAB-01: the quotes that open here are not closed before the end of the cell",
        ),
        (b"id\n" * (KIND.rows + 1), f": SRC-06: has more than {KIND.rows:,} rows, or {KIND.cells:,} cells"),
        (b"," * 1000, ": SRC-06: has more than 500 columns"),
        (b"x" * 10_000_001, ": SRC-06: is larger than 10,000,000 bytes"),
        (b"\xd0\xcf\x11\xe0 and so on", ": TAB-01: is a workbook of an old kind, or has a password"),
        (b"PK\x03\x04 and so on", ": TAB-01: is damaged: File is not a zip file"),
    ],
)
def test_files_that_are_no_tables(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(data)
    assert refusal(file) == message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "t.csv") == ": SRC-04: cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("value", "shape", "text", "trouble"),
    [
        ("01632 960 123", "General", "01632 960 123", ""),
        (1632960123, "General", "1632960123", ""),
        (1632960123, "00000000000", "01632960123", ""),
        (1632960123, "00000\\ 000000", "01632960123", ""),
        (1.632960123e9, "0", "1632960123", ""),
        (441632960123, "0.00E+00", "441632960123", "is a number that is shown as 0.00E+00"),
        (14.5, "General", "14.5", "is a number with a fraction"),
        (1e15, "General", "1000000000000000", "is a number of which only the first digits are left"),
        ("1.63296E+09", "@", "1.63296E+09", "is a number of which only the first digits are left"),
        (datetime.date(2026, 1, 2), "dd/mm/yyyy", "2026-01-02 00:00:00", "is a day or a time"),
        (46024, "mm-dd-yy", "2026-01-02 00:00:00", "is a day or a time"),
        (True, "General", "TRUE", ""),
        ("=B1", "General", "", "is a formula, and its value is not stored"),
        ("#REF!", "General", "#REF!", "holds the error #REF!"),
        ("a\nb", "General", "a\nb", ""),
    ],
)
def test_what_a_spreadsheet_has_made_of_a_value(
    value: Any, shape: str, text: str, trouble: str, tmp_path: Path
) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id", "name"], ["oak", value], formats={"B2": shape})
    cell = rows_of(file)[1].cell(2)
    assert (cell.text, cell.trouble, cell.name) == (text, trouble, "B2")
    assert (cell.place.line, cell.place.column) == (2, 2)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
        (datetime.time(3, 4), "03:04:00"),
        (14.5, "14.5"),
        (0.1 + 0.2, "0.3"),
        (100.0, "100"),
    ],
)
def test_where_days_and_fractions_are_meant_they_are_read(value: Any, text: str, tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id", value])
    cell = read_rows(file, Kind("", "learner", typed=True))[0].cell(2)
    assert (cell.text, cell.trouble) == (text, "")


def test_of_a_formula_its_value_is_taken(tmp_path: Path) -> None:
    cells = '<c r="A1" t="str"><f>cmd|&apos;/c calc&apos;!A1</f><v>oak</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
    cells += '<c r="C1" t="str"><f>IF(A1="","",A1)</f><v></v></c>'
    assert texts(rows_of(raw(tmp_path, f'<row r="1">{cells}</row>'))) == [["oak", "2"]]


def raw(folder: Path, rows: str, behind: str = "", declared: str = "") -> Path:
    """A workbook with these rows in XML."""
    file = as_workbook(folder / "t.xlsx", ["id"])
    text = f"{declared}<worksheet {MAIN}><sheetData>{rows}</sheetData>{behind}</worksheet>"
    return with_part(file, SHEET, text.encode())


def part(file: Path, name: str) -> bytes:
    with zipfile.ZipFile(file) as opened:
        return opened.read(name)


def test_texts_that_cells_share(tmp_path: Path) -> None:
    runs = "<si><r><t>Oak </t></r><r><t>Care</t></r><rPh sb='0' eb='1'><t>say so</t></rPh></si>"
    runs += "<si><t>a_x000D_b_x005F_x0041_</t></si>"
    cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c>'
    file = raw(tmp_path, f"<row>{cells}</row>")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    known = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%b"/></Types>' % kind
    with_part(file, "[Content_Types].xml", part(file, "[Content_Types].xml").replace(b"</Types>", known))
    with_part(file, "xl/sharedStrings.xml", f"<sst {MAIN}>{runs}</sst>".encode())
    assert texts(rows_of(file)) == [["Oak Care", "a\nb_x0041_", "x"]]


def test_a_format_that_only_some_countries_have(tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id", 46024], formats={"B1": "mm-dd-yy"})
    with_part(file, STYLES, part(file, STYLES).replace(b'numFmtId="14"', b'numFmtId="27"'))
    assert rows_of(file)[0].cell(2).trouble == "is a number that is shown as format 27"


def test_a_day_that_is_none(tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id", 10**9], formats={"B1": "mm-dd-yy"})
    assert rows_of(file)[0].cell(2).trouble == "holds the error #VALUE!"


def test_what_a_sheet_says_of_its_size_does_not_matter(tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id", "name"], ["oak", "Oak"])
    with_part(file, SHEET, part(file, SHEET).replace(b'ref="A1:B2"', b'ref="B1:B1"'))
    assert texts(rows_of(file)) == [["id", "name"], ["oak", "Oak"]]


def test_only_the_sheet_that_is_read_has_to_be_in_order(tmp_path: Path) -> None:
    read = load_workbook(as_workbook(tmp_path / "t.xlsx", ["notes"]))
    read.worksheets[0].merge_cells("A1:B2")
    read.create_sheet("Providers").append(["id"])
    read.save(tmp_path / "t.xlsx")
    assert texts(rows_of(tmp_path / "t.xlsx")) == [["id"]]


def test_the_sheet_that_is_called_providers_is_read_and_a_hidden_one_is_not(tmp_path: Path) -> None:
    read = load_workbook(as_workbook(tmp_path / "t.xlsx", ["hidden"]))
    read.worksheets[0].sheet_state = "hidden"
    read.create_sheet("Notes").append(["notes"])
    read.save(tmp_path / "t.xlsx")
    assert texts(rows_of(tmp_path / "t.xlsx")) == [["notes"]]
    read.create_sheet("providers").append(["id"])
    read.save(tmp_path / "t.xlsx")
    assert texts(rows_of(tmp_path / "t.xlsx")) == [["id"]]


def test_a_sheet_may_lie_in_any_folder(tmp_path: Path) -> None:
    read = load_workbook(as_workbook(tmp_path / "t.xlsx", ["notes"]))
    read.create_sheet("Providers").append(["id"])
    read.save(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as opened:
        for name, data in parts.items():
            moved = name.replace("worksheets/sheet2", "mine/two"), data.replace(b"worksheets/sheet2", b"mine/two")
            opened.writestr(*moved)
    assert texts(rows_of(tmp_path / "t.xlsx")) == [["id"]]


def test_what_has_nothing_to_do_with_the_cells_can_be_damaged(tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id"])
    for name in ("docProps/core.xml", "xl/theme/theme1.xml", "xl/charts/chart1.xml", "xl/media/image1.png"):
        with_part(file, name, b"<a>")
    assert texts(rows_of(file)) == [["id"]]


def test_empty_rows_and_columns_in_front(tmp_path: Path) -> None:
    (row,) = rows_of(raw(tmp_path, '<row r="3"><c r="C3"><v>1</v></c></row>'))
    assert (row.number, row.place.line, list(row.cells), row.cell(3).name) == (3, 3, [3], "C3")


@pytest.mark.parametrize(
    ("rows", "behind", "declared", "message"),
    [
        ("", '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>', "", ":2:2: TAB-01: the cells B2:B3 are merged"),
        ('<row r="2"/><row r="2"/>', "", "", ": TAB-01: row 2 stands below row 2"),
        ('<row><c r="B1"/><c r="A1"/></row>', "", "", ": TAB-01: two cells of row 1 stand in column A"),
        ('<row><c t="s"><v>-1</v></c></row>', "", "", ": TAB-01: is damaged, or no workbook"),
        ('<row r="x"/>', "", "", ": TAB-01: is damaged, or no workbook"),
        ("<row><c><v>12a</v></c></row>", "", "", ": TAB-01: is damaged, or no workbook"),
        ("<row>", "", "", ": TAB-01: is damaged: mismatched tag: line 1, column 95"),
        (
            '<row r="1"/>',
            "",
            '<!DOCTYPE a [<!ENTITY b "c">]>',
            ": TAB-01: declares entities, which no spreadsheet writes",
        ),
        ('<row r="1048576"/>', "", "", f": SRC-06: has more than {KIND.rows:,} rows"),
        ('<row><c r="XFD1"/></row>', "", "", ": SRC-06: has more than 500 columns"),
    ],
)
def test_workbooks_that_are_no_tables(rows: str, behind: str, declared: str, message: str, tmp_path: Path) -> None:
    assert refusal(raw(tmp_path, rows, behind, declared)) == message


@pytest.mark.parametrize("name", PARTS[:4])
@pytest.mark.parametrize("text", [b"", b"<a/>", b"\0", b"<a><b></a>"])
def test_a_damaged_part(name: str, text: bytes, tmp_path: Path) -> None:
    file = with_part(as_workbook(tmp_path / "t.xlsx", ["id"]), name, text)
    if (name, text) == (STYLES, b"<a/>"):
        assert texts(rows_of(file)) == [["id"]]
    else:
        assert refusal(file).startswith(": TAB-01: is damaged")


@pytest.mark.parametrize(
    ("packing", "names", "message"),
    [
        (zipfile.ZIP_LZMA, [SHEET], ": TAB-01: is damaged: it is packed in an unusual way"),
        (zipfile.ZIP_STORED, [SHEET, SHEET], ": TAB-01: is damaged: two of its parts have one name"),
        (zipfile.ZIP_STORED, ["oak.txt"], ": TAB-01: is damaged, or no workbook"),
        (
            zipfile.ZIP_STORED,
            [f"{n}.xml" for n in range(1_001)],
            ": SRC-06: holds more than 1,000 parts, or 60,000,000 bytes",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zips_that_are_no_workbooks(packing: int, names: list[str], message: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", packing) as opened:
        for name in names:
            opened.writestr(name, "<a/>")
    assert refusal(tmp_path / "t.xlsx") == message


def test_a_workbook_in_a_zip_with_a_password(tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "t.xlsx", ["id"])
    data = bytearray(file.read_bytes())
    for entry in re.finditer(b"PK\x01\x02", bytes(data)):
        data[entry.start() + 8] |= 1
    file.write_bytes(data)
    assert refusal(file) == ": TAB-01: is damaged, or no workbook"


ATTRIBUTE = "<a b='1'/>"
XF = '<xf numFmtId="0"/>'
LONG_TEXT = f"<c t='str'><v>{'x' * 4_000}</v></c>"


@given(
    part=st.sampled_from(["", *PARTS]), at=st.integers(0, 2_500), noise=st.binary(max_size=9), skip=st.integers(0, 9)
)
def test_any_damage_is_read_or_refused(part: str, at: int, noise: bytes, skip: int) -> None:
    data = sheet.written([["id", "name"], ["oak", "Oak & Co"]], 1, "Any")
    if part:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
        at %= len(parts[part])
        parts[part] = parts[part][:at] + noise + parts[part][at + skip :]
        data = zip_bytes(Package.of("t.xlsx", (Entry(name, text) for name, text in parts.items())))
    else:
        data = data[:at] + noise + data[at + skip :]
    for rows in (workbook.rows, comma.rows):
        with suppress(ContentError):
            list(rows(Path("t"), data, KIND))


# Rows in XML that are small in a zip and large outside.
BOMBS: dict[str, Callable[[], str]] = {
    "a million empty rows": lambda: "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 1_000_001)),
    "too large a part": lambda: f"<row><c t='inlineStr'><is><t>{'x' * 31_000_000}</t></is></c></row>",
    "a text": lambda: f"<row><c t='inlineStr'><is><t>{'x' * 29_000_000}</t></is></c></row>",
    "elements": lambda: "<a/>" * 7_000_000,
    "cells": lambda: f"<row>{'<c><v>1</v></c>' * 400}</row>" * 4_000,
    "long texts": lambda: f"<row>{LONG_TEXT * 400}</row>" * 18,
    "empty cells": lambda: f"<row>{'<c/>' * 499}</row>" * 14_000,
    "attributes": lambda: f"<row {' '.join(f'a{n}=1' for n in range(2_000_000))}/>".replace("=1", "='1'"),
    "attributes of many": lambda: "".join(f"<a a{n}='1' b{n}='1'/>" for n in range(1_000_000)),
    "cells at the far side": lambda: "".join(
        f'<row r="{n}"><c r="SF{n}"><v>1</v></c></row>' for n in range(1, 20_001)
    ),
    "what stands in no row": lambda: ATTRIBUTE * 599_000,
    "rows of nothing": lambda: f"<row>{ATTRIBUTE * 19_000}</row>" * 30,
    "styles": lambda: "",
    "names": lambda: "".join(f"<a{n}/>" for n in range(2_000_000)),
    "a name": lambda: f"<{'n' * 29_000_000}/>",
    "nesting": lambda: "<a>" * 9_000_000,
}


# Tables in CSV that are as large as they may be.
FULL = {
    "all cells": b"\n".join([b",".join([b"x"] * 400)] * 749),
    "empty cells at the side": b"x" + b"," * 499 + b"\n" + (b"," * 499 + b"\n") * 19_000,
    "quotes": b'"' + b'""' * 4_900_000 + b'"',
    "lines in a cell": b'"' + b"\n" * 9_900_000 + b'"',
    "dividers and no cell": b";" * 9_900_000,
}


# The most memory of a process counts from its own start here, and not from that of the one which began it.
ASK = """
import re, resource, sys
from pathlib import Path
from scormpack.diagnostics import ContentError
from scormpack.package import Entry, Package, zip_bytes
from scormpack.providers.table import KIND
from scormpack.tables.reading import read_rows
try:
    read_rows(Path(sys.argv[1]), KIND)
except ContentError:
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(int(used.ru_utime + used.ru_stime), int(most[1]) // 1000)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="says how much memory was used in another way")
@pytest.mark.parametrize("name", [*BOMBS, *FULL])
def test_bombs_take_little_time_and_memory(name: str, tmp_path: Path) -> None:
    file = raw(tmp_path, BOMBS[name]()) if name in BOMBS else tmp_path / "t.csv"
    if name in FULL:
        file.write_bytes(FULL[name])
    if name == "styles":
        text = f"<styleSheet {MAIN}><cellXfs>{XF * 590_000}</cellXfs></styleSheet>"
        with_part(file, STYLES, text.encode())
    assert file.stat().st_size <= KIND.bytes
    asked = subprocess.run([sys.executable, "-c", ASK, str(file)], capture_output=True, check=True, text=True)
    seconds, megabytes = map(int, asked.stdout.split())
    assert seconds < 10
    assert megabytes < 300


def test_only_who_reads_or_writes_a_workbook_loads_openpyxl() -> None:
    ask = "import sys, scormpack.cli.providers; print('openpyxl' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", ask], text=True) == "False\n"


def test_columns_have_letters() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
