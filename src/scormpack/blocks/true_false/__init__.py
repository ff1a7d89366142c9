"""A statement that is true or false."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Question
from scormpack.blocks.codes import QUZ_02
from scormpack.diagnostics import Code
from scormpack.source.node import YesNo
from scormpack.vocabulary import Phrase


class TrueFalse(Question):
    """Say whether a statement is true.

    The answer is saved as `t` or `f`.
    """

    codes: ClassVar[dict[str, Code]] = {"if_true": QUZ_02, "if_false": QUZ_02}

    type: Literal["true_false"] = "true_false"
    answer: YesNo
    """Whether the statement in `prompt` is true."""
    if_true: Phrase
    """Feedback for answering that it is true.
    Example: `It can feel so. Yet saying no keeps them safe.`
    """
    if_false: Phrase
    """Feedback for answering that it is false.
    Example: `"Yes: saying no and calling keeps them safe."`
    """

    def longest_answer(self) -> int:
        return 1

    def offered(self) -> tuple[str, ...]:
        return ()  # the two words are the player's own

    def correct_answer(self) -> str:
        return "t" if self.answer else "f"
