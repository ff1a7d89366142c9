"""A kind of package: a name, a driver for the player, and what describes the course to a platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.course.model import Course
from scormpack.package import Entry, Package

HOME = "'self'"  # a SCORM course asks whether its platform can be reached
ANYONE = "https: http:"  # only the launch says where the record store is


class Unit(NamedTuple):
    """A module in a package: the course, and its files as they are called below its folder there."""

    course: Course
    files: tuple[Entry, ...]


@dataclass(frozen=True)
class Target:
    """`describe` makes the descriptor and what belongs to it, from the one unit of a package and its files.

    `describe_course` does so for a course of several modules, where the standard has such a thing. `asks` says whom
    the page may send requests to, as its security policy has it: nobody, where it comes from, or any record store.
    """

    name: str
    title: str
    driver: str
    describe: Callable[[Unit], Iterable[Entry]]
    describe_course: Callable[[Outline, Sequence[Unit]], Iterable[Entry]] | None = None
    asks: str = ""

    def package(self, units: Sequence[Unit], outline: Outline | None = None) -> Package:
        """The package of one unit; with `outline` that of a course, where each unit has a folder of its own."""
        if outline is None:
            (unit,) = units
            return self._named(unit.course.module, [*unit.files, *self.describe(unit)], units)
        assert self.describe_course is not None, f"{self.name} has no courses of several modules"
        moved = [Entry(f"{unit.course.module.id}/{entry.path}", entry.data) for unit in units for entry in unit.files]
        return self._named(outline, [*moved, *self.describe_course(outline, units)], units)

    def _named(self, about: Module | Outline, entries: Iterable[Entry], units: Sequence[Unit]) -> Package:
        days = [unit.course.module.day for unit in units if unit.course.module.day]
        return Package.of(self.file_of(about), entries, max(days, default=None))

    def file_of(self, about: Module | Outline) -> str:
        """What the package of a module or a course is called."""
        return f"{about.id}-{about.version}-{self.name}.zip"
