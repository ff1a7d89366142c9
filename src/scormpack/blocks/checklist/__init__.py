"""A list to tick off. The ticks stay on the device."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.word import Slug
from scormpack.vocabulary import Markdown, Phrase, Title


class Checklist(Block):
    """Things to do or to have ready, each with a box to tick."""

    type: Literal["checklist"] = "checklist"
    id: Slug
    """The name of the block. It never changes: the ticks are stored under it.
    Example: `before-i-leave`
    """
    title: Title
    """The title of the list.
    Example: `Before I leave the house`
    """
    text: Markdown | None = None
    """What to know before ticking.
    Example: `Say it to yourself at the door.`
    """
    items: tuple[Phrase, ...] = Field(min_length=1, max_length=15)
    """One to fifteen things, each with a box to tick.
    Example: `[I wrote down what I saw.]`
    """
