"""A picture with a caption."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Block
from scormpack.blocks.codes import ACC_02
from scormpack.diagnostics import Code
from scormpack.vocabulary import PicturePath


class Figure(Block):
    """A picture from the module's media folder."""

    codes: ClassVar[dict[str, Code]] = {"alt": ACC_02}

    type: Literal["figure"] = "figure"
    src: PicturePath
    """A picture in media/.
    Example: `hand.png`
    """
    alt: str
    """What it shows, in words. `""` marks it as decoration.
    Example: `A hand on a blanket`
    """
    caption: str = ""
    """The caption below it.
    Example: `Being there is care.`
    """
