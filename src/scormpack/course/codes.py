"""Codes of what keeps a module from becoming a course, or a course from being printed as it is written."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

FRM_11: Final = Code(
    "FRM-11",
    "Picture or recording that is not what its name says",
    Severity.ERROR,
    "A worker who taps on something that her phone cannot open sees nothing, and pays for the data.",
    "Save it again in the format that its name says.",
    "Pictures: PNG, JPEG, WebP, SVG. Recordings: MP3, M4A. Films: MP4, WebM. Captions: WebVTT.",
)
FRM_12: Final = Code(
    "FRM-12",
    "Language without the player's words",
    Severity.ERROR,
    "The buttons would be in another language than the text, and a worker may read only one of the two.",
    "Choose a language that the message lists, or ask for the player's words to be translated.",
)
FRM_15: Final = Code(
    "FRM-15",
    "Media that would lose what they say",
    Severity.ERROR,
    "A step, a word or a caption that gets lost on the way is missing for everyone, and no learner can tell.",
    "Save it in a form in which all of it is kept.",
    "A moving picture would stand still at its first step. Words that a drawing holds as HTML would be gone. A "
    "caption whose times no browser reads is never shown.",
)
LOC_01: Final = Code(
    "LOC-01",
    "Slot that is not declared, or not used",
    Severity.ERROR,
    "Providers fill in what a module declares: a slot that is missing there stays empty on the worker's page.",
    "List in `local_slots` of module.yaml exactly what the pages and the guide use.",
)
OUT_01: Final = Code(
    "OUT-01",
    "Sign that cannot be printed",
    Severity.WARNING,
    "A square stands on the paper in the place of the sign, and a worker has to guess what it was.",
    "Say it in words, or write it in Latin, Greek, Cyrillic, Hebrew or Arabic letters.",
    "Pictures made of a sign, such as 🙂, are none of the letters that papers are printed with.",
)
