"""What a report holds: rows of plain words, numbers and dates, each table a tuple of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

State = Literal["met", "partly", "missing", "signposted"]


@dataclass(frozen=True)
class Point:
    """One line of the summary, and the table that it leads to."""

    table: str
    to_do: bool
    text: str


@dataclass(frozen=True)
class Expectation:
    """Something that a recommendation expects of a module: `found` says what is there instead, if it is not met."""

    expected: str
    met: bool
    found: str


@dataclass(frozen=True)
class Addressed:
    """A module that addresses a recommendation, and what of the expectations it meets."""

    module: str
    title: str
    expectations: tuple[Expectation, ...]

    @property
    def met(self) -> bool:
        """Whether it has everything that is expected."""
        return all(each.met for each in self.expectations)


@dataclass(frozen=True)
class Answered:
    """A provider's own answer to a measure."""

    answer: str
    evidence: str
    owner: str
    date: datetime.date | None
    note: str
    review: datetime.date | None = None


@dataclass(frozen=True)
class MeasureRow:
    """A question by which a provider shows that it does what is recommended.

    `from_library` is what the files of the library say about it, which is never the whole answer.
    """

    id: str
    question: str
    look_in: str
    from_library: str
    answered: Answered | None


@dataclass(frozen=True)
class Advice:
    """A recommendation, and how far the modules of the library have what it expects."""

    id: str
    statement: str
    state: State
    status: str
    priority: str
    evidence_strength: str
    who_acts: tuple[str, ...]
    modules: tuple[Addressed, ...]
    signposted_to: str
    signpost_reason: str
    measures: tuple[MeasureRow, ...]

    @property
    def expected(self) -> tuple[str, ...]:
        """What is expected of each module."""
        return tuple(each.expected for each in self.modules[0].expectations) if self.modules else ()


@dataclass(frozen=True)
class Topic:
    """A topic, and the modules about it at each stage. A gap has neither a module nor a signpost."""

    id: str
    title: str
    modules: dict[str, tuple[str, ...]]
    signposted_to: str
    signpost_reason: str
    gap: bool


@dataclass(frozen=True)
class Review:
    """When a module or a recommendation is to be looked at again."""

    kind: str
    id: str
    title: str
    reviewed_on: datetime.date | None
    review_due: datetime.date
    state: Literal["overdue", "soon", "later"]


@dataclass(frozen=True)
class Comments:
    """How many comments on a module are open, since when, and of how many the words have changed or gone since."""

    module: str
    title: str
    open: int
    changed: int
    since: datetime.date


@dataclass(frozen=True)
class Check:
    """A contact of the register, and how long ago somebody checked it."""

    id: str
    name: str
    checked_on: datetime.date | None
    days: int | None
    state: Literal["never", "too_long_ago", "long_ago", "fresh"]


@dataclass(frozen=True)
class Unfilled:
    """A local detail that a provider has not filled in, and the modules that show it."""

    provider: str
    slot: str
    label: str
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Waived:
    """A rule that somebody decided not to follow, for a time."""

    item: str
    rule: str
    about: str
    file: str
    reason: str
    by: str
    date: datetime.date
    until: datetime.date
    in_force: bool


@dataclass(frozen=True)
class Moved:
    """A limit that the library has changed."""

    limit: str
    usual: float
    here: float
    reason: str


@dataclass(frozen=True)
class Origin:
    """How a module or a recommendation was made, who has checked it, and what changed since partners agreed to it."""

    kind: str
    id: str
    title: str
    status: str
    workshops: tuple[str, ...]
    reviewers: tuple[str, ...]
    agreed: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Time:
    """The minutes of a module, and whether they are paid."""

    module: str
    title: str
    stage: str
    minutes: int
    cpd_minutes: int
    paid: str


@dataclass(frozen=True)
class Total:
    """The minutes of all modules of a stage."""

    stage: str
    modules: int
    minutes: int
    cpd_minutes: int


@dataclass(frozen=True)
class Problems:
    """How many errors and warnings a module has, and which errors."""

    module: str
    title: str
    errors: int
    warnings: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class GivenOut:
    """A version of a module that was given out: from which day on, until which day, and to which providers."""

    module: str
    title: str
    version: str
    since: datetime.date
    until: datetime.date | None
    providers: tuple[str, ...]


@dataclass(frozen=True)
class Provided:
    """Whose self-assessment the report holds, and how often each answer was given."""

    provider: str
    name: str
    colour: str
    date: datetime.date
    prepared_by: str
    counts: dict[str, int]


@dataclass(frozen=True)
class ReadFile:
    """A file of results: its form, how many rows or statements, and what there is to know about them."""

    file: str
    form: str
    rows: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Finishing:
    """How many people the platform shows for a module, and how far they came. Those overdue are counted twice."""

    module: str
    title: str
    people: int
    finished: int
    not_passed: int
    begun: int
    not_begun: int
    overdue: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Learner:
    """How far one person came with one module.

    `version_from` says who tells the version: the platform, or the record of what was given out by that day.
    """

    person: str
    module: str
    title: str
    state: Literal["finished", "not_passed", "begun", "not_begun"]
    finished: datetime.date | None
    version: str
    version_from: Literal["platform", "record", ""]
    due: datetime.date | None
    overdue: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    """What was finished in a month (`2026-09`, or nothing where no day is known), and how long that takes.

    `planned_minutes` are those of the modules; `recorded_minutes` what the platform measured, for `recorded` of them.
    """

    month: str
    finished: int
    planned_minutes: int
    recorded: int
    recorded_minutes: int


@dataclass(frozen=True)
class Answers:
    """A question, how many people have answered it, and how many were right the first time: never under five."""

    module: str
    title: str
    question: str
    text: str
    people: int
    right: int


@dataclass(frozen=True)
class Sureness:
    """How sure people felt before a module and after it, from 1 to 4, as a group: never under five."""

    module: str
    title: str
    before_text: str
    after_text: str
    people: int
    before: float
    after: float


@dataclass(frozen=True)
class Results:
    """What the platform says of learners. `names` says whether they are named.

    `too_few` counts questions and scales that fewer than five people have answered, which are not shown.
    """

    names: Literal["keep", "omit", "replace"]
    people: int
    due: datetime.date | None
    read: tuple[ReadFile, ...]
    modules: tuple[Finishing, ...]
    learners: tuple[Learner, ...]
    months: tuple[Month, ...]
    answers: tuple[Answers, ...]
    sureness: tuple[Sureness, ...]
    too_few: int


@dataclass(frozen=True)
class Report:
    """Everything that a report says, on one day. `named` if only some of the modules were asked for."""

    library: str
    publisher: str
    date: datetime.date
    named: bool
    unread: tuple[str, ...]
    self_assessment: Provided | None
    summary: tuple[Point, ...]
    recommendations: tuple[Advice, ...]
    topics: tuple[Topic, ...]
    reviews: tuple[Review, ...]
    comments: tuple[Comments, ...]
    contacts: tuple[Check, ...]
    local_details: tuple[Unfilled, ...]
    waivers: tuple[Waived, ...]
    limits: tuple[Moved, ...]
    provenance: tuple[Origin, ...]
    time: tuple[Time, ...]
    totals: tuple[Total, ...]
    problems: tuple[Problems, ...]
    versions: tuple[GivenOut, ...] = ()
    results: Results | None = None
