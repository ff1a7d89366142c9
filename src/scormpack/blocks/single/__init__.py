"""A question with one right answer."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from scormpack.blocks.block import ChoiceQuestion
from scormpack.blocks.codes import QUZ_01
from scormpack.source.node import FieldError


class Single(ChoiceQuestion):
    """Choose the one best answer."""

    type: Literal["single"] = "single"

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        right = sum(option.correct for option in self.options)
        if right != 1:
            raise FieldError(QUZ_01, f"exactly one option needs `correct: true`, {right} have it")
        return self

    def longest_answer(self) -> int:
        return 1
