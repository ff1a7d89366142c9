"""Rules about recommendations: one person, one action, a reason and a way to see that it is done."""

from __future__ import annotations

import re

from scormpack.check.content.english.prose import sentences, words
from scormpack.check.content.provenance import record_gaps
from scormpack.check.content.subject import Advice
from scormpack.check.rule import Findings, Rule, rule, rule_for
from scormpack.content.codes import PRO_02, REC_01, REC_03, REC_06
from scormpack.diagnostics import Severity

RULES: list[Rule[Advice]] = []

_ACTOR = re.compile(
    r"\b(?:managers?|providers?|employers?|educators?|trainers?|facilitators?|authors?|commissioners?|councils?|"
    r"(?:homecare |care )?workers?|teams?|everyone|staff)\b",
    re.IGNORECASE,
)
_FIRM = {"review", "guidance", "regulation"}
_BINDING = {"guidance", "regulation"}


@rule_for(RULES, REC_01)
def statement_that_is_not_one_action(a: Advice) -> Findings:
    """Find a statement of several sentences, and a long one."""
    statement, place = a.recommendation.statement, a.recommendation.place("statement")
    count, length = len(sentences(statement)), len(words(statement))
    most = round(a.library.settings.limit("statement_words"))
    if count > 1:
        yield place, f"the statement has {count} sentences, not one"
    if length > most:
        yield place, f"the statement has {length} words, more than {most}"


@rule_for(RULES, REC_01, english=True)
def statement_without_an_actor(a: Advice) -> Findings:
    """Find a statement that does not begin with who should act."""
    if not _ACTOR.search(" ".join(words(a.recommendation.statement)[:8])):
        yield a.recommendation.place("statement"), "the statement does not begin with who should act"


@rule_for(RULES, REC_03)
def strong_evidence_that_is_not(a: Advice) -> Findings:
    """Find strong evidence of one source, or without a review, guidance or a regulation."""
    if a.recommendation.evidence_strength != "strong":
        return
    evidence = a.recommendation.evidence
    if len({each.ref for each in evidence}) < 2:
        yield a.recommendation.place("evidence_strength"), "`strong` needs two independent sources, and there is one"
    if not any(each.kind in _FIRM for each in evidence):
        message = "`strong` needs a review, guidance or a regulation, and there is none"
        yield a.recommendation.place("evidence_strength"), message


@rule(
    RULES,
    "REC-04",
    "Must without grounds",
    Severity.WARNING,
    "Cite the regulation or the guidance, write `safety_reason`, or say `should`.",
)
def must_without_a_ground(a: Advice) -> Findings:
    """*Must* costs small providers money. It has to rest on law, on guidance or on somebody's safety."""
    found = a.recommendation
    grounded = found.safety_reason or any(each.kind in _BINDING for each in found.evidence)
    if found.priority == "must" and not grounded:
        yield found.place("priority"), "`must` is backed by no regulation, guidance or safety reason"


@rule_for(RULES, REC_06)
def advice_that_is_out_of_date(a: Advice) -> Findings:
    """Find a review that was due before today."""
    if a.recommendation.review_due < a.today:
        yield a.recommendation.place("review_due"), f"the review was due on {a.recommendation.review_due}"


@rule_for(RULES, PRO_02)
def recommendation_co_produced_without_a_record(a: Advice) -> Findings:
    """Find what the record of a recommendation lacks."""
    yield from record_gaps(a.recommendation.provenance)
