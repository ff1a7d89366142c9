"""A recorded session and the ways to look at it; the subject of every session rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scormpack.check.rule import Findings
from scormpack.check.session.data_model import INDEX, MODELS, DataModel, Role, Standard
from scormpack.diagnostics import Place

INTERACTION = re.compile(r"(cmi\.interactions\.[0-9]+)\.(.+)")
JUDGED = ("passed", "failed", "completed")
UNTOUCHED = (None, "", "not attempted", "unknown")


def shortened(value: str) -> str:
    """Quote a value for a message, never so long that it buries the message."""
    return repr(value if len(value) <= 60 else value[:59] + "…")


@dataclass(frozen=True)
class Call:
    """One call of the platform's API, and what came back."""

    method: str
    arguments: tuple[str, ...]  # as passed
    result: str  # what the platform answered
    error: int = 0  # the platform's error code after the call
    at: float = 0.0  # milliseconds since the session was launched
    argument_types: tuple[str, ...] = ()  # as JavaScript names them; empty if nobody looked


class Phase(StrEnum):
    """Where a session stands when a call is made."""

    BEFORE = "before"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Step:
    """A call with its number, counted from 1, and what it means in its standard."""

    line: int
    call: Call
    role: Role | None  # None: no method of this standard
    phase: Phase

    @property
    def refused(self) -> bool:
        """The platform said no. For a read only the error tells: any answer may be data."""
        reads = self.role is Role.GET
        return self.call.error != 0 or (not reads and self.call.result.lower() == "false")


@dataclass(frozen=True)
class Write:
    """A SetValue with both its arguments."""

    line: int
    element: str
    value: str
    at: float


@dataclass(frozen=True)
class Read:
    """A GetValue with its argument; `answer` is None if the platform had none."""

    line: int
    element: str
    answer: str | None


@dataclass(frozen=True)
class Entry:
    """A write into a collection, and how many records that held just before."""

    write: Write
    collection: str
    index: int
    field: str
    count: int


@dataclass(frozen=True)
class Session:
    """Everything that a course said to its platform between launch and exit."""

    name: str
    standard: Standard
    calls: tuple[Call, ...]

    @property
    def model(self) -> DataModel:
        """Everything that the standard allows."""
        return MODELS[self.standard]

    def place(self, line: int) -> Place:
        """Point at the call of that number."""
        return Place(self.name, line, outside=True)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every call with its phase. A refused Initialize does not open, so a second try is no mistake."""
        phase = Phase.BEFORE
        steps = []
        for line, call in enumerate(self.calls, start=1):
            step = Step(line, call, self.model.methods.get(call.method), phase)
            steps.append(step)
            phase = _after(step)
        return tuple(steps)

    @cached_property
    def spoken(self) -> tuple[Step, ...]:
        """The calls that change or read something; asking after an error does neither."""
        meaningful = (Role.INITIALIZE, Role.TERMINATE, Role.GET, Role.SET, Role.COMMIT)
        return tuple(step for step in self.steps if step.role in meaningful)

    def with_role(self, *roles: Role) -> tuple[Step, ...]:
        """Every call that does one of these things."""
        return tuple(step for step in self.spoken if step.role in roles)

    @cached_property
    def writes(self) -> tuple[Write, ...]:
        """Every SetValue that can be understood as one."""
        return tuple(
            Write(step.line, step.call.arguments[0], step.call.arguments[1], step.call.at)
            for step in self.with_role(Role.SET)
            if len(step.call.arguments) == 2
        )

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Every GetValue that can be understood as one."""
        return tuple(
            Read(step.line, step.call.arguments[0], None if step.refused else step.call.result)
            for step in self.with_role(Role.GET)
            if len(step.call.arguments) == 1
        )

    def writes_of(self, *elements: str) -> tuple[Write, ...]:
        """Every write of one of these elements."""
        return tuple(write for write in self.writes if write.element in elements)

    def at_start(self, element: str) -> str | None:
        """Tell what the platform said that an element held, before the course wrote it."""
        written = [write.line for write in self.writes_of(element)]
        found = [read for read in self.reads if read.element == element]
        return found[0].answer if found and not (written and written[0] < found[0].line) else None

    @cached_property
    def looks_only(self) -> bool:
        """Launched to browse or review: nothing may change."""
        return any(read.element == self.model.mode and read.answer in ("browse", "review") for read in self.reads)

    @cached_property
    def counts(self) -> bool:
        """What is judged here matters; not so in browse, review and no-credit."""
        no_credit = any(read.element == self.model.credit and read.answer == "no-credit" for read in self.reads)
        return not self.looks_only and not no_credit

    @cached_property
    def ends(self) -> tuple[Step, ...]:
        """Each Terminate of an open session; more than one only if the platform refused the first."""
        return tuple(step for step in self.with_role(Role.TERMINATE) if step.phase is Phase.OPEN)

    def judges(self, write: Write) -> bool:
        """Whether the write says how well a learner did."""
        last = write.element.rpartition(".")[2] if self.model.find(write.element) else ""
        if last == "status" or last.endswith("_status"):
            return write.value in JUDGED
        return last == "result" or (last != "" and ".score." in write.element)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every write into a collection. A record exists as soon as one of its fields was sent."""
        counts: dict[str, int] = {}
        entries = []
        said_all: list[Write | Read] = [*self.writes, *self.reads]
        for said in sorted(said_all, key=lambda each: each.line):
            if isinstance(said, Read):
                counts |= _counted(said)
            elif self.model.find(said.element):
                for entry in _entries(said, counts):
                    entries.append(entry)
                    counts[entry.collection] = max(entry.count, entry.index + 1)
        return tuple(entries)

    @cached_property
    def types(self) -> dict[str, tuple[tuple[int, str], ...]]:
        """Per interaction, the numbers of the calls that told its type, and the type."""
        types: dict[str, tuple[tuple[int, str], ...]] = {}
        told = [(write.line, write.element, write.value) for write in self.writes]
        told += [(read.line, read.element, read.answer) for read in self.reads if read.answer]
        for line, element, value in sorted(told):
            if (found := INTERACTION.fullmatch(element)) and found[2] == "type":
                types[found[1]] = (*types.get(found[1], ()), (line, value))
        return types

    def type_at(self, interaction: str, line: int) -> str:
        """Find the type of an interaction at a call: the last one told, else the first that follows."""
        told = self.types.get(interaction, ())
        before = [value for number, value in told if number < line]
        return before[-1] if before else next((value for _, value in told), "")


def _after(step: Step) -> Phase:
    if step.refused:
        return step.phase
    if step.role is Role.INITIALIZE and step.phase is Phase.BEFORE:
        return Phase.OPEN
    return Phase.ENDED if step.role is Role.TERMINATE and step.phase is Phase.OPEN else step.phase


def _counted(read: Read) -> dict[str, int]:
    collection, _, keyword = read.element.rpartition(".")
    counted = keyword == "_count" and INDEX.fullmatch(read.answer or "")
    return {collection: int(read.answer or "")} if counted else {}


def _entries(write: Write, counts: dict[str, int]) -> Iterator[Entry]:
    words = write.element.split(".")
    for position, word in enumerate(words):
        if INDEX.fullmatch(word):
            collection = ".".join(words[:position])
            field = ".".join(words[position + 1 :])
            yield Entry(write, collection, int(word), field, counts.get(collection, 0))


def once(session: Session, lines: Iterable[int], message: str) -> Findings:
    """One finding for calls that share a cause: a forgotten Initialize is one mistake, not a hundred."""
    found = list(lines)
    if found:
        more = f"; {len(found) - 1} more likewise" if len(found) > 1 else ""
        yield session.place(found[0]), f"{session.calls[found[0] - 1].method} {message}{more}"
