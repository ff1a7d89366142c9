"""A pause after something hard, with someone to talk to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.vocabulary import ContactId, Markdown, NoticeId, SlotName


class Pause(Block):
    """The library's after-notice, or a text of your own, and who is there to talk to."""

    type: Literal["pause"] = "pause"
    notice: NoticeId | None = None
    """A notice of library.yaml. Without it, and without `text`: `after_sensitive`.
    Example: `after_story`
    """
    text: Markdown | None = None
    """A text of your own, instead of a notice.
    Example: `Take a breath.`
    """
    contacts: tuple[ContactId, ...] = Field(min_length=1)
    """Who is there to talk to: contacts, by id.
    Example: `[samaritans]`
    """
    local: tuple[SlotName, ...] = Field(min_length=1)
    """Who is there at the provider, by the names of the slots.
    Example: `[debrief_contact]`
    """
