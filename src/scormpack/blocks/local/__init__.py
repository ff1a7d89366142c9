"""Local details: what each provider fills in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.reference import Markdown, SlotName


class Local(Block):
    """A panel of local numbers, names and places."""

    type: Literal["local"] = "local"
    title: str = ""
    text: Markdown | None = None
    slots: tuple[SlotName, ...] = Field(min_length=1)
