"""Results from registrations of SCORM Cloud: each is a row of a table, whose columns are the paths of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from scormpack.check.returned import RES_05
from scormpack.diagnostics import Place
from scormpack.results.table import Asked, take_rows
from scormpack.results.values import Gathered
from scormpack.source.files import shown
from scormpack.tables.cells import LONGEST, Cell, Row

FIELDS: Final = (
    *("learner.id", "learner.email", "learner.firstName", "learner.lastName", "course.title"),
    *("registrationCompletion", "registrationSuccess", "completedDate", "totalSecondsTracked"),
)


def is_registration(found: object) -> bool:
    """Whether a record is a registration."""
    return isinstance(found, dict) and "registrationCompletion" in found


def read_registrations(
    file: Path, name: str, found: Iterable[tuple[int, object]], asked: Asked, into: Gathered
) -> None:
    """Take the results in the registrations `found`, by their lines, of a file that the report calls `name`.

    Findings go to `into` (RES-02, RES-03, RES-05).
    """
    head = _row(file, 0, dict(zip(FIELDS, FIELDS, strict=True)))
    take_rows(file, name, head, _rows(file, found, into), asked, into)


def _rows(file: Path, found: Iterable[tuple[int, object]], into: Gathered) -> Iterator[Row]:
    others: list[int] = []
    for line, record in found:
        if is_registration(record):
            yield _row(file, line, {path: _text(record, path) for path in FIELDS})
        elif record != {} and not others:  # an empty line is {}; one of many others is told
            others.append(line)
    for line in others:
        hint = "Export the registrations again, and nothing else with them."
        into.findings.append(RES_05.finding("is no registration", Place(shown(file), line, outside=True), hint))


def _row(file: Path, line: int, texts: dict[str, str]) -> Row:
    place = Place(shown(file), line, outside=True)
    cells = {n: Cell(text, place, f"`{path}`") for n, (path, text) in enumerate(texts.items(), 1) if text}
    return Row(place, line, cells)


def _text(found: object, path: str) -> str:
    """What stands in a field, as text."""
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    is_text = isinstance(found, str | int | float) and not isinstance(found, bool)
    return str(found).strip()[:LONGEST] if is_text else ""
