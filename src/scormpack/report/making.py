"""What there is to learn at each stage, how long it takes, and how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scormpack.batch import Plan
from scormpack.content.agreed import changes
from scormpack.content.library import Topic
from scormpack.content.module import Module
from scormpack.content.provenance import Provenance, Reviewer, Workshop
from scormpack.content.recommendation import Recommendation
from scormpack.report.values import Origin, Time, Total
from scormpack.report.values import Topic as Row
from scormpack.report.words import PAID, STAGES, counted, plainly


def topics(work: Plan, named: bool) -> tuple[Row, ...]:
    """Every topic with its modules by stage; of a part of the library, the topics that its modules are about."""
    rows = (_topic(each, work) for each in work.library.settings.topics)
    return tuple(row for row in rows if not named or any(row.modules.values()))


def _topic(topic: Topic, work: Plan) -> Row:
    about = [module for module in work.modules if topic.id in module.topics]
    modules = {stage: tuple(each.title for each in about if each.stage == stage) for stage in STAGES}
    resource, reason = _signpost(topic, () if about else work.library.recommendations.values())
    return Row(topic.id, topic.title, modules, resource, reason, gap=not about and not resource)


def _signpost(topic: Topic, others: Iterable[Recommendation]) -> tuple[str, str]:
    """Where the topic, else a current recommendation about it, sends who looks for it: as rule LNK-04 counts it."""
    if topic.signposted_to:
        return topic.signposted_to.resource, topic.signposted_to.reason
    for each in others:
        if each.status == "current" and each.signposted_to and topic.id in each.topics:
            return each.signposted_to.resource, each.signposted_to.reason
    return "", ""


def times(work: Plan) -> tuple[Time, ...]:
    """The minutes of each module, by stage."""
    rows = [
        Time(
            module=each.id,
            title=each.title,
            stage=each.stage,
            minutes=each.duration_minutes,
            cpd_minutes=each.duration_minutes if each.cpd_minutes is None else each.cpd_minutes,
            paid=PAID[each.time_policy.rule],
        )
        for each in work.modules
    ]
    return tuple(sorted(rows, key=lambda row: list(STAGES).index(row.stage)))


def totals(rows: tuple[Time, ...]) -> tuple[Total, ...]:
    """The minutes of each stage that has modules."""
    stages = {stage: [row for row in rows if row.stage == stage] for stage in STAGES}
    return tuple(
        Total(stage, len(found), sum(row.minutes for row in found), sum(row.cpd_minutes for row in found))
        for stage, found in stages.items()
        if found
    )


def provenance(work: Plan, current: Sequence[Recommendation]) -> tuple[Origin, ...]:
    """How each module and each recommendation was made."""
    return (*(_of_module(each) for each in work.modules), *(_of_recommendation(each) for each in current))


def _of_module(module: Module) -> Origin:
    agreed = module.agreed
    return Origin(
        kind="module",
        id=module.id,
        title=module.title,
        status=module.provenance.status,
        workshops=_workshops(module.provenance),
        reviewers=tuple(_reviewer(each) for each in module.reviewers),
        agreed=f"Workshop {agreed.workshop}, {agreed.date}, version {agreed.version}" if agreed else "",
        changes=tuple(plainly(each.what) for each in changes(module, agreed)) if agreed else (),
    )


def _of_recommendation(found: Recommendation) -> Origin:
    status, workshops = found.provenance.status, _workshops(found.provenance)
    return Origin("recommendation", found.id, found.statement, status, workshops, (), "", ())


def _workshops(provenance: Provenance) -> tuple[str, ...]:
    return tuple(_workshop(each) for each in provenance.workshops)


def _workshop(each: Workshop) -> str:
    count = each.attended or sum(group.count for group in each.partners)
    return f"Workshop {each.number}, {each.date}, {counted(count, 'partner')}"


def _reviewer(each: Reviewer) -> str:
    return f"{each.name}, {each.role}{', clinical' if each.clinical else ''}, {each.date}"
