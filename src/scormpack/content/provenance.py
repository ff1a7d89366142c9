"""Who made a text, and how much of it workers and managers decided. Credit is easy to overstate."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from pydantic import Field

from scormpack.content.codes import PRO_01, PRO_02
from scormpack.diagnostics import Code
from scormpack.source.node import Node, YesNo
from scormpack.vocabulary import Principle


class Partners(Node):
    """How many partners of one role took part."""

    role: str = Field(min_length=1)
    """The role.
    Example: `homecare worker`
    """
    count: int = Field(ge=1)
    """How many of them took part.
    Example: `6`
    """


class Workshop(Node):
    """A record of one workshop in which partners worked on this text."""

    codes: ClassVar[dict[str, Code]] = {"partners": PRO_02}

    number: int = Field(ge=1)
    """The number of the workshop, from 1.
    Example: `1`
    """
    date: datetime.date
    """The day on which it was held.
    Example: `2026-11-30`
    """
    mode: Literal["in_person", "online", "hybrid"]
    """How people met."""
    partners: tuple[Partners, ...] = Field(min_length=1)
    """How many took part in each role; never names.
    Example: `[{role: homecare worker, count: 6}]`
    """
    attended: int | None = Field(default=None, ge=1)
    """How many partners came in total: the sum of the roles.
    Example: `9`
    """
    facilitators: int = Field(ge=1)
    """How many people led it.
    Example: `2`
    """
    purpose: str
    """What it was for.
    Example: `Choose the topics of the first module.`
    """
    decisions: tuple[str, ...] = ()
    """What partners decided.
    Example: `[Leave out the part on forms.]`
    """
    changes_made: tuple[str, ...] = ()
    """What was changed in the text because of it.
    Example: `[The card now begins with what to say.]`
    """
    recognition: str
    """How partners were paid or thanked.
    Example: `Paid at the rate of the region.`
    """
    access_help: str
    """What helped people to take part.
    Example: `Travel and replacement staff were paid.`
    """
    attendance_note: str = ""
    """Anything to know about who came and who did not.
    Example: `Two partners left early.`
    """


class PrincipleNote(Node):
    """What was done about one of the five principles, or that it was not met and why."""

    principle: Principle
    """The principle."""
    note: str = Field(min_length=1)
    """What was done about it, or that it was not met and why.
    Example: `Partners chose the topics and had the last word on the cards.`
    """


class Provenance(Node):
    """How much workers and managers decided, and the record of it."""

    codes: ClassVar[dict[str, Code]] = {"status": PRO_01}

    status: Literal["co_produced", "co_production_informed", "consulted", "editorial"]
    """How much workers and managers decided. `co_produced` needs the records of workshops."""
    basis: tuple[str, ...] = ()
    """What the text rests on, by the ids of `sources`.
    Example: `[bayley, white]`
    """
    workshops: tuple[Workshop, ...] = ()
    """A record of each workshop in which partners worked on the text."""
    principles: tuple[PrincipleNote, ...] = ()
    """What was done about the five principles of co-production."""


class Reviewer(Node):
    """Who checked a text, in which role, and when."""

    name: str = Field(min_length=1)
    """Who checked the text.
    Example: `Grace Adeyemi`
    """
    role: str = Field(min_length=1)
    """The role.
    Example: `community nurse`
    """
    clinical: YesNo = False
    """Whether this is a registered clinician."""
    doses: YesNo = False
    """Whether the amounts of medicine in the text were checked too."""
    date: datetime.date
    """The day of the check.
    Example: `2026-11-30`
    """


class Source(Node):
    """A source of a text, and when it was last checked."""

    id: str = Field(min_length=1)
    """The name under which the text refers to the source.
    Example: `white`
    """
    title: str = Field(min_length=1)
    """Its title, with authors and year.
    Example: `White et al. 2024 (review of 19 papers)`
    """
    url: str = ""
    """Where it can be read.
    Example: `https://doi.org/10.1136/spcare-2023-004737`
    """
    seen_on: datetime.date | None = None
    """The day on which somebody last opened it and checked what it says.
    Example: `2026-11-30`
    """
