"""What a provider says of itself: for each measure of the recommendations an answer, with what shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, WithJsonSchema

from scormpack.content.codes import ASS_01, LNK_01, MOD_01
from scormpack.content.library import Library
from scormpack.content.recommendation import Measure, Recommendation
from scormpack.diagnostics import Problems
from scormpack.source.codes import FRM_06
from scormpack.source.node import Node, nearest, read_model
from scormpack.source.word import Slug


def _or_nothing(value: object) -> object:
    return "" if value is None else value


# The words of an answer, as people read them, and what each of them means.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "met": ("Met", "It is done, and the evidence shows it."),
    "partly": ("Partly", "Some of it is done, and the evidence shows that."),
    "not_yet": ("Not yet", "It is not done yet, or nothing shows that it is."),
    "not_applicable": ("Does not apply", "It has nothing to do with this service. Say why in the note."),
}
FIELDS: Final = ("answer", "evidence", "owner", "date", "review", "note")  # of an answer, in their order

# May be left blank: `owner:`
Line = Annotated[str, BeforeValidator(_or_nothing), WithJsonSchema({"type": ["string", "number", "null"]})]


class Answer(Node):
    """A provider's answer to one measure. Without `answer` it has not answered yet."""

    measure: Slug
    """The id of a measure of a recommendation."""
    answer: Literal["met", "partly", "not_yet", "not_applicable"] | None = None
    """`met` and `partly` need `evidence`. Left blank, the question counts as not answered yet."""
    evidence: Line = ""
    """Where somebody can see it, such as a policy, a record or a date. No names of clients."""
    owner: Line = ""
    """Who looks after it, best by role."""
    date: datetime.date | None = None
    """When it was last looked at."""
    review: datetime.date | None = None
    """When it is to be looked at again."""
    note: Line = ""
    """What else a reader should know. No names of clients."""


class SelfAssessment(Node):
    """The file in which a provider keeps its answers, and who wrote it on which day."""

    provider: Slug
    """The id of the provider."""
    date: datetime.date
    """The day of this self-assessment."""
    prepared_by: Line
    """Who has written it. Left blank until something is answered."""
    answers: tuple[Answer, ...] = ()
    """An answer for each measure of the recommendations."""


def measures(library: Library) -> Iterator[tuple[Recommendation, Measure]]:
    """Every measure of the library, with the recommendation that it belongs to, the retired ones left out."""
    for recommendation in library.recommendations.values():
        if recommendation.status != "retired":
            for measure in recommendation.measures:
                yield recommendation, measure


def load_assessment(file: Path, library: Library) -> SelfAssessment:
    """The self-assessment in `file`. ContentError with every mistake (LNK-01, MOD-01, ASS-01, …)."""
    found = read_model(SelfAssessment, file, file.parent)
    problems = Problems()
    check_assessment(found, library, problems)
    problems.stop()
    return found


def check_assessment(found: SelfAssessment, library: Library, problems: Problems) -> None:
    """Add a problem for each name that leads nowhere, and each answer that lacks something (LNK-01, MOD-01, …)."""
    if found.provider in library.unread:
        message = f"the file of `{found.provider}` in providers/ has mistakes"
        problems.add(LNK_01, message, found.place("provider"), "`scormpack validate` shows them.")
    elif found.provider not in library.providers:
        hint = nearest(found.provider, list(library.providers))
        problems.add(LNK_01, f"`{found.provider}` is not in providers/", found.place("provider"), hint)
    _check_measures(found, library, problems)
    _check_answered_once(found, problems)
    if not found.prepared_by and any(each.answer for each in found.answers):
        problems.add(
            FRM_06, "`prepared_by`: is empty", found.place("prepared_by"), "Say who has answered, best by role."
        )
    for each in found.answers:
        _check_evidence(each, problems)


def _check_measures(found: SelfAssessment, library: Library, problems: Problems) -> None:
    """LNK-01 for a measure that is none; MOD-01 for one of two recommendations, which nobody can tell apart."""
    owners: dict[str, list[str]] = {}
    for recommendation, measure in measures(library):
        owners.setdefault(measure.id, []).append(f"`{recommendation.id}`")
    for each in found.answers:
        place, count = each.place("measure"), len(owners.get(each.measure, ()))
        if not count:
            message = f"`{each.measure}` is no measure of a recommendation"
            problems.add(LNK_01, message, place, nearest(each.measure, list(owners)))
        elif count > 1:
            message = f"`{each.measure}` is a measure of {' and of '.join(owners[each.measure])}"
            problems.add(MOD_01, message, place, "Give each measure an id of its own.")


def _check_answered_once(found: SelfAssessment, problems: Problems) -> None:
    first: dict[str, Answer] = {}
    for each in found.answers:
        if each.measure in first:
            message = f"`{each.measure}` is answered twice; first at {first[each.measure].place('measure')}"
            problems.add(MOD_01, message, each.place("measure"), "Keep one of the answers.")
        first.setdefault(each.measure, each)


def _check_evidence(answer: Answer, problems: Problems) -> None:
    if answer.answer in ("met", "partly") and not answer.evidence:
        message = f"`{answer.measure}` is answered `{answer.answer}`, and nothing is named that shows it"
        hint = "Say under `evidence` where somebody can see it, such as a policy or a record; or answer `not_yet`."
        problems.add(ASS_01, message, answer.place("answer"), hint)


def blank(library: Library, provider: str, day: datetime.date) -> str:
    """A self-assessment to fill in: every measure with its question, and no answer."""
    lines = [
        f"# What {_one_line(library.providers[provider].name)} says of itself. To fill in, and to keep up to date.",
        "# answer:   met, partly, not_yet or not_applicable. Left blank, the question counts as not answered yet.",
        "# evidence: where somebody can see it, such as a policy, a record or a date. `met` and `partly` need it.",
        "# owner:    who looks after it, by role.",
        "# date:     when that was last looked at, such as 2026-11-30; review: when it will be looked at again.",
        "# Write no names of clients and nothing by which one could be known: this goes into a report.",
        "# Put quotes around text that holds `: ` or ` #`.",
        f"provider: {provider}",
        f"date: {day}",
        "prepared_by:",
        "answers:" if any(measures(library)) else "answers: []",
    ]
    last = ""
    for recommendation, measure in measures(library):
        if recommendation.id != last:
            last = recommendation.id
            lines += ["", f"  # {last}: {_one_line(recommendation.statement)}"]
        lines += unanswered(measure)
    return "\n".join(lines) + "\n"


def unanswered(measure: Measure) -> list[str]:
    """The lines of a self-assessment for a measure that nobody has answered, with its question above."""
    question = f"  # {_one_line(measure.text)} Look in: {measure.evidence_kind.replace('_', ' ')}."
    return [question, f"  - measure: {measure.id}", *(f"    {field}:" for field in FIELDS)]


def _one_line(text: str) -> str:
    return " ".join(text.split())
