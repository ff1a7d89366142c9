"""A training module: what is written in module.yaml and on its pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar, Literal, TypeVar

from pydantic import Field

from scormpack.blocks import AnyBlock, Block, Question, Task
from scormpack.content.agreement import Agreement
from scormpack.content.codes import MOD_02, MOD_05, MOD_07, MOD_08, PRO_01, QUZ_05, SAF_01, SAF_10
from scormpack.content.facilitator import FacilitatorGuide
from scormpack.content.provenance import Provenance, Reviewer, Source
from scormpack.content.review import Review
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Code
from scormpack.source.node import Node, YesNo
from scormpack.source.word import Slug
from scormpack.vocabulary import (
    Act,
    ContactId,
    Delivery,
    FrameworkRef,
    Jurisdiction,
    Language,
    Learner,
    ModuleId,
    Phrase,
    RecommendationId,
    Sensitivity,
    SlotName,
    Stage,
    Title,
    TopicId,
    Version,
)

Kind = TypeVar("Kind", bound=Block)


class Objective(Node):
    """What a learner can do afterwards, beginning with a verb."""

    id: Slug
    """The name under which questions, stories and cards refer to the objective.
    Example: `who-to-call`
    """
    text: str = Field(min_length=1)
    """What a learner can do afterwards. Start with what can be seen or heard: say, list, show.
    Example: `Say who you call first.`
    """
    must_know: YesNo = False
    """Whether everyone has to know it; then a question or a story has to test it."""


class Delegated(Node):
    """A task that a professional delegates to a named worker, and the conditions on which it may be done."""

    act: Act
    """The task."""
    conditions: Phrase
    """The conditions on which a worker may do it.
    Example: `Only when a nurse has taught you and checked you, and it is in the care plan.`
    """


class Safety(Node):
    """What the learner's role allows."""

    role_scope: Literal["unregistered", "registered"] = "unregistered"
    """Whether the learner has a registration, as a nurse has."""
    may: tuple[Phrase, ...] = ()
    """What the learner may do.
    Example: `[Give the care that is in the care plan.]`
    """
    must_not: tuple[Phrase, ...] = ()
    """What the learner must not do.
    Example: `[Decide to change a medicine.]`
    """
    delegated: tuple[Delegated, ...] = ()
    """Tasks that a professional delegates to a named worker."""
    emergency: YesNo = False
    """Whether it is about an emergency. Then its pages have to say whom to call, and it needs a clinical reviewer."""
    clinical_review_required: YesNo = False
    """Whether a clinician has to review the module before it is used."""


class TimePolicy(Node):
    """Whether learning time is paid, and a sentence about it for the learner."""

    codes: ClassVar[dict[str, Code]] = {"sentence": MOD_07, "rule": MOD_07}

    rule: Literal["paid_required", "employer_decides", "optional"]
    """Whether learning time is paid."""
    sentence: Phrase
    """A sentence about it for the learner.
    Example: `This learning is part of your paid work.`
    """


class Accreditation(Node):
    """The record behind a claim: who accredited the module, under which reference, and until when."""

    by: str = Field(min_length=1)
    """Who accredited the module.
    Example: `An awarding body`
    """
    reference: str = Field(min_length=1)
    """The reference.
    Example: `AB-2026-117`
    """
    until: datetime.date
    """The last day on which it is valid.
    Example: `2027-12-31`
    """


class Translation(Node):
    """From which language the text was translated, how, and who read the translation."""

    source_language: Language
    """The language that the text was written in.
    Example: `en-GB`
    """
    by: Literal["human", "machine"]
    """Who translated it."""
    reviewed_by: Reviewer | None = None
    """Who read the translation."""


class Assessment(Node):
    """When the module is passed: the mark in percent and every critical question right."""

    codes: ClassVar[dict[str, Code]] = {"pass_mark": QUZ_05}

    pass_mark: int = Field(default=80, ge=60, le=100)
    """The share of right answers, in percent, that passes the module, with every critical question right.
    Example: `80`
    """
    attempts: int | None = Field(default=None, ge=1, le=9)
    """How often each question may be checked; without it, as often as the learner likes.
    Example: `3`
    """


class Page(Node):
    """One page; its title is the heading of its file."""

    id: Slug
    """The name of the page's file in pages/.
    Example: `who-to-call`
    """
    title: Title
    """The heading of the page's file.
    Example: `Who to call`
    """
    blocks: tuple[AnyBlock, ...] = Field(min_length=1)
    """What stands on the page, in order."""

    def tasks(self) -> tuple[Task, ...]:
        """What a learner has to do on the page."""
        return tuple(block for block in self.blocks if isinstance(block, Task))


class Module(Node):
    """A module with its pages, exactly as written."""

    codes: ClassVar[dict[str, Code]] = {
        "objectives": MOD_02,
        "time_policy": MOD_07,
        "duration_minutes": MOD_05,
        "provenance": PRO_01,
        "review_due": MOD_08,
        "sensitivity": SAF_01,
        "jurisdictions": SAF_10,
    }

    id: Slug
    """The name of the module's folder. It never changes.
    Example: `your-role`
    """
    version: Version
    """Three numbers. Raise it with every change.
    Example: `1.0.0`
    """
    title: Title
    """The title of the module, in at most 70 characters.
    Example: `Calling for help`
    """
    summary: str = Field(min_length=1, max_length=300)
    """What it is about, in one or two sentences.
    Example: `"Who to call, and what to say."`
    """
    language: Language = Field(default="en-GB", max_length=35)
    """The language of the text, as a language tag.
    Example: `en-GB`
    """
    translation: Translation | None = None
    """For a translated module: from which language, and how."""
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    """The nations whose law and services the text fits.
    Example: `[england]`
    """
    stage: Stage
    """When in their work learners need it."""
    audiences: tuple[Learner, ...] = Field(min_length=1)
    """Who it is for.
    Example: `[homecare_worker, personal_assistant]`
    """
    format: Literal["micro", "short", "session"]
    """How long it is: `micro` takes at most 10 minutes, `short` 20, `session` 90."""
    delivery: tuple[Delivery, ...] = Field(min_length=1)
    """How it can be learned.
    Example: `[self_study, group]`
    """
    duration_minutes: int = Field(ge=1, le=90)
    """How many minutes it takes. The contents show how many are left.
    Example: `10`
    """
    cpd_minutes: int | None = Field(default=None, ge=0, le=90)
    """The minutes on the certificate. By default, `duration_minutes`.
    Example: `10`
    """
    time_policy: TimePolicy
    """Whether learning time is paid, and a sentence about it for the learner."""
    topics: tuple[TopicId, ...] = ()
    """What it is about: topics of library.yaml, by id.
    Example: `[mouth-care]`
    """
    objectives: tuple[Objective, ...] = Field(min_length=1, max_length=5)
    """What a learner can do afterwards: one to five.
    Example: `[{id: who-to-call, text: Say who you call first., must_know: true}]`
    """
    key_messages: tuple[Phrase, ...] = Field(min_length=1)
    """What to take away: three to seven short sentences.
    Example: `[You are never alone with a worry.]`
    """
    sensitivity: tuple[Sensitivity, ...] = Field(min_length=1)
    """What in it may be hard to read; `none` if nothing is.
    Example: `[death]`
    """
    safety: Safety = Safety()
    """What the learner's role allows."""
    assessment: Assessment = Assessment()
    """When the module is passed."""
    addresses: tuple[RecommendationId, ...] = ()
    """Recommendations that it addresses, by id.
    Example: `[eolh-a1]`
    """
    standalone_reason: str = ""
    """Why the module exists, if it addresses no recommendation.
    Example: `Our own teams asked for it.`
    """
    contributes_to: tuple[FrameworkRef, ...] = ()
    """Parts of outside frameworks to which it contributes: framework, `@` and edition, `#` and part.
    Example: `["care-certificate@2025#6"]`
    """
    local_slots: tuple[SlotName, ...] = Field(default=(), max_length=100)
    """The local details that its pages and its guide use: exactly those, by the names of their slots.
    Example: `[office_phone]`
    """
    signposts: tuple[ContactId, ...] = ()
    """Where else to get help: contacts, by id.
    Example: `[samaritans]`
    """
    prerequisites: tuple[ModuleId, ...] = ()
    """Modules to do before it, by id.
    Example: `[your-role]`
    """
    related: tuple[ModuleId, ...] = ()
    """Related modules, by id.
    Example: `[hard-questions]`
    """
    provenance: Provenance
    """Who made the text."""
    accreditation: Accreditation | None = None
    """Who accredited the module, if somebody has."""
    released_on: datetime.date | None = None
    """The day of this version, which dates the files of its packages. Without it they have the day of the review.
    Example: `2026-11-30`
    """
    reviewed_on: datetime.date | None = None
    """The day of the last review.
    Example: `2026-11-30`
    """
    review_due: datetime.date
    """The day by which it has to be reviewed again. After it, only `scormpack build --overdue` builds it.
    Example: `2027-05-31`
    """
    reviewers: tuple[Reviewer, ...] = ()
    """Who checked the text."""
    sources: tuple[Source, ...] = ()
    """What the text rests on.
    Example: `[{id: white, title: Preprint with 133 people interviewed}]`
    """
    todo_before_release: tuple[str, ...] = ()
    """What somebody still has to check; `scormpack validate --all` shows it.
    Example: `[Check every contact used here]`
    """
    waive: tuple[Waiver, ...] = ()
    """Rules that this module does not follow for a time."""
    pages: tuple[Page, ...] = Field(min_length=1)
    """The pages in order: the names of the files in pages/, without `.md`."""
    facilitator_guide: FacilitatorGuide | None = None
    """The guide for groups; it has a file of its own, facilitator.yaml."""
    agreed: Agreement | None = None
    """What partners agreed to; `scormpack agree` keeps it in agreed.yaml."""
    review: Review = Review()
    """What reviewers say about it; it has a file of its own, review.yaml."""

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

    @property
    def day(self) -> datetime.date | None:
        """The day of this version, as far as its files tell."""
        return self.released_on or self.reviewed_on

    def questions(self) -> tuple[Question, ...]:
        """What is scored, in the order of the pages."""
        return tuple(self.blocks(Question))

    def tasks(self) -> tuple[Task, ...]:
        """What a learner has to do: questions and scenarios, in the order of the pages."""
        return tuple(self.blocks(Task))
