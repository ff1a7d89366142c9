"""A rule that an author does not follow, for once: with a reason, a name and an end."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from scormpack.content.codes import WVR_01
from scormpack.source.node import FieldError, Node
from scormpack.source.word import Spelled

LONGEST = 366  # days

RuleCode = Annotated[str, Spelled(r"^[A-Z][A-Z0-9]{2}-[0-9]{2}$", "The code of a rule: `MOD-06`.")]


class Waiver(Node):
    """A rule that is waived for the item that lists it, or for one file of it."""

    rule: RuleCode
    """The code of the rule.
    Example: `MOD-06`
    """
    reason: str = Field(min_length=10)
    """Why it is not followed.
    Example: `The story was timed with ten workers.`
    """
    by: str = Field(min_length=1)
    """Who decided.
    Example: `Grace Adeyemi`
    """
    date: datetime.date
    """The day of the decision.
    Example: `2026-11-30`
    """
    until: datetime.date
    """The last day on which it is in force: at most a year after `date`.
    Example: `2027-05-31`
    """
    file: str = ""
    """The one file that it is limited to, if any.
    Example: `pages/who-to-call.md`
    """

    @model_validator(mode="after")
    def _ends(self) -> Self:
        days = (self.until - self.date).days
        if not 0 <= days <= LONGEST:
            raise FieldError(WVR_01, f"`until` has to be within a year after `date`, not {days} days after it")
        return self
