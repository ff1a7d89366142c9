"""Results in JSON: records in lines, in an array, or in an answer. The first one shows what they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from scormpack.results.registrations import is_registration, read_registrations
from scormpack.results.statements import read_statements
from scormpack.results.table import Asked
from scormpack.results.values import Gathered
from scormpack.source.codes import SRC_04, SRC_06
from scormpack.tables.cells import refused

LARGEST: Final = 500_000_000  # bytes, as lines
_LARGEST_WHOLE = 50_000_000  # bytes, as one value
_LONGEST_LINE = 1_000_000  # bytes
_MARK = b"\xef\xbb\xbf"


def read_records(file: Path, name: str, asked: Asked, into: Gathered) -> None:
    """Take the results in a file of statements or of registrations, which the report calls `name`.

    Findings go to `into` (RES-02, RES-03, RES-05).

    Raises ContentError where the file cannot be read, or is larger than any that is meant (SRC-04, SRC-06).
    """
    found = _records(file)
    try:
        first = list(islice(found, 1))
        read = read_registrations if any(is_registration(value) for _, value in first) else read_statements
        read(file, name, chain(first, found), asked, into)
    except OSError as error:
        raise refused(file, f"cannot be read: {error.strerror or error}", SRC_04) from None


def _records(file: Path) -> Iterator[tuple[int, object]]:
    """Each record, and its line; of one value that holds them all, its number."""
    if file.stat().st_size > LARGEST:
        raise refused(file, f"is larger than {LARGEST:,} bytes", SRC_06, "Export fewer days at once.")
    with file.open("rb") as opened:
        first = opened.readline(_LONGEST_LINE + 1)
        opened.seek(0)
        value = _value(first.removeprefix(_MARK))
        if isinstance(value, dict) and _inside(value) is None:
            yield from enumerate(_lines(opened), 1)
        else:
            yield from enumerate(_whole(file, opened.read(_LARGEST_WHOLE + 1)), 1)


def _inside(found: object) -> list[object] | None:
    """The records in the answer of a store; None where it is none."""
    held = [found.get(name) for name in ("statements", "registrations")] if isinstance(found, dict) else []
    return next((each for each in held if isinstance(each, list)), None)


def _lines(opened: Iterable[bytes]) -> Iterator[object]:
    for line in opened:
        yield _value(line.removeprefix(_MARK)) if len(line) <= _LONGEST_LINE else None


def _whole(file: Path, data: bytes) -> list[object]:
    if len(data) > _LARGEST_WHOLE:
        hint = "Export fewer days at once, or one record a line."
        raise refused(file, f"is larger than {_LARGEST_WHOLE:,} bytes in one piece", SRC_06, hint)
    found = _value(data.removeprefix(_MARK))
    inside = _inside(found)
    return inside if inside is not None else found if isinstance(found, list) else [found]


def _value(data: bytes) -> object:
    """What the JSON says; None where it is none."""
    try:
        found: object = json.loads(data) if data.strip() else {}
    except (ValueError, RecursionError):
        return None
    return found
