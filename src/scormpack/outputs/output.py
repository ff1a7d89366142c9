"""A kind of file that a course becomes, and what may be chosen about its paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scormpack.cache import Cache
from scormpack.course.model import Course
from scormpack.diagnostics import Diagnostic

Paper: TypeAlias = Literal["a4", "letter"]
Turn: TypeAlias = Literal["long", "short"]
PDF: Final = "pdf"


@dataclass(frozen=True)
class Sheet:
    """The paper in the printer, and over which of its edges the printer turns it to print the back."""

    paper: Paper = "a4"
    turn: Turn = "long"


USUAL: Final = Sheet()


@dataclass(frozen=True)
class Made:
    """The bytes of a file, and what was found while it was made."""

    data: bytes
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Output:
    """A kind of file. `make` gives None for a course that has nothing to put into it.

    `ending` is that of its name. With `turned` its pages have backs, so that it matters how the printer turns paper.
    """

    name: str
    title: str
    make: Callable[[Course, Sheet, Cache], Made | None]
    ending: str = PDF
    turned: bool = False

    def file(self, course: Course, sheet: Sheet) -> str:
        """What the file is called: `your-role-1.0.0-cards-a4.pdf`."""
        chosen: list[str] = [sheet.paper] if self.ending == PDF else []
        chosen += ["short"] if self.turned and sheet.turn == "short" else []
        return f"{'-'.join([course.module.id, course.module.version, self.name, *chosen])}.{self.ending}"
