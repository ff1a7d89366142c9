"""Running text between the blocks of a page."""

from __future__ import annotations

from typing import Literal

from scormpack.blocks.block import Block
from scormpack.vocabulary import Markdown


class Prose(Block):
    """Paragraphs, lists and tables in Markdown."""

    type: Literal["prose"] = "prose"
    text: Markdown
    """The text."""
