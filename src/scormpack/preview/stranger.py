"""A package that somebody has: ours or another maker's, as its zip is now."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

from scormpack.check.package import check_package, package_rules
from scormpack.diagnostics import ContentError
from scormpack.package import Package, read_zip
from scormpack.preview.made import Made, stamp_of

# What the manifest calls the standard that it follows (CAM 1.3, 3.4.1.8), and the kind of package that is.
_EDITIONS = (
    (re.compile(rb"<schemaversion>\s*1\.2\s*<"), "scorm12"),
    (re.compile(rb"<schemaversion>\s*2004 4th"), "scorm2004-4th"),
    (re.compile(rb"<schemaversion>\s*(2004|CAM|1\.3)"), "scorm2004-3rd"),
)
_HEAD = 2_000  # bytes in which a page says what made it


def kind_of(package: Package) -> str:
    """The target that makes such packages. A manifest that does not say is read as SCORM 1.2, as platforms do."""
    if (manifest := package.find("imsmanifest.xml")) is not None:
        return next((kind for edition, kind in _EDITIONS if edition.search(manifest.data)), "scorm12")
    return next((kind for file, kind in (("cmi5.xml", "cmi5"), ("tincan.xml", "xapi")) if package.find(file)), "web")


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
    try:
        package = read_zip(file)
    except ContentError as error:
        return Made(file.name, findings=error.diagnostics)
    kind = kind_of(package)
    ours = _is_ours(package)
    house = {rule.code for rule in package_rules(kind) if rule.house}
    found = tuple(each for each in check_package(package, kind) if ours or each.code not in house)
    return Made(file.name, standard=kind.partition("-")[0], package=package, stamp=stamp_of(package), findings=found)


def _is_ours(package: Package) -> bool:
    page = package.find("index.html")
    return page is not None and b'<meta name="generator" content="scormpack">' in page.data[:_HEAD]
