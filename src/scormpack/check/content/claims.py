"""Rules about claims: a module says no more of itself than somebody has put on record."""

from __future__ import annotations

import re

from scormpack.check.content.english.prose import Wording, said
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity

RULES: list[Rule[Manuscript]] = []

_SEAL = Wording(
    *("accredited", "accreditation", "endorsed", "kite ?marked", "quality mark", "officially recogni[sz]ed"),
    *("certified (?:course|training|module|learning|by)", "cpd[- ]certified", "(?:is|are) certified"),
    "(?:approved|recogni[sz]ed) (?:course|training|module)",
    "approved by (?:the )?(?:nhs|cqc|royal|college|regulator)",
    only_with="accr endo kite qual offi cert appr reco",
)
_OF_A_DEATH = Wording("deaths?", "died", "dead", "cause", "cop(?:y|ies)")
_DENIED = Wording(
    "not", "nor", "never", "no", "nobody", "none", "neither", "cannot", r"\w+n[’']t", "without", "whether"
)
_STANDARD = r"(?:care certificate|standards? \d+|cqc|regulations?|legal requirements?|core skills)"
_MEETS = Wording(
    r"(?:meets?|meeting|satisf(?:y|ies)|fulfil(?:s|led)?|compl(?:y|ies) with|completes?|achieves?|covers?|awards?)"
    rf"(?: \w+){{0,6}} {_STANDARD}",
    rf"(?:counts? as|replaces?)(?: \w+){{0,3}} {_STANDARD}",
    "(?:make|makes|made|making) you (?:fully )?(?:competent|compliant|qualified)",
    "(?:shows?|proves?) (?:that )?you are competent",
    "you (?:are|will be|will then be|are then|are now) (?:fully )?(?:compliant|qualified|competent (?:in|to|at))",
    only_with="cert stan cqc regu lega skil comp qual",
)


@rule(
    RULES,
    "CLM-01",
    "Seal without a record",
    Severity.ERROR,
    "Remove it, or write `accreditation` with who, reference and until when.",
    english=True,
)
def seal_without_a_record(m: Manuscript) -> Findings:
    """A manager shows this to an inspector. A seal that nobody gave costs her the inspector's trust."""
    record = m.module.accreditation
    if record and record.until >= m.today:
        return
    for place, value in m.claims:
        for match in _SEAL.all(value):
            if not _is_denied(value, match) and not _OF_A_DEATH.search(_sentence(value, match)):
                why = f"the accreditation ended on {record.until}" if record else "no accreditation is recorded"
                found = said(value, match)
                yield Found(place, f"“{found}”, but {why}", words=found)


def _is_denied(text: str, claim: re.Match[str]) -> bool:
    """Whether the sentence takes the claim back before it is made."""
    return _DENIED.search(text[: claim.start()].rsplit(".", 1)[-1]) is not None


def _sentence(text: str, claim: re.Match[str]) -> str:
    """The sentence that the claim stands in."""
    return text[: claim.start()].rsplit(".", 1)[-1] + text[claim.start() :].split(".", 1)[0]


@rule(RULES, "CLM-02", "Claim to meet a standard", Severity.ERROR, "Say that it contributes to it.", english=True)
def claim_to_meet_a_standard(m: Manuscript) -> Findings:
    """A standard is met by what a worker does with people, seen by an assessor, never by a page.

    A framework that is being replaced is a warning: look for what replaces it.
    """
    for place, value in m.claims:
        for match in _MEETS.all(value):
            if not _is_denied(value, match):
                found = said(value, match)
                yield Found(place, f"“{found}” claims more than a module can do", words=found)
    for reference in m.module.contributes_to:
        framework = m.library.frameworks.get(reference.split("@")[0].split("#")[0])
        if framework and framework.status != "current":
            state = "is being replaced" if framework.status == "being_replaced" else "was withdrawn"
            hint = "Look for what replaces it, and change `contributes_to`."
            place = m.module.place("contributes_to")
            yield Found(place, f"{framework.title} {state}", Severity.WARNING, hint, words=str(reference))
