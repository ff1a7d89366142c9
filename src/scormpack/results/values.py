"""What is read of results: who did what, where that stands, and what was read of each file."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from scormpack.diagnostics import Diagnostic

State = Literal["finished", "not_passed", "begun", "not_begun"]
STATES: Final[tuple[State, ...]] = ("not_begun", "begun", "not_passed", "finished")
_MOST_ORIGINS = 4  # rows that one result comes from, and that are named


class Origin(NamedTuple):
    """Where a result stands: the name of a file, and a row of it, or of statements a line."""

    file: str
    row: int


class Took(NamedTuple):
    """How far somebody came with a module.

    `finished` is the day, where the platform tells it; `seconds` the time that it recorded; `due` the day by which
    the platform wants it finished.
    """

    state: State
    finished: datetime.date | None = None
    seconds: float | None = None
    version: str = ""
    due: datetime.date | None = None
    origins: tuple[Origin, ...] = ()

    def with_other(self, other: Took) -> Took:
        """What both say together: the better state, of two days the later one, and the longer time."""
        first, second = sorted((self, other), key=lambda each: (STATES.index(each.state), each.finished or _LONG_AGO))
        return Took(
            second.state,
            second.finished or first.finished,
            max((each for each in (first.seconds, second.seconds) if each is not None), default=None),
            second.version or first.version,
            second.due or first.due,
            tuple(dict.fromkeys(second.origins + first.origins))[:_MOST_ORIGINS],
        )


_LONG_AGO = datetime.date.min


class Told(NamedTuple):
    """An answer, and the moment of it as text that can be compared."""

    moment: str
    value: int


@dataclass(frozen=True)
class Read:
    """A file that was read: in which form, how many rows, and what there is to know about them."""

    file: str
    form: str
    rows: int
    notes: tuple[str, ...] = ()


@dataclass
class Gathered:
    """All that was read.

    `people` are names by what tells people apart, `spelled` is that as it was written. `took` is by person and
    module. Of `answers`, whether the first one of each person was right (1 or 0), by module and question. Of `sure`,
    the first and the last number that each person gave, by module and question. `texts` are the questions as
    statements have them.
    """

    people: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    took: dict[tuple[str, str], Took] = field(default_factory=dict)
    answers: defaultdict[tuple[str, str], dict[str, Told]] = field(default_factory=lambda: defaultdict(dict))
    sure: defaultdict[tuple[str, str], dict[str, tuple[Told, Told]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    read: list[Read] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def take(self, person: str, module: str, result: Took) -> None:
        """Note a result; with one that is there already it becomes one."""
        before = self.took.get((person, module))
        self.took[person, module] = before.with_other(result) if before else result

    def answer(self, person: str, task: tuple[str, str], told: Told) -> None:
        """Note an answer, if no earlier one is there."""
        self.answers[task][person] = min(self.answers[task].get(person, told), told)

    def rate(self, person: str, task: tuple[str, str], told: Told) -> None:
        """Note how sure somebody is: the earliest and the latest number stay."""
        first, last = self.sure[task].get(person, (told, told))
        self.sure[task][person] = min(first, told), max(last, told)

    def name(self, person: str, names: Iterable[str]) -> None:
        """Note what somebody is called, if that is known, and nothing is noted yet."""
        self.people[person] = self.people.get(person) or next((each for each in names if each), "")
