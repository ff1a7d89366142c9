"""How sure a learner feels. It is never marked."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Task
from scormpack.blocks.codes import QUZ_06
from scormpack.diagnostics import Code
from scormpack.vocabulary import Phrase


class Confidence(Task):
    """A scale from 1, not sure at all, to 4, very sure. Nobody has to answer it."""

    codes: ClassVar[dict[str, Code]] = {"correct": QUZ_06, "critical": QUZ_06, "marks": QUZ_06}

    room: ClassVar[str] = "question"
    required: ClassVar[bool] = False
    longest_mark: ClassVar[str] = ""

    type: Literal["confidence"] = "confidence"
    prompt: Phrase
    """What the learner is asked about herself.
    Example: `How sure are you that you would know who to call?`
    """

    def longest_answer(self) -> int:
        return 1

    def offered(self) -> tuple[str, ...]:
        return ()  # a number always means the same
