"""Who made a text, and how much of it workers and managers decided. Credit is easy to overstate."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from pydantic import Field

from scormpack.source.node import Node, YesNo
from scormpack.source.words import Principle


class Partners(Node):
    """How many partners of one role took part."""

    role: str = Field(min_length=1)
    count: int = Field(ge=1)


class Workshop(Node):
    """A record of one workshop in which partners worked on this text. `attended` is how many partners came in all."""

    codes: ClassVar[dict[str, str]] = {"partners": "PRO-02"}

    number: int = Field(ge=1)
    date: datetime.date
    mode: Literal["in_person", "online", "hybrid"]
    partners: tuple[Partners, ...] = Field(min_length=1)
    attended: int | None = Field(default=None, ge=1)
    facilitators: int = Field(ge=1)
    purpose: str
    decisions: tuple[str, ...] = ()
    changes_made: tuple[str, ...] = ()
    recognition: str
    access_help: str
    attendance_note: str = ""


class PrincipleNote(Node):
    """What was done about one of the five principles, or that it was not met and why."""

    principle: Principle
    note: str = Field(min_length=1)


class Provenance(Node):
    """The status is a closed list; `co_produced` needs workshop records."""

    codes: ClassVar[dict[str, str]] = {"status": "PRO-01"}

    status: Literal["co_produced", "co_production_informed", "consulted", "editorial"]
    basis: tuple[str, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    principles: tuple[PrincipleNote, ...] = ()


class Reviewer(Node):
    """Who checked a text, as what, and when. `doses` says that the amounts of medicine in it were checked too."""

    name: str = Field(min_length=1)
    role: str = Field(min_length=1)
    clinical: YesNo = False
    doses: YesNo = False
    date: datetime.date


class Source(Node):
    """What a text rests on, and when it was last seen."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    url: str = ""
    seen_on: datetime.date | None = None
