"""Codes of what is refused where blocks are read; rules find more under some of them."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

FRM_14: Final = Code(
    "FRM-14",
    "Slide that shows more than one thing, or nothing",
    Severity.ERROR,
    "Workers in a group read a slide or listen to each other; with two things on it they do neither.",
    "Give it `points`, a `picture` or a `card`: one of the three.",
)
ACC_01: Final = Code(
    "ACC-01",
    "Recording without its words",
    Severity.ERROR,
    "A deaf worker, one on a noisy bus and one with little data have the words or nothing.",
    "Add `transcript`; a film needs `captions` too.",
)
ACC_02: Final = Code(
    "ACC-02",
    "Picture without its words",
    Severity.ERROR,
    "A worker who cannot see it, or whose phone did not load it, has what `alt` says.",
    "Write under `alt` what the picture shows, as you would tell it on the phone.",
)
SCN_01: Final = Code(
    "SCN-01",
    "Story that leads nowhere",
    Severity.ERROR,
    "A learner who is left in the middle of a story, or sent round in circles, learns that there is no way out.",
    "Every path has to reach an ending, `next` may only lead forward, and each situation needs a name of its own.",
)
SCN_02: Final = Code(
    "SCN-02",
    "Choices that teach nothing",
    Severity.ERROR,
    "A worker learns from a good way among others, each explained. Bad ways alone teach that none is good.",
    "Give one choice `rating: best`.",
    refused="A situation has two to four choices, each with feedback: otherwise it is not read.",
)
SCN_05: Final = Code(
    "SCN-05",
    "Ending in which nobody is told",
    Severity.ERROR,
    "After the visit a worker tells someone and writes it down. A story that stops before that sends her home "
    "alone with it.",
    "Write under `tell` whom to tell, and under `record` what to write down.",
)
SAF_08: Final = Code(
    "SAF-08",
    "People who may be real or invented",
    Severity.ERROR,
    "Somebody's last days are theirs. A family has to be able to trust that nobody tells them unasked.",
    "Write `origin: fictional`, or `origin: used_with_consent` if those concerned agreed.",
)
QUZ_01: Final = Code(
    "QUZ-01",
    "Question without its right answer",
    Severity.ERROR,
    "A worker who answers well and is told that she is wrong trusts nothing else on the page.",
    "Write `correct: true`: at one option in `single`, at one or more in `multiple`. In `match`, no two "
    "pairs may have the same answer.",
)
QUZ_02: Final = Code(
    "QUZ-02",
    "Answer without an explanation",
    Severity.ERROR,
    "“Wrong” teaches nothing and hurts. A worker who reads why remembers it at the next visit.",
    "Say why, and what to do instead, in a short sentence.",
    refused="`rationale`, and feedback for each answer, are never left out: without them a question is not read.",
)
QUZ_06: Final = Code(
    "QUZ-06",
    "Mark for something personal",
    Severity.ERROR,
    "How sure somebody feels, and what she remembers of a death, has no right answer. If it were marked, she "
    "would write what is expected.",
    "Remove `correct`, `critical` and `marks`. What has to be known goes in a question.",
)
PRV_01: Final = Code(
    "PRV-01",
    "Notes that leave the device",
    Severity.ERROR,
    "What she writes to herself about a death is hers. On a platform her manager could read it.",
    "Keep it on the device, or nowhere.",
    refused="`store` is `device` or `none`: there is nothing else.",
)
