"""A what-if card with two sides."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.node import Title
from scormpack.source.reference import Markdown, ObjectiveId, Slug
from scormpack.source.words import Sensitivity, Stage


class Card(Block):
    """Front: one question in the worker's voice. Back: what to do, whom to call, what to write down."""

    type: Literal["card"] = "card"
    id: Slug
    title: Title
    front: Markdown
    steps: tuple[Markdown, ...] = Field(min_length=3, max_length=6)
    avoid: Markdown | None = None
    call: Markdown | None = None
    record: Markdown | None = None
    discuss: tuple[Markdown, ...] = Field(default=(), max_length=3)
    objective: ObjectiveId | None = None
    stage: Stage | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
