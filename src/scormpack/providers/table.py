"""A table of providers: a row for each, a column for each field and slot; what is above says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scormpack.content.library import Library
from scormpack.diagnostics import Problems
from scormpack.providers.columns import ID, Column, KeyPath, columns, value_at
from scormpack.source.yaml import read_yaml
from scormpack.tables import comma
from scormpack.tables.cells import Kind
from scormpack.tables.lines import NOTE, Line, read_lines

KIND = Kind("Providers", "provider", "providers export")
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


def read_table(file: Path, known: Sequence[Column], problems: Problems) -> list[Line[KeyPath]]:
    """The lines of a table of providers, by the paths of the columns; see `read_lines`."""
    return read_lines(file, KIND, {each.name: each.path for each in known}, problems)
