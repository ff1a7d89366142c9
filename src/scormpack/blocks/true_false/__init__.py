"""A statement that is true or false."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Question
from scormpack.source.node import YesNo
from scormpack.source.reference import Markdown


class TrueFalse(Question):
    """`answer` says whether the statement in `prompt` is true; saved as `t` or `f`."""

    codes: ClassVar[dict[str, str]] = {"if_true": "QUZ-02", "if_false": "QUZ-02"}

    type: Literal["true_false"] = "true_false"
    answer: YesNo
    if_true: Markdown
    if_false: Markdown

    def longest_answer(self) -> int:
        return 1

    def correct_answer(self) -> str:
        return "t" if self.answer else "f"
