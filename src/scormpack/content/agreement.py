"""What partners agreed to: each piece of the learner's text, as a hash, on the day of a workshop."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from scormpack.source.node import Node
from scormpack.source.word import Spelled

Hash = Annotated[str, Spelled(r"^[0-9a-f]{64}$", "`scormpack agree` writes it.")]


class Agreement(Node):
    """The file agreed.yaml of a module, written by `scormpack agree`."""

    workshop: int = Field(ge=1)
    """The number of the workshop in which partners agreed."""
    date: datetime.date
    """The day on which they agreed.
    Example: `2026-11-30`
    """
    version: str = Field(min_length=1)
    """The version of the module that they agreed to.
    Example: `1.0.0`
    """
    hash: Hash
    """A hash of everything that a learner reads."""
    texts: dict[str, str] = {}
    """For each piece of text its name and a hash."""
