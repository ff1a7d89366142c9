"""What a platform is asked on which a package is played."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from playwright.sync_api import BrowserContext, Page

from scormpack.diagnostics import Diagnostic, Severity

MOST_OTHERS = 20  # units of a course that are opened besides the first
ARRIVES = 3.0  # seconds in which what a page sends while it is closed has arrived
POLL = 0.02
Trouble: TypeAlias = Literal["none", "refused", "lost"]  # a save is answered with an error, or never


@dataclass(frozen=True)
class Standing:
    """What is on record of a learner. `place` says whether a course can go on from there, and why not."""

    completion: str = ""
    success: str = ""
    score: str = ""
    place: bool = False
    why: str = ""

    @property
    def is_done(self) -> bool:
        """Whether a manager would take it for done."""
        return self.completion == "completed" or self.success == "passed"


@dataclass
class Told:
    """What a course said in one launch: in words, and whether it asked for the place that was kept."""

    words: list[tuple[float, str, bool]] = field(
        default_factory=list
    )  # seconds since the launch, and if it went wrong
    asked_for_place: bool = False
    judged: list[str] = field(default_factory=list)


class Unit(NamedTuple):
    """What a learner opens of a course, such as one SCO of many. It `begins` with its platform, or need not."""

    title: str
    start: str
    begins: bool = True


class Platform(ABC):
    """A package on a platform, for one learner after the other.

    `origins` are where its pages and files are, `files` is the address of the package's folder and `start` the file
    that is opened. A course `begins` with its platform, unless it need not: `silence` is how grave that is. Where it
    `is_framed`, the page around it is the platform's. In `others` are further units of the course, the first of which
    is number 1. `note` says what is left out.
    """

    origins: tuple[str, ...]
    files: str
    start: str
    begins = True
    silence = Severity.ERROR
    knows_modes = True
    is_framed = False
    note = ""
    others: tuple[Unit, ...] = ()

    @abstractmethod
    def launch(self, learner: str, looks: bool = False, number: int = 0) -> str:
        """The address that opens the course, or the unit with this number; with `looks` nothing counts."""

    @abstractmethod
    def count(self, page: Page) -> int:
        """How much the course has said so far in this launch, once it has begun; 0 before."""

    @abstractmethod
    def told(self, page: Page | None, context: BrowserContext) -> Told:
        """What it has said, as far as is known; without a page it was closed."""

    @abstractmethod
    def standing(self, learner: str) -> Standing:
        """What is on record now."""

    @abstractmethod
    def fail(self, trouble: Trouble) -> None:
        """From now on this happens to every save."""

    @abstractmethod
    def lost(self, learner: str) -> list[str]:
        """What could not be saved, and never was later."""

    @abstractmethod
    def failed_saves(self) -> int:
        """How many saves have failed."""

    @abstractmethod
    def judge(self, is_ours: bool) -> Iterator[Diagnostic]:
        """What the standard finds wrong with everything that was said in all launches."""
