"""A training module: what is written in module.yaml and on its pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar, Literal, TypeVar

from pydantic import Field

from scormpack.blocks import AnyBlock, Block, Question, Task
from scormpack.content.agreement import Agreement
from scormpack.content.facilitator import FacilitatorGuide
from scormpack.content.provenance import Provenance, Reviewer, Source
from scormpack.content.waiver import Waiver
from scormpack.source.node import Node, Title, YesNo
from scormpack.source.reference import (
    ContactId,
    FrameworkRef,
    Markdown,
    ModuleId,
    RecommendationId,
    SlotName,
    Slug,
    TopicId,
)
from scormpack.source.words import Act, Delivery, Jurisdiction, Learner, Sensitivity, Stage

Kind = TypeVar("Kind", bound=Block)
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
VERSION = r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$"


class Objective(Node):
    """What a learner can do afterwards, beginning with a verb."""

    id: Slug
    text: str = Field(min_length=1)
    must_know: YesNo = False


class Delegated(Node):
    """A task that a professional hands over to a named worker, and the conditions on which it may be done."""

    act: Act
    conditions: Markdown


class Safety(Node):
    """What the learner's role allows."""

    role_scope: Literal["unregistered", "registered"] = "unregistered"
    may: tuple[Markdown, ...] = ()
    must_not: tuple[Markdown, ...] = ()
    delegated: tuple[Delegated, ...] = ()
    emergency: YesNo = False
    clinical_review_required: YesNo = False


class TimePolicy(Node):
    """Whether learning time is paid, and the sentence that tells the learner."""

    codes: ClassVar[dict[str, str]] = {"sentence": "MOD-07", "rule": "MOD-07"}

    rule: Literal["paid_required", "employer_decides", "optional"]
    sentence: Markdown


class Accreditation(Node):
    """The record behind a claim: who accredited the module, under which reference, and until when."""

    by: str = Field(min_length=1)
    reference: str = Field(min_length=1)
    until: datetime.date


class Translation(Node):
    """From which language the text was translated, how, and who read the translation."""

    source_language: str = Field(pattern=LANGUAGE)
    by: Literal["human", "machine"]
    reviewed_by: Reviewer | None = None


class Assessment(Node):
    """When the module is passed: the mark in percent and every critical question right.

    `attempts` is how often each question may be checked; without it, as often as the learner likes.
    """

    codes: ClassVar[dict[str, str]] = {"pass_mark": "QUZ-05"}

    pass_mark: int = Field(default=80, ge=60, le=100)
    attempts: int | None = Field(default=None, ge=1, le=9)


class Page(Node):
    """One page; its title is the heading of its file."""

    id: Slug
    title: Title
    blocks: tuple[AnyBlock, ...] = Field(min_length=1)


class Module(Node):
    """A module with its pages, exactly as written."""

    codes: ClassVar[dict[str, str]] = {
        "objectives": "MOD-02",
        "time_policy": "MOD-07",
        "duration_minutes": "MOD-05",
        "provenance": "PRO-01",
        "review_due": "MOD-08",
        "sensitivity": "SAF-01",
        "jurisdictions": "SAF-10",
    }

    id: Slug
    version: str = Field(pattern=VERSION)
    title: Title
    summary: str = Field(min_length=1, max_length=300)
    language: str = Field(default="en-GB", max_length=35, pattern=LANGUAGE)
    translation: Translation | None = None
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    stage: Stage
    audiences: tuple[Learner, ...] = Field(min_length=1)
    format: Literal["micro", "short", "session"]
    delivery: tuple[Delivery, ...] = Field(min_length=1)
    duration_minutes: int = Field(ge=1, le=90)
    cpd_minutes: int | None = Field(default=None, ge=0, le=90)
    time_policy: TimePolicy
    topics: tuple[TopicId, ...] = ()
    objectives: tuple[Objective, ...] = Field(min_length=1, max_length=5)
    key_messages: tuple[Markdown, ...] = Field(min_length=1)
    sensitivity: tuple[Sensitivity, ...] = Field(min_length=1)
    safety: Safety = Safety()
    assessment: Assessment = Assessment()
    addresses: tuple[RecommendationId, ...] = ()
    standalone_reason: str = ""
    contributes_to: tuple[FrameworkRef, ...] = ()
    local_slots: tuple[SlotName, ...] = Field(default=(), max_length=100)
    signposts: tuple[ContactId, ...] = ()
    prerequisites: tuple[ModuleId, ...] = ()
    related: tuple[ModuleId, ...] = ()
    provenance: Provenance
    accreditation: Accreditation | None = None
    reviewed_on: datetime.date | None = None
    review_due: datetime.date
    reviewers: tuple[Reviewer, ...] = ()
    sources: tuple[Source, ...] = ()
    todo_before_release: tuple[str, ...] = ()
    waive: tuple[Waiver, ...] = ()
    pages: tuple[Page, ...] = Field(min_length=1)
    facilitator_guide: FacilitatorGuide | None = None
    agreed: Agreement | None = None

    def blocks(self, kind: type[Kind]) -> Iterator[Kind]:
        """Every block of this kind, in the order of the pages."""
        for page in self.pages:
            for block in page.blocks:
                if isinstance(block, kind):
                    yield block

    def block(self, name: str) -> Block:
        """The block with this id; KeyError if there is none."""
        return self.named_blocks()[name]

    def named_blocks(self) -> dict[str, Block]:
        """Every block that has an id, in the order of the pages."""
        return {name: block for block in self.blocks(Block) if (name := getattr(block, "id", None))}

    def questions(self) -> tuple[Question, ...]:
        """What is scored, in the order of the pages."""
        return tuple(self.blocks(Question))

    def tasks(self) -> tuple[Task, ...]:
        """What a learner has to do: questions and scenarios, in the order of the pages."""
        return tuple(self.blocks(Task))
