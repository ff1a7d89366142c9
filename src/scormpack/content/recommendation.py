"""A recommendation: who should do what, so that training is useful and possible."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from pydantic import Field

from scormpack.content.module import VERSION
from scormpack.content.provenance import Provenance
from scormpack.content.waiver import Waiver
from scormpack.source.node import Node, YesNo
from scormpack.source.reference import RecommendationId, Slug, TopicId
from scormpack.source.words import Actor, Delivery, Learner, Principle, Stage

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
    ref: str = Field(min_length=1)
    url: str = ""
    note: str = ""
    supports: Literal["directly", "partly", "context"]


class Upheld(Node):
    """A principle of co-production that the recommendation upholds, and how."""

    principle: Principle
    how: str = Field(min_length=1)


class Expects(Node):
    """What a linked module has to have; a small closed vocabulary that can be checked and explained."""

    max_minutes: int | None = Field(default=None, ge=1)
    delivery_any: tuple[Delivery, ...] = ()
    needs: tuple[Need, ...] = ()
    reading_grade_max: int | None = Field(default=None, ge=1, le=12)
    stage_at_or_before: Stage | None = None


class Measure(Node):
    """A yes-or-no question by which a provider shows that it is met."""

    codes: ClassVar[dict[str, str]] = {"evidence_kind": "REC-05"}

    id: Slug
    text: str = Field(min_length=1)
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
    from_tool: YesNo = False


class Signposted(Node):
    """Where to look when no module of this library answers."""

    resource: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Recommendation(Node):
    """One statement with its reasons, its evidence and how it is shown to be met."""

    codes: ClassVar[dict[str, str]] = {
        "statement": "REC-01",
        "theme": "REC-02",
        "audience": "REC-02",
        "learners": "REC-02",
        "stages": "REC-02",
        "priority": "REC-02",
        "rationale": "REC-02",
        "evidence": "REC-03",
        "measures": "REC-05",
        "review_due": "REC-06",
        "provenance": "PRO-01",
    }

    id: Slug
    version: str = Field(pattern=VERSION)
    status: Literal["draft", "current", "retired"]
    supersedes: RecommendationId | None = None
    section: str = Field(pattern=r"^[A-Z]$")
    theme: Literal[
        "content",
        "delivery_format",
        "access_and_time",
        "support_and_wellbeing",
        "community_of_practice",
        "joint_working",
        "governance",
    ]
    statement: str = Field(min_length=1, max_length=400)
    audience: tuple[Actor, ...] = Field(min_length=1)
    learners: tuple[Learner, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    topics: tuple[TopicId, ...] = ()
    priority: Literal["must", "should", "could"]
    evidence_strength: Literal["strong", "moderate", "emerging", "editorial"]
    safety_reason: str = ""
    rationale: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    provenance: Provenance
    principles: tuple[Upheld, ...] = ()
    expects: Expects = Expects()
    measures: tuple[Measure, ...] = Field(min_length=1)
    signposted_to: Signposted | None = None
    cautions: tuple[str, ...] = ()
    reviewed_on: datetime.date | None = None
    review_due: datetime.date
    waive: tuple[Waiver, ...] = ()
