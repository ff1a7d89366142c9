"""A standard notice of the library."""

from __future__ import annotations

from typing import Literal

from scormpack.blocks.block import Block
from scormpack.source.node import YesNo
from scormpack.vocabulary import NoticeId


class Notice(Block):
    """A notice by its name in library.yaml."""

    type: Literal["notice"] = "notice"
    notice: NoticeId
    """The name of the notice in library.yaml.
    Example: `before_sensitive`
    """
    skip: YesNo = False
    """Whether it lets the learner skip the page."""
