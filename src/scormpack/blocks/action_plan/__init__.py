"""A plan of one's own, to fill in and to print. It stays on the device."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.word import Slug
from scormpack.vocabulary import Markdown, Title


class ActionPlan(Block):
    """Rows to fill in, each with one note or several."""

    type: Literal["action_plan"] = "action_plan"
    id: Slug
    """The name of the block. It never changes: what the learner writes is stored under it.
    Example: `hard-days`
    """
    title: Title
    """The title of the plan.
    Example: `My plan for hard days`
    """
    text: Markdown | None = None
    """What to know before filling it in.
    Example: `Fill in what you like.`
    """
    rows: tuple[Title, ...] = Field(min_length=1, max_length=6)
    """One to six rows to fill in.
    Example: `[Before a hard visit, Just after, Later]`
    """
    columns: tuple[Title, ...] = Field(default=(), max_length=4)
    """A note for each of these in every row, at most four. Without it: one note.
    Example: `[Who, By when]`
    """
