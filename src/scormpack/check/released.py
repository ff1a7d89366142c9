"""Codes of findings about releases: of a version, of the record of what was given, and of what arrived."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

RLS_01: Final = Code(
    "RLS-01",
    "Other content under a version that was given out",
    Severity.ERROR,
    "Two workers would both have learned “version 1.2.0”, and not the same; nobody could tell who was told what.",
    "Raise `version` in module.yaml.",
    "A provider's details, what all modules share and the version of scormpack are no content of a module.",
)
RLS_02: Final = Code(
    "RLS-02",
    "Version that says too little",
    Severity.WARNING,
    "By the number a manager sees whether workers who have begun lose something. Nobody reads every page anew.",
    "Raise the first number where progress is lost, the second for other pages or questions, the third for other "
    "words.",
)
RLS_03: Final = Code(
    "RLS-03",
    "Record of releases that cannot be read",
    Severity.ERROR,
    "Without it nobody knows which version a worker has learned, or whether progress stays.",
    "Put the folder `history` back from a copy, or from version control. It is not to be edited by hand.",
)
RLS_04: Final = Code(
    "RLS-04",
    "Folder that is not as it was given out",
    Severity.ERROR,
    "A package that was cut short or changed on its way may lose what a worker does, or tell something else.",
    "Ask for the folder again, and load nothing of this one.",
)
