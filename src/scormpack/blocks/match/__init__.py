"""Things to pair."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from scormpack.blocks.block import KEYS, Question
from scormpack.blocks.codes import QUZ_01, QUZ_02
from scormpack.blocks.mix import mixed
from scormpack.diagnostics import Code
from scormpack.source.node import FieldError, Node
from scormpack.vocabulary import Phrase


class Pair(Node):
    """An item, its match, and feedback on the two."""

    codes: ClassVar[dict[str, Code]] = {"feedback": QUZ_02}

    item: Phrase
    """A thing.
    Example: `The syringe driver beeps`
    """
    match: Phrase
    """What goes with it, and with nothing else.
    Example: `Community nurses`
    """
    feedback: Phrase
    """Feedback on the two.
    Example: `They look after the syringe driver.`
    """


class Match(Question):
    """Find what goes with each thing.

    The answer is, for each thing as written, the letter of what was chosen.
    """

    type: Literal["match"] = "match"
    pairs: tuple[Pair, ...] = Field(min_length=3, max_length=6)
    """Three to six pairs. The matches are shown mixed."""

    @model_validator(mode="after")
    def _one_match_each(self) -> Self:
        if len({pair.match for pair in self.pairs}) < len(self.pairs):
            raise FieldError(QUZ_01, "two pairs have the same `match`: a learner cannot tell which one is meant")
        return self

    def longest_answer(self) -> int:
        return len(self.pairs)

    def offered(self) -> tuple[str, ...]:
        return tuple(text for pair in self.pairs for text in (pair.item, pair.match))

    def correct_answer(self) -> str:
        return KEYS[: len(self.pairs)]

    def shown(self) -> list[tuple[str, Phrase]]:
        """Each thing to choose with its letter: mixed, but the same in every build."""
        return mixed([(key, pair.match) for key, pair in zip(KEYS, self.pairs, strict=False)], seed=self.id)
