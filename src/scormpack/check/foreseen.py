"""Codes of what a platform that somebody named will make of a package."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

PLT_01: Final = Code(
    "PLT-01",
    "Platform that does not take the package",
    Severity.ERROR,
    "Nobody there can open the course. Whoever loads it gets an error, or a course that begins with an empty page.",
    "Ask for a kind of package that the platform takes, or for one without what it stumbles over.",
)
PLT_02: Final = Code(
    "PLT-02",
    "Platform that takes the package in part",
    Severity.WARNING,
    "The course is there, and something in it does not work as its makers think: a record, a page, an order.",
    "Try it there with one learner, to the end, before others come. If it matters, ask for another package.",
)
PLT_03: Final = Code(
    "PLT-03",
    "Platform of which it is not known",
    Severity.INFO,
    "No source says what the platform does with such a package, and to guess would be worse than to say so.",
    "Try it there with one learner. If you find out, add it to the platform's file, with its source.",
)

OPINIONS: Final = frozenset(code.id for code in (PLT_01, PLT_02, PLT_03))
