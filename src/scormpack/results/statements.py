"""Results from statements of a record store, as our packages send them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from scormpack.check.returned import RES_02, RES_05
from scormpack.diagnostics import Code, Place
from scormpack.results.days import Days
from scormpack.results.table import MOST_FINDINGS, Asked
from scormpack.results.values import Gathered, Origin, Read, State, Told, Took
from scormpack.source.files import shown
from scormpack.source.signs import brief

_LONGEST_TEXT = 300  # characters of a question
_OF_OURS = re.compile(r"https?://.+/modules/([a-z0-9-]{1,60})(?:/tasks/([a-z0-9/-]{1,130}))?(?:/.*)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})", re.ASCII)
_LENGTH = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?", re.ASCII)
_STATES: Final[dict[str, State]] = {
    "passed": "finished",
    "completed": "finished",
    "failed": "not_passed",
    **dict.fromkeys(("initialized", "resumed", "experienced", "progressed", "suspended", "terminated"), "begun"),
}

Statement = dict[str, Any]


def read_statements(file: Path, name: str, found: Iterable[tuple[int, object]], asked: Asked, into: Gathered) -> None:
    """Take the results in the statements `found`, by their lines, of a file that the report calls `name`.

    Findings go to `into` (RES-02, RES-05).
    """
    reader = _Reader(file, name, asked, into)
    for line, statement in found:
        reader.take(line, statement)
    into.read.append(Read(name, "Statements of a record store", reader.count, tuple(reader.notes())))


class _Reader:
    """Goes through the statements of one file."""

    def __init__(self, file: Path, name: str, asked: Asked, into: Gathered) -> None:
        self.file, self.name, self.asked, self.into = file, name, asked, into
        self.days = Days("iso", asked.zone)
        self.count = self.others = self.by_account = 0
        self.told: set[str] = set()

    def notes(self) -> Iterator[str]:
        """What there is to know about the file."""
        yield f"Its days are those of the time zone {self.asked.zone}."
        if self.by_account:
            yield "It knows people by their accounts: whoever stands in a table by an address is somebody else there."
        if self.others:
            yield f"{self.others:,} statements are about nothing of ours, and are not counted."

    def find(self, code: Code, message: str, line: int, hint: str = "") -> None:
        """Tell something once."""
        if message not in self.told and len(self.told) < MOST_FINDINGS:
            place = Place(shown(self.file), line, outside=True)
            self.into.findings.append(code.finding(message, place, hint or code.remedy))
        self.told.add(message)

    def take(self, line: int, statement: object) -> None:
        if statement == {}:
            return  # an empty line
        self.count += 1
        if not isinstance(statement, dict):
            self.find(RES_05, "is no statement in JSON", line, "Export the statements again, one a line.")
            return
        about = self.module_and_task(statement, line)
        person = _person(statement.get("actor"))
        verb = _text(_at(statement, "verb", "id")).rpartition("/")[2]
        if not about or not person:
            self.others += 1
            return
        moment = _text(statement.get("timestamp")) or _text(statement.get("stored"))
        if not _MOMENT.fullmatch(moment):
            self.find(RES_05, "a statement has no timestamp that can be read", line, "Export the statements again.")
            return
        self.by_account += "|" in person
        self.into.name(person, (_text(_at(statement, "actor", "name"))[:200], person.rpartition("|")[2]))
        if verb == "answered":
            self.take_answer(about, person, moment, statement)
        elif verb in _STATES and not about[1]:
            self.take_state(about[0], person, moment, verb, line, statement)

    def module_and_task(self, statement: Statement, line: int) -> tuple[str, str] | None:
        """What a statement is about: its own object, or else the module that it names as where that belongs."""
        activity = _text(_at(statement, "object", "id"))
        for name in (activity, *_context_ids(statement)):
            found = _OF_OURS.fullmatch(name)
            if found and found[1] in self.asked.names.ids:
                return found[1], (found[2] or "") if name == activity else ""
        named = self.asked.names.found(activity) or self.asked.names.found(
            _first(_at(statement, "object", "definition", "name"))
        )
        if len(named) == 1:
            return named[0], ""
        if found := _OF_OURS.fullmatch(activity):
            self.find(RES_02, f"“{brief(found[1])}” is no module of this library", line)
        return None

    def take_state(self, module: str, person: str, moment: str, verb: str, line: int, statement: Statement) -> None:
        state = _STATES[verb]
        if verb == "completed" and module in self.asked.asks:
            state = "begun"  # it is finished when it is passed
        day = self.day(moment, line) if state == "finished" else None
        version = _text(_at(statement, "context", "revision"))[:40]
        seconds = _seconds(_text(_at(statement, "result", "duration"))) if verb != "experienced" else None
        origins = (Origin(self.name, line),)
        self.into.take(person, module, Took(state, day, seconds, version, None, origins))

    def day(self, moment: str, line: int) -> Any:
        try:
            return self.days.read(moment)
        except (ValueError, OverflowError):
            self.find(
                RES_05, f"“{brief(moment)}” is no moment that can be read", line, "Export the statements again."
            )
            return None

    def take_answer(self, about: tuple[str, str], person: str, moment: str, statement: Statement) -> None:
        if not about[1]:
            return
        definition = _at(statement, "object", "definition")
        text = _first(_at(definition, "description")) or _first(_at(definition, "name"))
        success = _at(statement, "result", "success")
        response = _text(_at(statement, "result", "response"))
        if isinstance(success, bool):
            self.into.answer(person, about, Told(_sortable(moment), int(success)))
        elif _at(definition, "interactionType") == "likert" and response in ("1", "2", "3", "4"):
            self.into.rate(person, about, Told(_sortable(moment), int(response)))
        else:
            return
        self.into.texts.setdefault(about, text[:_LONGEST_TEXT])


def _at(found: object, *path: str) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _first(texts: object) -> str:
    """The first text of a language map."""
    return next(map(_text, texts.values()), "") if isinstance(texts, dict) else ""


def _context_ids(statement: Statement) -> Iterator[str]:
    """The activities that a statement names as what its own belongs to."""
    around = _at(statement, "context", "contextActivities")
    for kind in ("parent", "grouping"):
        found = _at(around, kind)
        for activity in found[:20] if isinstance(found, list) else [found]:
            yield _text(_at(activity, "id"))


def _person(actor: object) -> str:
    """What tells somebody apart: an address, or an account."""
    address = _text(_at(actor, "mbox")).removeprefix("mailto:").casefold()
    account = _at(actor, "account")
    name, home = _text(_at(account, "name")), _text(_at(account, "homePage"))
    others = _text(_at(actor, "mbox_sha1sum")) or _text(_at(actor, "openid"))
    if "@" in name:  # as many platforms call their accounts
        address = address or name.casefold()
    return (address or (f"{home}|{name}" if name else "") or others)[:500]


def _sortable(moment: str) -> str:
    """A moment as text that sorts by time."""
    import datetime

    try:
        return datetime.datetime.fromisoformat(moment).astimezone(datetime.UTC).isoformat()
    except (ValueError, OverflowError):
        return moment


def _seconds(text: str) -> float | None:
    """Seconds of a length of time in ISO 8601; None for what is none."""
    found = _LENGTH.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    return sum(float(part or 0) * unit for part, unit in zip(found.groups(), (86400, 3600, 60, 1), strict=True))
