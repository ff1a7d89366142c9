"""The module's key messages."""

from __future__ import annotations

from typing import Literal

from scormpack.blocks.block import Block


class KeyMessages(Block):
    """The key messages of module.yaml, shown here; the block is empty."""

    type: Literal["key_messages"] = "key_messages"
