"""Rules about recommendations: one person, one action, a reason and a way to see that it is done."""

from __future__ import annotations

import re

from scormpack.check.content.english.prose import sentences, words
from scormpack.check.content.provenance import record_gaps
from scormpack.check.content.subject import Advice
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity

RULES: list[Rule[Advice]] = []

_ACTOR = re.compile(
    r"\b(?:managers?|providers?|employers?|educators?|trainers?|facilitators?|authors?|commissioners?|councils?|"
    r"(?:homecare |care )?workers?|teams?|everyone|staff)\b",
    re.IGNORECASE,
)
_FIRM = {"review", "guidance", "regulation"}
_BINDING = {"guidance", "regulation"}


@rule(RULES, "REC-01", Severity.ERROR, "Write one sentence: who should do what.")
def statement_that_is_not_one_action(a: Advice) -> Findings:
    """A manager can act on one sentence that names her. What everybody should do, nobody does.

    `Managers should tell each worker personally when a client dies.`
    """
    statement, place = a.recommendation.statement, a.recommendation.place("statement")
    count, length = len(sentences(statement)), len(words(statement))
    most = round(a.library.settings.limit("statement_words"))
    if count > 1:
        yield place, f"the statement has {count} sentences, not one"
    if length > most:
        yield place, f"the statement has {length} words, more than {most}"
    if not _ACTOR.search(" ".join(words(statement)[:8])):
        yield Found(place, "the statement does not begin with who should act")


@rule(
    RULES,
    "REC-03",
    Severity.ERROR,
    "Add an independent review, guidance or regulation, or say `moderate`.",
)
def strong_evidence_that_is_not(a: Advice) -> Findings:
    """Who pays for training on the strength of this has to be able to trust the word *strong*.

    Strong takes two sources that do not rest on each other, one of them a review, guidance or a regulation.
    """
    if a.recommendation.evidence_strength != "strong":
        return
    evidence = a.recommendation.evidence
    if len({each.ref for each in evidence}) < 2:
        yield a.recommendation.place("evidence_strength"), "`strong` needs two independent sources, and there is one"
    if not any(each.kind in _FIRM for each in evidence):
        message = "`strong` needs a review, guidance or a regulation, and there is none"
        yield a.recommendation.place("evidence_strength"), message


@rule(
    RULES, "REC-04", Severity.WARNING, "Cite the regulation or the guidance, write `safety_reason`, or say `should`."
)
def must_without_a_ground(a: Advice) -> Findings:
    """*Must* costs small providers money. It stands on law, on guidance or on somebody's safety."""
    found = a.recommendation
    grounded = found.safety_reason or any(each.kind in _BINDING for each in found.evidence)
    if found.priority == "must" and not grounded:
        yield found.place("priority"), "`must` rests on no regulation, no guidance and no safety reason"


@rule(RULES, "REC-06", Severity.ERROR, "Review it and set `review_due`, or set `status: retired`.")
def advice_that_is_out_of_date(a: Advice) -> Findings:
    """Managers plan next year's training by this."""
    if a.recommendation.review_due < a.today:
        yield a.recommendation.place("review_due"), f"the review was due on {a.recommendation.review_due}"


@rule(RULES, "PRO-02", Severity.ERROR, "Record the workshops, or say `co_production_informed`.")
def recommendation_co_produced_without_a_record(a: Advice) -> Findings:
    """Partners gave their time for a share in what managers are asked to do. The word is theirs."""
    yield from record_gaps(a.recommendation.provenance)
