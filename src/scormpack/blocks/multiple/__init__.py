"""A question with several right answers."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from scormpack.blocks.block import ChoiceQuestion
from scormpack.blocks.codes import QUZ_01
from scormpack.source.node import FieldError


class Multiple(ChoiceQuestion):
    """Choose all that apply; right when all correct options are chosen and no others."""

    type: Literal["multiple"] = "multiple"
    marks: Literal["all_or_nothing", "partial"] = "all_or_nothing"
    """With `partial` a partly right answer earns part of the mark: right choices less wrong ones."""

    @model_validator(mode="after")
    def _some_are_right(self) -> Self:
        if not any(option.correct for option in self.options):
            raise FieldError(QUZ_01, "no option has `correct: true`")
        return self
