"""Local details: what each provider fills in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.vocabulary import Markdown, SlotName


class Local(Block):
    """A panel of local numbers, names and places."""

    type: Literal["local"] = "local"
    title: str = ""
    """The heading of the panel.
    Example: `Who I call`
    """
    text: Markdown | None = None
    """A text above the details.
    Example: `Save these numbers now.`
    """
    slots: tuple[SlotName, ...] = Field(min_length=1)
    """The local details to show, by the names of their slots.
    Example: `[office_phone]`
    """
