"""Things to put into groups."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import KEYS, Question
from scormpack.blocks.codes import QUZ_02
from scormpack.blocks.mix import mixed
from scormpack.diagnostics import Code
from scormpack.source.node import Node
from scormpack.vocabulary import Phrase


class SortItem(Node):
    """An item to sort, and feedback for putting it in the wrong group."""

    codes: ClassVar[dict[str, Code]] = {"feedback": QUZ_02}

    text: Phrase
    """The thing.
    Example: `Sit and listen`
    """
    feedback: Phrase
    """Feedback for putting it in the wrong group.
    Example: `Being there is care.`
    """


class Group(Node):
    """A group and what belongs in it."""

    name: str = Field(min_length=1, max_length=60)
    """The name of the group.
    Example: `My role`
    """
    items: tuple[SortItem, ...] = Field(min_length=1, max_length=8)
    """One to eight things that belong in it."""


class Sort(Question):
    """Put each item in its group.

    The answer is a group's letter for each thing, in the order written.
    """

    type: Literal["sort"] = "sort"
    groups: tuple[Group, ...] = Field(min_length=2, max_length=4)
    """Two to four groups, with what belongs in each. The things are shown mixed."""

    def longest_answer(self) -> int:
        return sum(len(group.items) for group in self.groups)

    def offered(self) -> tuple[str, ...]:
        return tuple(text for group in self.groups for text in (group.name, *(item.text for item in group.items)))

    def correct_answer(self) -> str:
        return "".join(key * len(group.items) for key, group in self.keyed())

    def keyed(self) -> list[tuple[str, Group]]:
        """Each group with its letter."""
        return list(zip(KEYS, self.groups, strict=False))

    def shown(self) -> list[tuple[str, SortItem]]:
        """Each thing with its number in the order written, from 0, in the order shown: mixed."""
        written = [item for group in self.groups for item in group.items]
        return mixed([(str(number), item) for number, item in enumerate(written)], seed=self.id)
