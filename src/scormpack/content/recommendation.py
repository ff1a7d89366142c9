"""A recommendation: who should do what, so that training is useful and possible."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from scormpack.content.codes import PRO_01, REC_01, REC_02, REC_03, REC_05, REC_06
from scormpack.content.provenance import Provenance
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Code
from scormpack.source.node import Node, YesNo
from scormpack.source.word import Slug, Spelled
from scormpack.vocabulary import Actor, Delivery, Learner, Principle, RecommendationId, Stage, TopicId, Version

Section = Annotated[str, Spelled(r"^[A-Z]$", "One capital letter: `A`.")]
Need = Literal[
    "group_notes",
    "transcript_or_print",
    "what_if_card",
    "scenario",
    "support_block",
    "paid_time_statement",
    "local_slots",
]


class Evidence(Node):
    """One piece of evidence and how closely it supports the statement."""

    kind: Literal["workshop", "interview_finding", "review", "study", "guidance", "regulation", "expert_opinion"]
    """What kind of evidence it is."""
    ref: str = Field(min_length=1)
    """The source, in short.
    Example: `bayley`
    """
    url: str = ""
    """Where it can be read.
    Example: `https://doi.org/10.1186/s40900-025-00814-z`
    """
    note: str = ""
    """What it says, and what it does not.
    Example: `One nursing home. Barriers remained.`
    """
    supports: Literal["directly", "partly", "context"]
    """How closely it supports the statement."""


class Upheld(Node):
    """A principle of co-production that the recommendation upholds, and how."""

    principle: Principle
    """The principle."""
    how: str = Field(min_length=1)
    """How the recommendation upholds it.
    Example: `Workers choose the times of the sessions.`
    """


class Expects(Node):
    """What a linked module has to have; a small closed vocabulary that can be checked and explained."""

    max_minutes: int | None = Field(default=None, ge=1)
    """The most minutes that the module may take.
    Example: `15`
    """
    delivery_any: tuple[Delivery, ...] = ()
    """It can be learned in one of these ways.
    Example: `[group, face_to_face, blended]`
    """
    needs: tuple[Need, ...] = ()
    """What the module has to have.
    Example: `[group_notes]`
    """
    reading_grade_max: int | None = Field(default=None, ge=1, le=12)
    """The highest reading grade that its text may have.
    Example: `6`
    """
    stage_at_or_before: Stage | None = None
    """The latest stage that it may be for."""


class Measure(Node):
    """A yes-or-no question by which a provider shows that it is met."""

    codes: ClassVar[dict[str, Code]] = {"evidence_kind": REC_05}

    id: Slug
    """The name of the measure.
    Example: `a1-practice-observed`
    """
    text: str = Field(min_length=1)
    """A question to answer with yes or no.
    Example: `Has someone watched workers practise the skills?`
    """
    evidence_kind: Literal[
        "lms_record",
        "rota_or_payroll",
        "policy",
        "supervision_record",
        "observation",
        "worker_feedback",
        "meeting_note",
        "joint_agreement",
    ]
    """What shows that the answer is yes."""
    from_tool: YesNo = False
    """Whether this tool itself can show it."""


class Signposted(Node):
    """Where to look when no module of this library covers it."""

    resource: str = Field(min_length=1)
    """The resource to turn to.
    Example: `The training of the local hospice`
    """
    reason: str = Field(min_length=1)
    """Why it is covered there and not here.
    Example: `It has to be practised with a nurse.`
    """


class Recommendation(Node):
    """One statement with its reasons, its evidence and how it is shown to be met."""

    codes: ClassVar[dict[str, Code]] = {
        "statement": REC_01,
        "theme": REC_02,
        "audience": REC_02,
        "learners": REC_02,
        "stages": REC_02,
        "priority": REC_02,
        "rationale": REC_02,
        "evidence": REC_03,
        "measures": REC_05,
        "review_due": REC_06,
        "provenance": PRO_01,
    }

    id: Slug
    """The name of this file.
    Example: `eolh-a1`
    """
    version: Version
    """Three numbers. Raise it with every change.
    Example: `1.0.0`
    """
    status: Literal["draft", "current", "retired"]
    """Whether it is a draft, current or retired."""
    supersedes: RecommendationId | None = None
    """The recommendation that it replaces, by id.
    Example: `eolh-a0`
    """
    section: Section
    """One capital letter: the part of the list that it is in.
    Example: `A`
    """
    theme: Literal[
        "content",
        "delivery_format",
        "access_and_time",
        "support_and_wellbeing",
        "community_of_practice",
        "joint_working",
        "governance",
    ]
    """What it is about."""
    statement: str = Field(min_length=1, max_length=400)
    """One sentence that begins with who should act.
    Example: `Managers should tell each worker personally when a client dies.`
    """
    audience: tuple[Actor, ...] = Field(min_length=1)
    """Who has to act.
    Example: `[manager, educator]`
    """
    learners: tuple[Learner, ...] = Field(min_length=1)
    """Who benefits.
    Example: `[homecare_worker]`
    """
    stages: tuple[Stage, ...] = Field(min_length=1)
    """When in their work.
    Example: `[first_weeks, first_months]`
    """
    topics: tuple[TopicId, ...] = ()
    """What it is about: topics of library.yaml, by id.
    Example: `[talking]`
    """
    priority: Literal["must", "should", "could"]
    """How binding it is. `must` needs a regulation, guidance or a `safety_reason`."""
    evidence_strength: Literal["strong", "moderate", "emerging", "editorial"]
    """How strong the evidence is. `strong` needs two sources, one of them a review, guidance or a regulation."""
    safety_reason: str = ""
    """Who may come to harm otherwise.
    Example: `A worker who does not know her limits may hurt someone.`
    """
    rationale: str = Field(min_length=1)
    """Why it should be done.
    Example: `Finding your words is learned with other people.`
    """
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    """What it rests on."""
    provenance: Provenance
    """Who made the recommendation."""
    principles: tuple[Upheld, ...] = ()
    """The principles of co-production that it upholds."""
    expects: Expects = Expects()
    """What a module that addresses it has to have."""
    measures: tuple[Measure, ...] = Field(min_length=1)
    """Questions by which a provider shows that it is met."""
    signposted_to: Signposted | None = None
    """Where to look when no module of this library covers it."""
    cautions: tuple[str, ...] = ()
    """What to be careful about.
    Example: `[The evidence comes partly from care homes.]`
    """
    reviewed_on: datetime.date | None = None
    """The day of the last review.
    Example: `2026-11-30`
    """
    review_due: datetime.date
    """The day by which it has to be reviewed again.
    Example: `2027-09-30`
    """
    waive: tuple[Waiver, ...] = ()
    """Rules that this recommendation does not follow for a time."""
