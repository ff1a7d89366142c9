"""Codes of what is refused where files are read, whatever they are about."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

SRC_01: Final = Code(
    "SRC-01",
    "File that cannot be read",
    Severity.ERROR,
    "What cannot be read reaches no worker: tomorrow this page would be missing.",
    "Check the indentation, and put quotes around text that contains `: ` or ` #`.",
    '`title: "Care: the first day"`',
)
SRC_02: Final = Code(
    "SRC-02",
    "The same field twice",
    Severity.ERROR,
    "Of two answers a worker can be shown only one, and it may be the old one.",
    "Keep one of them.",
)
SRC_03: Final = Code(
    "SRC-03",
    "A part of YAML that is not used here",
    Severity.ERROR,
    "Whoever edits this after you has to understand it at a glance, and a worker gets what was misread.",
    "Write it out, or put quotes around it: no anchors (&), aliases (*), tags (!) and second documents (---).",
)
SRC_04: Final = Code(
    "SRC-04",
    "File that is not there",
    Severity.ERROR,
    "A worker would find a gap where a page, a picture or a recording should be.",
    "Check the name and its capital letters, or put the file there.",
)
SRC_05: Final = Code(
    "SRC-05",
    "Link that leads out of the library",
    Severity.ERROR,
    "What is stored elsewhere can change or vanish, and nobody here would notice before a worker does.",
    "Put the file itself in the library.",
)
SRC_06: Final = Code(
    "SRC-06",
    "File that is too large",
    Severity.ERROR,
    "What is too large to be read here is far too large for a phone with poor signal.",
    "Split it, or make it smaller.",
)
SRC_07: Final = Code(
    "SRC-07",
    "Text that is not UTF-8",
    Severity.ERROR,
    "Saved in another encoding, characters such as é or ’ are garbled on a worker's phone.",
    "Save the file as UTF-8; most editors offer it under “Save as”.",
)
FRM_01: Final = Code(
    "FRM-01",
    "Field that is missing",
    Severity.ERROR,
    "Something that a worker or her manager needs to know would stay empty.",
    "Add the field that the message names.",
)
FRM_02: Final = Code(
    "FRM-02",
    "Field that does not exist",
    Severity.ERROR,
    "A field with a misspelt name would be ignored, and a worker would never read it.",
    "Correct the spelling, or remove the field. Inside `{…}`, put quotes around text that contains a comma.",
)
FRM_03: Final = Code(
    "FRM-03",
    "Value of the wrong kind",
    Severity.ERROR,
    "Minutes that are not a number cannot be counted for a worker's pay, and a date that is not a date never comes.",
    "Write what the message asks for: text, a whole number, a list, or a date such as 2027-12-31.",
)
FRM_04: Final = Code(
    "FRM-04",
    "Word that is not on the list",
    Severity.ERROR,
    "Managers search for training by these words; what has a name of its own is never found.",
    "Choose one of the words that the message lists.",
)
FRM_05: Final = Code(
    "FRM-05",
    "Spelling that does not travel",
    Severity.ERROR,
    "Names and addresses pass through many systems. An accent or a space gets lost in one of them, and with it "
    "the worker's place in the course.",
    "Lower-case letters, digits and single hyphens, starting with a letter: `who-to-call`. Where another spelling is "
    "meant, the message says which.",
)
FRM_06: Final = Code(
    "FRM-06",
    "Too little, or too much",
    Severity.ERROR,
    "An empty text helps nobody, and what is too long is cut off on a small screen.",
    "Write something, or shorten it to what the message allows.",
)
FRM_07: Final = Code(
    "FRM-07",
    "Value that can be read in two ways",
    Severity.ERROR,
    "What can be understood in two ways will be, and a worker acts on one of them.",
    "Write it as the message says.",
)
