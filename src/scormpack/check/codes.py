"""Codes of rules that are asked for where the rules themselves are not needed."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

REL_01: Final = Code(
    "REL-01",
    "Left to do",
    Severity.INFO,
    "Somebody noted that this has to be checked before a worker relies on it.",
    "Do it, then remove the line from `todo_before_release`.",
)
LNG_02: Final = Code(
    "LNG-02",
    "Rules that did not look at a language",
    Severity.INFO,
    "What is a jargon word, an act beyond the role or a hard sentence, only somebody who knows the language can say.",
    "Have somebody who knows the language and the work read for what these rules look for: `scormpack explain CODE`.",
    "Rules about what does not depend on the language run for all.",
)
LNG_03: Final = Code(
    "LNG-03",
    "Words of the player that nobody has reviewed",
    Severity.INFO,
    "A label that is nearly right may send a worker the wrong way, and a whole workforce reads it.",
    "Have somebody who knows the language well read them all, and name this person under `reviewed_by` in its file.",
    "The course says so itself, under “About this training”.",
)
REV_01: Final = Code(
    "REV-01",
    "Comment that waits for an answer",
    Severity.INFO,
    "Somebody who knows the work has seen what a worker might stumble over.",
    "Change the text, or say why not. Then resolve it in the preview, or add the day as `resolved_on`.",
)
REV_02: Final = Code(
    "REV-02",
    "Comment on words that have changed",
    Severity.INFO,
    "The edit may have been the answer, or may have missed the point, which a worker would find out.",
    "See whether the new words are the answer. If they are, resolve it.",
)
REV_03: Final = Code(
    "REV-03",
    "Comment on words that have gone",
    Severity.INFO,
    "What troubled a reviewer may be out of the text, or a worker may meet it elsewhere in other words.",
    "Resolve it, or write under `block` and `quote` what it is about now.",
)

LEFT_TO_DO: Final = frozenset(code.id for code in (REL_01, REV_01, REV_02, REV_03))
