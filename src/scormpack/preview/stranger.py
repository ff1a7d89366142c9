"""A package that somebody has: ours or another maker's, as its zip is now."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from scormpack.archive import read_archive
from scormpack.inspect.verdict import judge
from scormpack.package import Entry, Package
from scormpack.preview.made import Made, stamp_of


class Stranger:
    """The package in the zip `file`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._made: Made | None = None

    def concerns(self, path: Path) -> bool:
        """Whether `path` is that zip."""
        return path.name == self.file.name

    def changed(self) -> None:
        """The file is another one now."""
        with self._lock:
            last, now = self._made, _read(self.file)
            if now.package is None and last is not None and last.package is not None:
                now = replace(last, findings=now.findings, stale=True)
            self._made = now

    def make(self) -> Made:
        """The package, or the last one that could be read, and what is found in it."""
        if self._made is None:
            self.changed()
        assert self._made is not None
        return self._made


def _read(file: Path) -> Made:
    archive = read_archive(file)
    if archive.package is None:
        return Made(file.name, findings=archive.findings)
    verdict = judge(archive.package, archive.findings)
    package = _held(archive.package)
    kind = verdict.kinds[0].partition("-")[0]
    return Made(file.name, standard=kind, package=package, stamp=stamp_of(package), findings=verdict.findings)


def _held(package: Package) -> Package:
    """`package` with all of its bytes in memory: the zip may be another one before a page asks for a picture."""
    return package._replace(entries=tuple(Entry(each.path, each.data) for each in package.entries))
