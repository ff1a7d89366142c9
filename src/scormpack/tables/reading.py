"""Tables read from a file that may lie anywhere and hold anything, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scormpack.source.codes import SRC_04
from scormpack.tables import comma
from scormpack.tables.cells import Kind, Row, refused, too_large

_WORKBOOK = b"PK\x03\x04"  # a zip
_OLD = b"\xd0\xcf\x11\xe0"  # of a compound file: Excel until 2003, and any workbook with a password


def read_rows(file: Path, kind: Kind) -> list[Row]:
    """The rows of a file in which something stands. ContentError (TAB-01, SRC-04, SRC-06, SRC-07)."""
    found = list(rows_in(file, table_bytes(file, kind), kind))
    if not found:
        raise refused(file, "is empty")
    return found


def rows_in(file: Path, data: bytes, kind: Kind) -> Iterator[Row]:
    """The rows in the bytes of a file, one after another, for whoever need not have them all at once.

    Raises ContentError (TAB-01, SRC-06, SRC-07), which may be after the first rows.
    """
    if data.startswith(_OLD):
        raise refused(file, "is a workbook of an old kind, or has a password")
    yield from _workbook_rows(file, data, kind) if data.startswith(_WORKBOOK) else comma.rows(file, data, kind)


def _workbook_rows(file: Path, data: bytes, kind: Kind) -> Iterator[Row]:
    from scormpack.tables import workbook  # here, because openpyxl takes its time

    return workbook.rows(file, data, kind)


def table_bytes(file: Path, kind: Kind) -> bytes:
    """The bytes of a table. ContentError (SRC-04, SRC-06)."""
    try:
        with file.open("rb") as opened:
            data = opened.read(kind.bytes + 1)
    except OSError as error:
        raise refused(file, f"cannot be read: {error.strerror or error}", SRC_04) from None
    if len(data) > kind.bytes:
        raise too_large(file, f"is larger than {kind.bytes:,} bytes", kind)
    return data
