"""A kind of package: a name, a driver for the player, and what describes the course to a platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scormpack.course.model import Course
from scormpack.package import Entry, Package

TO_STORES = ("xapi", "cmi5")  # drivers that speak with a record store, wherever it is
POLICY = b"default-src 'none'; "

Describe = Callable[[Course, tuple[Entry, ...]], Iterable[Entry]]


@dataclass(frozen=True)
class Target:
    """`describe` makes the descriptor and what belongs to it, from the course and all the other entries."""

    name: str
    title: str
    driver: str
    describe: Describe

    def package(self, course: Course, site: tuple[Entry, ...], script: str) -> Package:
        """The package of `course`: the rendered `site`, the player's `script` for this driver, the descriptor."""
        files = self.files(site, script)
        module = course.module
        name = f"{module.id}-{module.version}-{self.name}.zip"
        return Package.of(name, (*files, *self.describe(course, files)))

    def files(self, site: tuple[Entry, ...], script: str) -> tuple[Entry, ...]:
        """What a module is made of, without a descriptor: see `package`."""
        site = tuple(open_to_stores(entry) for entry in site) if self.driver in TO_STORES else site
        return (*site, Entry("course.js", script.encode()))


def open_to_stores(entry: Entry) -> Entry:
    """The course's page, allowed to speak with a record store: only the launch says where that is."""
    if entry.path != "index.html":
        return entry
    return replace(entry, data=entry.data.replace(POLICY, POLICY + b"connect-src https: http:; ", 1))
