"""Packages that are none of ours to judge: platforms take them through another door."""

from __future__ import annotations

from dataclasses import dataclass

from scormpack.check.package.any import place
from scormpack.check.package.standard import Standard
from scormpack.check.rule import Findings, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.package import Package


@dataclass(frozen=True)
class Door:
    """A kind of package by the file that describes it, what people call it, and where a platform takes it."""

    standard: str
    file: str
    called: str
    taken: str


@dataclass(frozen=True)
class Stranger:
    """A package that has to go through `form`."""

    package: Package
    form: Door
    is_ours: bool = False


RULES: list[Rule[Stranger]] = []


@rule(
    RULES,
    "PKG-20",
    "Package for another door",
    Severity.INFO,
    "Upload it as what it is, or let the tool that made it export SCORM, xAPI or cmi5.",
)
def package_for_another_door(stranger: Stranger) -> Findings:
    """Uploaded as a course it is refused, or opens as an empty page."""
    form = stranger.form
    yield place(stranger.package, form.file), f"this is {form.called}: platforms take it {form.taken}"


_DOORS = (
    Door("h5p", "h5p.json", "an H5P package", "as interactive content, with the libraries that it names"),
    Door("common-cartridge", "imsmanifest.xml", "a Common Cartridge", "where whole courses are imported"),
    Door("qti", "imsmanifest.xml", "a QTI package", "where questions and tests are imported"),
    Door("ims-content", "imsmanifest.xml", "an IMS content package without SCORM", "as content, and record nothing"),
)
STANDARDS = tuple(Standard(door, Stranger, tuple(RULES)) for door in _DOORS)
