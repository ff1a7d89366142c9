"""A list to tick off. The ticks stay on the device."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.node import Title
from scormpack.source.reference import Markdown, Slug


class Checklist(Block):
    """Things to do or to have ready, each with a box to tick."""

    type: Literal["checklist"] = "checklist"
    id: Slug
    title: Title
    text: Markdown | None = None
    items: tuple[Markdown, ...] = Field(min_length=1, max_length=15)
