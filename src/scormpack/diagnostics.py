"""What we tell an author: a code, a place, a reason and a remedy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning only under --strict."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(NamedTuple):
    """Where something was written. Lines and columns count from 1; 0 means "the file as a whole".

    `path` is relative to the library's folder, wherever that lies. What is `outside` of it, such as an entry of a
    package, is shown as it is.
    """

    path: str
    line: int = 0
    column: int = 0
    outside: bool = False

    def __str__(self) -> str:
        """The place as editors and terminals link it: path:line:column."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True)
class Diagnostic:
    """One finding. `hint` says how to fix it; `code` has one meaning for ever.

    `words` are those that the finding is about, as they were written: they stand at `place` or soon after it.
    `waived` says who waived it, until when and why. `nth` findings like this one came before it: where the same
    words stand several times in one text, it tells them apart.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    words: str = ""
    waived: str = ""
    nth: int = 0


class Code(NamedTuple):
    """What a finding means. `id` has one meaning for ever, so a code is declared once, by whoever raises it first.

    `reason` is why it matters to a worker, `remedy` what to do about it; `example` adds to both. Where a rule has the
    code and reading refuses something under it too, `refused` says what.
    """

    id: str
    title: str
    severity: Severity
    reason: str
    remedy: str
    example: str = ""
    refused: str = ""

    def finding(self, message: str, place: Place, hint: str = "", words: str = "") -> Diagnostic:
        """A finding with this code, as grave as the code is."""
        return Diagnostic(self.id, self.severity, message, place, hint, words)


def our_mistake(code: Code, error: Exception, place: Place) -> Diagnostic:
    """A finding about an exception that nobody expected: what it says, and which line raised it."""
    import traceback  # which is seldom needed

    at = traceback.extract_tb(error.__traceback__)[-1]
    return code.finding(f"{type(error).__name__}: {error} ({PurePath(at.filename).name}:{at.lineno})", place)


def has_error(findings: Iterable[Diagnostic]) -> bool:
    """Whether one of `findings` stops a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def to_json(findings: Iterable[Diagnostic]) -> str:
    """The findings as text, to be kept."""
    return json.dumps([asdict(each) for each in findings])


def from_json(text: str) -> tuple[Diagnostic, ...]:
    """The findings that `to_json` made text of. ValueError, TypeError or KeyError for anything else."""
    return tuple(
        Diagnostic(**{**each, "severity": Severity(each["severity"]), "place": Place(*each["place"])})
        for each in json.loads(text)
    )


class ContentError(Exception):
    """Every problem that a stage found, so that an author meets them all at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(f"{d.place}: {d.code}: {d.message}" for d in self.diagnostics))


class Problems:
    """Collects what several steps raise, so that one mistake does not hide the next."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def __enter__(self) -> Problems:
        """Begin a step; its ContentError is kept, not passed on."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        """End a step."""
        if isinstance(error, ContentError):
            self.found += error.diagnostics
            return True
        return False

    def add(self, code: Code, message: str, place: Place, hint: str = "", words: str = "") -> None:
        """Note a problem without ending the step."""
        self.found.append(code.finding(message, place, hint, words))

    def stop(self) -> None:
        """Raise ContentError if anything was found."""
        if self.found:
            raise ContentError(sorted(self.found, key=lambda d: (d.place, d.code, d.message)))
