"""A plan of one's own, to fill in and to print. It stays on the device."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.node import Title
from scormpack.source.reference import Markdown, Slug


class ActionPlan(Block):
    """Rows to fill in, each with one note; or with a note for each of `columns`, such as who and by when."""

    type: Literal["action_plan"] = "action_plan"
    id: Slug
    title: Title
    text: Markdown | None = None
    rows: tuple[Title, ...] = Field(min_length=1, max_length=6)
    columns: tuple[Title, ...] = Field(default=(), max_length=4)
