"""Results that were fetched from a platform, as a table that `forms/fetched.yaml` describes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

from scormpack.diagnostics import Place
from scormpack.source.signs import UNUSABLE
from scormpack.tables.cells import cell
from scormpack.tables.comma import written

Reached = Literal["passed", "failed", "completed", "incomplete", "browsed", "not attempted"]
_LONGEST: Final = 300  # characters of what a platform calls somebody
_AFTER_ALL: Final = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC).timestamp()
_NOWHERE = Place("")
_RESULT: Final = ("Module", "Attempt", "Status", "Score", "Seconds", "Started", "Last saved", "Version")


class Fetched(NamedTuple):
    """How far somebody came in one attempt.

    `key` tells a person apart from all others for ever, `person` for whoever reads it. Moments are 0 where there is
    none, and the version is empty where the platform does not know it.
    """

    key: str
    person: str
    name: str
    email: str
    module: str
    attempt: int
    status: Reached
    score: float | None
    seconds: float
    started: float
    last: float
    version: str


def as_table(results: Iterable[Fetched], alias: Callable[[str], str] | None) -> bytes:
    """The `results` as CSV: with an `alias` of each key in the place of names, or with names where that is None.

    Whatever a platform calls somebody, the report can read it again.
    """
    who = ("Person",) if alias else ("Person", "Email", "Name")
    rows = ((*_who(each, alias), *_what(each)) for each in results)
    return written([(*who, *_RESULT), *rows])


def _who(found: Fetched, alias: Callable[[str], str] | None) -> tuple[str, ...]:
    return (alias(found.key),) if alias else (_text(found.person), _text(found.email), _text(found.name))


def _what(found: Fetched) -> tuple[str, ...]:
    score = "" if found.score is None or not math.isfinite(found.score) else f"{found.score:.2f}"
    moments = _moment(found.started), _moment(found.last)
    return (
        *(_text(found.module), str(found.attempt), found.status, score, f"{found.seconds:.0f}"),
        *(*moments, _text(found.version)),
    )


def _text(text: str) -> str:
    """`text` on one line, and never as what a spreadsheet shows where it has lost something: `#N/A` or `1E+05`."""
    plain = " ".join(UNUSABLE.sub(" ", text[:_LONGEST]).split())
    return f"({plain})" if cell(plain, _NOWHERE, 1, 1).trouble else plain


def _moment(seconds: float) -> str:
    """A moment in UTC as ISO 8601 has it; empty where there is none, or none that a calendar has."""
    if not 0 < seconds < _AFTER_ALL:
        return ""
    return f"{datetime.datetime.fromtimestamp(seconds, datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
