"""What every block has, and what every question and every task has besides."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pydantic import Field

from scormpack.blocks.codes import QUZ_02
from scormpack.diagnostics import Code
from scormpack.package import ACC_09
from scormpack.source.node import Node, YesNo
from scormpack.source.word import Slug
from scormpack.vocabulary import ModuleId, ObjectiveId, Phrase

KEYS = "abcdefghijklmnopqrstuvwxyz"


class Block(Node):
    """Something that can stand on a page. `type` is the word after the fence."""

    type: str
    room: ClassVar[str] = ""  # what the screen is that such a block has to itself; "" for one that stands with others


class Task(Block):
    """A block that the learner does, and whose answer is kept under `id`; the module waits for it if `required`."""

    required: ClassVar[bool] = True
    longest_mark: ClassVar[str] = "~abcz"  # what stands behind a saved answer: see player/state.ts

    id: Slug
    """The name of the block. It never changes: progress is stored under it.
    Example: `who-confirms`
    """
    objective: ObjectiveId | None = None
    """The objective of module.yaml that this practises, by id.
    Example: `who-to-call`
    """

    def told_as(self) -> dict[str, str]:
        """What learning records name: each id below the module's tasks, and what happens there, in Markdown."""
        return {self.id: ""}

    @abstractmethod
    def longest_answer(self) -> int:
        """The most characters that the saved answer can have; player/state.ts writes it."""

    @abstractmethod
    def offered(self) -> tuple[str, ...]:
        """What the letters of a saved answer stand for. The player's `print` of the task changes with the same."""


class Question(Task):
    """A task with a right answer. Only questions are scored."""

    codes: ClassVar[dict[str, Code]] = {"rationale": QUZ_02, "time_limit": ACC_09}
    room: ClassVar[str] = "question"

    prompt: Phrase
    """The question.
    Example: `Who confirms a death?`
    """
    rationale: Phrase
    """Why the right answer is right.
    Example: `It is a formal task.`
    """
    critical: YesNo = False
    """Whether it must be right to pass."""
    recalls: ModuleId | None = None
    """The earlier module whose content it brings back; its title stands above the question.
    Example: `notice-report-record`
    """
    source: str = ""
    """What the answer rests on."""

    @abstractmethod
    def correct_answer(self) -> str:
        """The right answer as the player saves it; an answer is right when it equals this."""


class Option(Node):
    """One answer to choose, and the feedback for it."""

    codes: ClassVar[dict[str, Code]] = {"feedback": QUZ_02}

    text: Phrase
    """The answer.
    Example: `The worker who is there`
    """
    feedback: Phrase
    """Feedback for a learner who chooses it.
    Example: `You say what you see. Others confirm.`
    """
    correct: YesNo = False
    """Whether it is right."""


class ChoiceQuestion(Question):
    """A question whose answer is some of its options; option n is saved as the n-th letter."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=8)
    """The answers to choose from: two to eight."""
    shuffle: YesNo = True
    """Whether each learner sees them in an order of their own; write `false` where the order means something."""

    def longest_answer(self) -> int:
        return len(self.options)

    def correct_answer(self) -> str:
        return "".join(key for key, option in self.keyed() if option.correct)

    def offered(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options)

    def keyed(self) -> list[tuple[str, Option]]:
        """Each option with its letter."""
        return list(zip(KEYS, self.options, strict=False))
