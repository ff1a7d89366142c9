"""A rule that an author does not follow, for once: with a reason, a name and an end."""

from __future__ import annotations

import datetime
from typing import Self

from pydantic import Field, model_validator

from scormpack.source.node import Node, refuse

LONGEST = 366  # days


class Waiver(Node):
    """A rule that is waived for the item that this stands in, or for one file of it."""

    rule: str = Field(pattern=r"^[A-Z][A-Z0-9]{2}-[0-9]{2}$")
    reason: str = Field(min_length=10)
    by: str = Field(min_length=1)
    date: datetime.date
    until: datetime.date
    file: str = ""

    @model_validator(mode="after")
    def _ends(self) -> Self:
        days = (self.until - self.date).days
        if not 0 <= days <= LONGEST:
            raise refuse("WVR-01", f"`until` has to be within a year after `date`, not {days} days after it")
        return self
