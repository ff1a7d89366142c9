"""Codes of findings about results: tables and statements that a platform gives back."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

RES_01: Final = Code(
    "RES-01",
    "Results in a form that is not known",
    Severity.ERROR,
    "What a column means is never guessed: a worker who has finished could stand there as one who has not.",
    "Say in a file what each column means, and give it with `--mapping`.",
    "The file has a line such as `columns: {Learner: name, Course: module, State: status, Done on: finished}`.",
)
RES_02: Final = Code(
    "RES-02",
    "Activity that is no module",
    Severity.WARNING,
    "If it is a module under another name, its workers are missing from the report.",
    "If it is one, name it under `modules` in a file for `--mapping`. Otherwise leave it: it is not counted.",
    "`modules: {Our induction, part 2: your-role}`",
)
RES_03: Final = Code(
    "RES-03",
    "Results that could be of several modules, or of none",
    Severity.ERROR,
    "A worker would be told to have learned what she has not seen.",
    "Say which module is meant: under `modules`, or for a whole table under `module`, in a file for `--mapping`.",
)
RES_04: Final = Code(
    "RES-04",
    "Day that can be read in two ways",
    Severity.ERROR,
    "3/4 is in March or in April. A worker would be overdue, or would not be, by chance.",
    "Say which comes first: `--days day-first` or `--days month-first`.",
)
RES_05: Final = Code(
    "RES-05",
    "Result that is not understood",
    Severity.ERROR,
    "What is not understood is not counted, and the worker behind it would seem to have done nothing.",
    "Export the table again, or say under `words` in a file for `--mapping` what the platform's word means.",
    "`words: {finished: [Abgeschlossen]}`",
)
RES_06: Final = Code(
    "RES-06",
    "Column that is not used",
    Severity.WARNING,
    "It may be the one that says when a worker has finished.",
    "If it matters, say what it means under `columns` in a file for `--mapping`; if not, list it under `ignored`.",
)
