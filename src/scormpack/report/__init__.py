"""A report on a library, and on what a provider says of itself: for authors, managers and commissioners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scormpack.batch import Plan, validate_all
from scormpack.content.assessment import SelfAssessment
from scormpack.content.library import Library
from scormpack.content.recommendation import Recommendation
from scormpack.report import making, upkeep
from scormpack.report.advice import advice
from scormpack.report.summary import summary
from scormpack.report.values import Advice, GivenOut, Provided, Results
from scormpack.report.values import Report as Report
from scormpack.report.words import ANSWERS


def gather(
    work: Plan,
    named: Sequence[str] = (),
    assessment: SelfAssessment | None = None,
    versions: Sequence[GivenOut] = (),
    results: Results | None = None,
) -> Report:
    """Everything that can be said about what was planned.

    `named` are the modules that were asked for, if not all; `versions` what was given out, if that is on record;
    `results` what a platform says of learners.
    """
    day, settings = work.day, work.library.settings
    asked = dict.fromkeys(named or work.library.modules)
    unread = tuple(name for name in asked if name not in {module.id for module in work.modules})
    current = _current(work, whole=not named)
    rows = advice(current, work, assessment.answers if assessment else None)
    times = making.times(work)
    report = Report(
        library=settings.title,
        publisher=settings.publisher,
        date=day,
        named=bool(named),
        unread=unread,
        self_assessment=_provided(assessment, rows, work.library) if assessment else None,
        summary=(),
        recommendations=rows,
        topics=making.topics(work, bool(named)),
        reviews=upkeep.reviews(work, current, day),
        comments=upkeep.comments(work),
        contacts=upkeep.contacts(work.library, day),
        local_details=upkeep.local_details(work),
        waivers=upkeep.waivers(work, current, day),
        limits=upkeep.limits(settings),
        provenance=making.provenance(work, current),
        time=times,
        totals=making.totals(times),
        problems=upkeep.problems(work, tuple(validate_all(work)), unread),
        versions=tuple(versions),
        results=results,
    )
    return replace(report, summary=summary(report))


def _current(work: Plan, whole: bool) -> tuple[Recommendation, ...]:
    """The recommendations that are not retired; of a part of the library, those that its modules address."""
    addressed = {str(name) for module in work.modules for name in module.addresses}
    found = (each for each in work.library.recommendations.values() if each.status != "retired")
    return tuple(each for each in found if whole or str(each.id) in addressed)


def _provided(assessment: SelfAssessment, rows: Sequence[Advice], library: Library) -> Provided:
    provider = library.providers[assessment.provider]
    given = Counter(measure.answered.answer for row in rows for measure in row.measures if measure.answered)
    return Provided(
        provider=provider.id,
        name=provider.name,
        colour=provider.brand.colour,
        date=assessment.date,
        prepared_by=assessment.prepared_by,
        counts={answer: given[answer] for answer in ANSWERS},
    )
