"""Reading a folder: a package that is not zipped yet, or is unpacked again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from scormpack.archive.bounds import MOST_FILES, Budget, is_text, rank
from scormpack.archive.codes import ZIP_03, ZIP_08, ZIP_16, finding
from scormpack.archive.members import as_text
from scormpack.archive.names import found_in_names, is_kept
from scormpack.archive.notes import Notes
from scormpack.diagnostics import Diagnostic, Place, Severity
from scormpack.package import Distant, Entry, Package
from scormpack.source.signs import legible


def read_folder(folder: Path) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The files in `folder` and below, and what is wrong with how they are kept. No link is followed."""
    place = Place(legible(folder.as_posix()), outside=True)
    name = legible(folder.resolve().name)
    reading = _Reading(Notes(name))
    paths = []
    for path in reading.paths(str(folder)):
        paths.append(path)
        if len(paths) > MOST_FILES:
            message = f"holds more than {MOST_FILES:,} files and folders, which are not looked into"
            return None, (finding(ZIP_16, message, place, severity=Severity.WARNING),)
    named = {_name(path): Path(folder, path) for path in sorted(paths)}
    files = [path for path in named if is_kept(path) and not path.endswith("/") and path not in reading.special]
    read = {path: reading.entry(path, named[path]) for path in sorted(files, key=rank)}
    package = Package(name, tuple(read[path] for path in sorted(read)))
    return package, (*found_in_names(name, place, list(named)), *reading.notes.told())


@dataclass
class _Reading:
    """A folder that is read: what may still be looked into, and what was found."""

    notes: Notes
    budget: Budget = field(default_factory=Budget)
    special: set[str] = field(default_factory=set)

    def paths(self, folder: str) -> Iterator[str]:
        """The path from `folder` to everything in it; those of folders end in `/`."""
        left = [""]
        while left:
            below = left.pop()
            try:
                with os.scandir(os.path.join(folder, below)) as entries:  # noqa: PTH118 - of twenty thousand
                    for each in entries:
                        path = f"{below}{each.name}"
                        if each.is_dir(follow_symlinks=False):
                            path += "/"
                            left.append(path)
                        elif not each.is_file(follow_symlinks=False):
                            self._special(_name(path), each.is_symlink())
                        yield path
            except OSError as error:
                self.notes.add(ZIP_03, _name(below), f"cannot be read: {error.strerror or error}")

    def _special(self, path: str, is_link: bool) -> None:
        self.special.add(path)
        self.notes.add(ZIP_08, path, "is a link to another file" if is_link else "is no ordinary file")

    def entry(self, path: str, file: Path) -> Entry:
        """The file, or what is known of it."""
        try:
            with file.open("rb") as opened:
                return self._entry(path, file, os.fstat(opened.fileno()).st_size)
        except OSError as error:
            return self.notes.damaged(path, 0, f"cannot be read: {error.strerror or error}")

    def _entry(self, path: str, file: Path, size: int) -> Entry:
        if why := self.budget.refuses(path, size):
            return self.notes.beyond(path, size, why)
        if not is_text(path):
            return Distant(path, size, partial(_later, file, size))
        return self.notes.text(path, _bytes(file, size), self.budget)


def _later(file: Path, size: int) -> bytes:
    """The bytes of a file, when somebody asks for them; none if it cannot be read by then."""
    try:
        return _bytes(file, size)
    except OSError:
        return b""


def _name(path: str) -> str:
    """A path as a zip would have it."""
    return as_text(os.fsencode(path)).replace(os.sep, "/")


def _bytes(file: Path, size: int) -> bytes:
    """The first `size` bytes, however many there are by now."""
    with file.open("rb") as opened:
        return opened.read(size)
