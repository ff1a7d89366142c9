"""What partners agreed to: each piece of the learner's text, as a hash, on the day of a workshop."""

from __future__ import annotations

import datetime

from pydantic import Field

from scormpack.source.node import Node


class Agreement(Node):
    """The file agreed.yaml of a module, written by `scormpack agree`. `texts` has a hash for each piece of text."""

    workshop: int = Field(ge=1)
    date: datetime.date
    version: str = Field(min_length=1)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    texts: dict[str, str] = {}
