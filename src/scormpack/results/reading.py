"""Results read from files of any form that is known, all of them, with everything that is wrong with any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from scormpack.check.returned import RES_02, RES_06
from scormpack.diagnostics import ContentError, Problems
from scormpack.results.records import read_records
from scormpack.results.table import Asked, read_table
from scormpack.results.values import Gathered
from scormpack.source.codes import SRC_04
from scormpack.source.files import shown
from scormpack.tables.cells import refused

_TOLD = {RES_02.id, RES_06.id}  # what is left out is told, and stops nothing


def read_results(files: Iterable[Path], asked: Asked) -> Gathered:
    """All results in `files`: tables as platforms export them, statements and registrations.

    Raises ContentError with everything that is wrong with any of them (RES-01, RES-03, RES-04, RES-05, TAB-01,
    SRC-04, SRC-06, SRC-07). What is told besides is in `findings`.
    """
    into = Gathered()
    problems = Problems()
    for file, name in _named(dict.fromkeys(files)):
        with problems:
            if _is_json(file):
                read_records(file, name, asked, into)
            else:
                read_table(file, name, asked, into)
    found = [*problems.found, *into.findings]
    if any(each.code not in _TOLD for each in found):
        raise ContentError(sorted(found, key=lambda each: (each.place, each.code)))
    return into


def _named(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file and what the report calls it: its name, or where two have one name, where it lies."""
    kept = list(files)
    names = Counter(file.name for file in kept)
    return ((file, file.name if names[file.name] == 1 else shown(file)) for file in kept)


def _is_json(file: Path) -> bool:
    """Whether a file begins as JSON does: no table of a platform has such a bracket at its head."""
    try:
        with file.open("rb") as opened:
            begin = opened.read(1_000)
    except OSError as error:
        raise refused(file, f"cannot be read: {error.strerror or error}", SRC_04) from None
    return begin.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
