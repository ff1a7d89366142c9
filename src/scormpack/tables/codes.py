"""Codes of what is refused where tables of spreadsheets are read."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

TAB_01: Final = Code(
    "TAB-01",
    "Table that cannot be read",
    Severity.ERROR,
    "The numbers in it reach no worker until it can be.",
    "Save it again as an Excel workbook (.xlsx), or as “CSV UTF-8”.",
    "Row 1 has the names of the columns, as `scormpack providers export` writes them.",
)
TAB_02: Final = Code(
    "TAB-02",
    "Cell that does not hold what was typed",
    Severity.ERROR,
    "A spreadsheet makes numbers and days of what looks like one. A worker who calls what is left reaches nobody.",
    "Give the cell the format “Text”, and type it again.",
    "A table from `scormpack providers export --out providers.xlsx` has that format everywhere.",
)
