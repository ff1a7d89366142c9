"""Steps to put in order."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import KEYS, Question
from scormpack.blocks.codes import QUZ_02
from scormpack.blocks.mix import mixed
from scormpack.diagnostics import Code
from scormpack.vocabulary import Phrase


class Order(Question):
    """Put steps in the right order.

    The answer is the letters of the steps in the learner's order.
    """

    codes: ClassVar[dict[str, Code]] = {"if_wrong": QUZ_02}

    type: Literal["order"] = "order"
    steps: tuple[Phrase, ...] = Field(min_length=3, max_length=8)
    """Three to eight steps in the right order; they are shown mixed.
    Example: `[Who and where, What I see, What I need]`
    """
    if_wrong: Phrase
    """Feedback for an order that is not right.
    Example: `Begin with who and where.`
    """

    def longest_answer(self) -> int:
        return len(self.steps)

    def offered(self) -> tuple[str, ...]:
        return self.steps

    def correct_answer(self) -> str:
        return KEYS[: len(self.steps)]

    def shown(self) -> list[tuple[str, Phrase]]:
        """Each step with its letter, in the order first shown: mixed, but the same in every build."""
        return mixed(list(zip(KEYS, self.steps, strict=False)), seed=self.id)
