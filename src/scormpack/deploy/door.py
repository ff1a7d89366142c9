"""What a platform that is loaded by machine offers. Whoever loads packages knows this and no platform.

A door opens on one place: a course of a site, or whatever else a platform has in its stead. Every call raises
ContentError where it comes to nothing, CallError where a request was made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scormpack.results.fetched import Fetched


class Action(StrEnum):
    """What loading a package does, or did."""

    NEW = "new"
    UPDATE = "update"
    SETTINGS = "settings"  # the same bytes, under other settings than it should have
    SAME = "same"


class Parcel(Protocol):
    """A package to be loaded: `package` is its id, by which it is known again; `read` gives the bytes."""

    @property
    def package(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def name(self) -> str: ...

    @property
    def is_marked(self) -> bool:
        """Whether anything in it is marked: only then is it ever passed."""

    def read(self) -> bytes:
        """The bytes, as they were given out. Raises ContentError (DPL-12)."""


@dataclass(frozen=True)
class There:
    """A package that is there: since when (Unix time), and how many have begun it. `ref` is the platform's own name.

    Of what somebody put there by hand, `version` and `sha256` are those of the last that came by machine.
    """

    package: str
    name: str
    version: str
    sha256: str
    standard: str  # `1.2`, `2004` or empty
    since: int = 0
    learners: int = 0
    partway: int = 0
    is_by_hand: bool = False
    is_visible: bool = True
    ref: str = ""
    url: str = ""


@dataclass(frozen=True)
class Foreseen:
    """What loading a package would do, by the platform: whether it loses progress and why, and whom it would meet.

    `inside` have it open at this moment. `ticket` is for whoever loads it: what was sent already.
    """

    action: Action
    was: str = ""  # the version that is there
    was_sha256: str = ""
    loses: str = ""  # why progress is lost; empty where it is not
    learners: int = 0
    partway: int = 0
    inside: int = 0
    is_by_hand: bool = False
    ref: str = ""
    notes: tuple[str, ...] = ()
    ticket: int = 0


@dataclass(frozen=True)
class Loaded:
    """What was done, and where it is now."""

    action: Action
    ref: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()


Sent = Callable[[int, int], None]  # how many bytes of how many are on their way


class Door(Protocol):
    """A place on a platform. `site` and `course` are as they are shown and put on record."""

    @property
    def platform(self) -> str:
        """Its name, one of `platforms.names`."""

    @property
    def site(self) -> str: ...
    @property
    def course(self) -> str: ...

    def packages(self) -> tuple[There, ...]:
        """The packages of ours that are there."""

    def foresee(self, parcel: Parcel, sent: Sent) -> Foreseen:
        """What loading it would do. It may send the package, but changes nothing that anybody meets."""

    def results(self, packages: Collection[str]) -> Iterator[Fetched]:
        """What learners have achieved in these packages, or in all of ours."""

    def load(self, parcel: Parcel, foreseen: Foreseen, sent: Sent) -> Loaded:
        """Load it as foreseen; where that is no longer what would happen, refuse (DPL-13)."""
