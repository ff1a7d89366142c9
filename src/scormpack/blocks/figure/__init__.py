"""A picture with a caption."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Block
from scormpack.source.reference import PicturePath


class Figure(Block):
    """A picture from the module's media folder. `alt: ""` says that it is only decoration."""

    codes: ClassVar[dict[str, str]] = {"alt": "ACC-02"}

    type: Literal["figure"] = "figure"
    src: PicturePath
    alt: str
    caption: str = ""
