"""Where else to get help."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.vocabulary import ContactId, Markdown


class Signpost(Block):
    """Contacts of the register, with their numbers to tap."""

    type: Literal["signpost"] = "signpost"
    text: Markdown | None = None
    """A text above the contacts.
    Example: `"You can call for yourself, too."`
    """
    contacts: tuple[ContactId, ...] = Field(min_length=1)
    """Contacts, by id, with their numbers to tap.
    Example: `[samaritans]`
    """
