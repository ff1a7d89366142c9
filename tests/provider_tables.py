"""Tables of providers as other programs write them, and a library to take them in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError
from scormpack.providers.changes import Plan, plan_import
from scormpack.tables.cells import Row

LIBRARY = """\
title: Providers
publisher: Nobody
licence: CC-BY-4.0
slots:
  office_phone: {label: The office, kind: phone}
  debrief_contact: {label: Someone to talk to}
  death_policy: {label: Our policy for a death, policy: true}
"""
OAK = """\
# Written by hand.
id: oak
name: Oak Care
brand: {colour: "#7A2E5A"}

local:
  office_phone: "01632 960000"   # rings at the desk
  debrief_contact: Ann, on 01632 960001
"""
ELM = "id: elm\nname: Elm Care\n"
HEAD = ("id", "name", "local.office_phone")


def library(folder: Path, **files: str) -> Path:
    """A library in `folder`, with two providers and `files` by the names of theirs."""
    (folder / "providers").mkdir(parents=True)
    (folder / "library.yaml").write_text(LIBRARY, encoding="utf-8")
    for name, text in {"oak": OAK, "elm": ELM, **files}.items():
        (folder / "providers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def as_csv(file: Path, *rows: Sequence[str], divider: str = ",") -> Path:
    """A file with `rows`, as a spreadsheet writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=divider, lineterminator="\r\n").writerows(rows)
    file.write_bytes(text.getvalue().encode("utf-8-sig"))
    return file


def as_workbook(file: Path, *rows: Sequence[Any], formats: dict[str, str] | None = None) -> Path:
    """A file with `rows`, as openpyxl writes it; `formats` are of cells, by their names."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cell, shape in (formats or {}).items():
        sheet[cell].number_format = shape
    book.save(file)
    return file


def with_part(file: Path, part: str, text: bytes) -> Path:
    """The workbook `file` with another part in place of its own."""
    with zipfile.ZipFile(file) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in {**parts, part: text}.items():
            opened.writestr(name, data)
    return file


def texts(rows: list[Row]) -> list[list[str]]:
    """What stands in rows, up to the last cell of each."""
    return [[row.cell(column).text for column in range(1, max(row.cells) + 1)] for row in rows]


def planned(folder: Path, table: Path) -> Plan:
    return plan_import(load_library(folder), table)


def problems(folder: Path, table: Path) -> list[str]:
    """What an import is refused with: the row and the column, the code, the message; each has a remedy."""
    with pytest.raises(ContentError) as caught:
        planned(folder, table)
    found = caught.value.diagnostics
    assert all(each.hint and each.severity == "error" for each in found)
    return [f"{each.place.line}:{each.place.column} {each.code} {each.message}" for each in found]
