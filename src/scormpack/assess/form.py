"""The table of a self-assessment: a row for each question, a column for each thing that can be said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scormpack.content.assessment import WORDS, Answer, SelfAssessment, measures
from scormpack.content.library import Library
from scormpack.content.recommendation import Measure, Recommendation
from scormpack.tables.cells import Kind
from scormpack.tables.lines import NOTE

KIND: Final = Kind("Self-assessment", "question", "assess export", typed=True, rows=5_000, columns=50)
HEAD: Final = 2  # rows: names, meanings
ID, ANSWER = "id", "answer"
# What is said once, of the whole: the field, and the question that asks for it.
ABOUT: Final[Mapping[str, str]] = {
    "provider": "Which provider is this about? Leave this as it is.",
    "date": "On which day was this filled in? Such as 2026-11-30.",
    "prepared_by": "Who has filled this in? A name and a role, or the role alone.",
}


@dataclass(frozen=True)
class Column:
    """A column. With `field` it is one of an answer, and what stands there is taken in; without, it is to be read."""

    name: str
    meaning: str
    field: str = ""
    width: int = 16  # digits
    is_day: bool = False


COLUMNS: Final = (
    Column(ID, f"{NOTE} The name of the question. Leave it as it is.", "measure", 18),
    Column("recommendation", "What is recommended.", width=32),
    Column("question", "Answer each of these.", width=32),
    Column("look in", "Where the answer can be seen.", width=12),
    Column(ANSWER, f"{', '.join(word for word, _ in WORDS.values())}. Empty: not answered yet.", "answer", 12),
    Column(
        "evidence",
        "Where somebody can see it, such as a policy, a record or a date. “Met” and “Partly” need it. "
        "No names of clients.",
        "evidence",
        30,
    ),
    Column("who", "Who looks after it, best by role.", "owner", 14),
    Column("when", "When it was last looked at, such as 2026-11-30.", "date", 12, is_day=True),
    Column("look again", "When it is to be looked at again, such as 2027-05-31.", "review", 12, is_day=True),
    Column("note", "What else a reader should know. No names of clients.", "note", 26),
)


def as_table(library: Library, assessment: SelfAssessment) -> list[list[str]]:
    """The rows of the table: names, meanings, what is said of the whole, and a row for each measure.

    What `assessment` has answered is filled in. Days are written as 2026-11-30.
    """
    given = {str(each.measure): each for each in assessment.answers}
    rows = [[each.name for each in COLUMNS], [each.meaning for each in COLUMNS]]
    rows += [_about(field, assessment) for field in ABOUT]
    rows += [_row(*each, given.get(each[1].id)) for each in measures(library)]
    return rows


def answered_from(rows: Sequence[Sequence[str]]) -> int:
    """The number of the first row with a question of a measure; rows are counted from 1."""
    return min(HEAD + len(ABOUT) + 1, len(rows) + 1)


def _about(field: str, assessment: SelfAssessment) -> list[str]:
    said = {ID: field, "question": ABOUT[field], ANSWER: str(getattr(assessment, field) or "")}
    return [said.get(each.name, "") for each in COLUMNS]


def _row(recommendation: Recommendation, measure: Measure, answer: Answer | None) -> list[str]:
    said = {
        ID: measure.id,
        "recommendation": f"{recommendation.id}: {recommendation.statement}",
        "question": measure.text,
        "look in": measure.evidence_kind.replace("_", " "),
        **dict(_answer(answer)),
    }
    return [" ".join(said.get(each.name, "").split()) for each in COLUMNS]


def _answer(answer: Answer | None) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        if answer is not None and column.field and column.name != ID:
            value = getattr(answer, column.field)
            yield column.name, WORDS[value][0] if column.name == ANSWER and value else str(value or "")
