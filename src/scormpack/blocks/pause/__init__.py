"""A pause after something hard, with someone to talk to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.reference import ContactId, Markdown, NoticeId, SlotName


class Pause(Block):
    """The library's after-notice, or words of one's own, and who is there to talk to."""

    type: Literal["pause"] = "pause"
    notice: NoticeId | None = None
    text: Markdown | None = None
    contacts: tuple[ContactId, ...] = Field(min_length=1)
    local: tuple[SlotName, ...] = Field(min_length=1)
