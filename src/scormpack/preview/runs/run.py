"""What the preview asks of a platform that plays a package: one launch after the other, and a record of it all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from scormpack.lms.exchange import Answer, Request
from scormpack.package import Package

Mode = Literal["normal", "browse", "review", "no-credit"]


@dataclass(frozen=True)
class Flaw:
    """What is wrong with an entry: a code or a clause of the standard, and the reason."""

    code: str
    message: str


@dataclass(frozen=True)
class Entry:
    """A call or a request, and its answer.

    `at` is seconds since the run began, `session` counts the launches from 1; `what` is the call's or the statement's
    name, `given` what came with it, `answer` what it got. `flaws` is what it breaks; `trouble` names the trouble that
    was made on purpose. `detail` is the whole of it, as JSON.
    """

    number: int
    session: int
    at: float
    what: str
    given: tuple[str, ...] = ()
    answer: str = ""
    refused: bool = False
    flaws: tuple[Flaw, ...] = ()
    trouble: str = ""
    detail: Any = None


@dataclass(frozen=True)
class Result:
    """What a platform would show to a manager; None where nothing is known."""

    completion: str | None = None
    success: str | None = None
    score: float | None = None  # 0 to 1
    seconds: float | None = None  # of all sessions
    page: str | None = None


@dataclass(frozen=True)
class Recorded:
    """Everything that a platform knows of a learner.

    `data` is the data model or what the store keeps, name and value; `state` is what the course has saved to go on
    from, `limit` the most characters that it may have, None where there is no limit.
    """

    entries: tuple[Entry, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    state: str = ""
    limit: int | None = None
    result: Result = field(default_factory=Result)
    is_open: bool = False


class Run(Protocol):
    """A package on a platform, for one learner. Several threads may ask.

    `url` is the address, relative to the platform's origin, that begins a launch. It is the same for every launch.
    """

    url: str

    def hear(self, request: Request) -> Answer | None:
        """The answer to a request of the course or the platform's page; None ends the connection without one."""

    def replace(self, package: Package) -> None:
        """The next launch, and every file from now on, is of this package. Progress stays."""

    def choose(self, mode: Mode, platform: str) -> None:
        """The next launch is in this mode, on a platform that behaves like the one of this name. Progress stays."""

    def recorded(self, since: int = 0) -> Recorded:
        """What is on record now; of its entries only those after the one numbered `since`."""

    def troubles(self) -> list[dict[str, Any]]:
        """What can go wrong here, as JSON for the preview's page, with `on` for what does now."""

    def trouble(self, name: str, is_on: bool) -> None:
        """Let a trouble begin or end."""

    def keep(self) -> Any:
        """Everything that a later run needs to go on from here, as JSON."""
