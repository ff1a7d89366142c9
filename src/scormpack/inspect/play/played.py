"""What playing a package came to: plain data, which can be kept, sent and shown."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Literal

from scormpack.diagnostics import Diagnostic

Who = Literal["learner", "course", "browser", "platform"]


@dataclass(frozen=True)
class Moment:
    """Something that happened: `at` is seconds since the start, `visit` the launch, `bad` whether it went wrong."""

    at: float
    visit: str
    who: Who
    text: str
    bad: bool = False


@dataclass(frozen=True)
class Picture:
    """What the screen showed at a moment, as JPEG."""

    at: float
    visit: str
    title: str
    jpeg: bytes = field(repr=False)

    @property
    def source(self) -> str:
        """The picture itself as an address, for a page that needs nothing from elsewhere."""
        return f"data:image/jpeg;base64,{b64encode(self.jpeg).decode()}"


@dataclass(frozen=True)
class Reached:
    """How far the learner came, and what is on record of it; empty where the platform knows nothing.

    `presses` and `screens` are those of all visits. `begins` is how many seconds it took until the course began with
    its platform, None where it never did.
    """

    presses: int = 0
    screens: int = 0
    begins: float | None = None
    completion: str = ""
    success: str = ""
    score: str = ""

    def __str__(self) -> str:
        """In words, such as `41 presses, 17 screens: completed, passed, 100`."""
        told = ", ".join(filter(None, (self.completion, self.success, self.score)))
        return f"{self.presses} presses, {self.screens} screens: {told or 'nothing on record'}"


@dataclass(frozen=True)
class Played:
    """A package that was played: `kind` is that of its platform, a target by name."""

    name: str
    kind: str
    findings: tuple[Diagnostic, ...] = ()
    timeline: tuple[Moment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    reached: Reached = Reached()
