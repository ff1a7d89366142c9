"""Rules about claims: a module says no more of itself than somebody has put on record."""

from __future__ import annotations

from scormpack.check.prose import any_of
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.check.subject import Manuscript
from scormpack.diagnostics import Severity

RULES: list[Rule[Manuscript]] = []

_SEAL = any_of(r"(?:accredited|endorsed|certified|kitemarked|approved by)(?! (?:the )?(?:death|cop(?:y|ies)))")
_DENIED = any_of("not", "nor", "never", "no")
_MEETS = any_of(
    r"(?:meets?|meeting|satisf(?:y|ies)|fulfil(?:s|led)?|compl(?:y|ies) with|completes?|achieves?|covers?|awards?)"
    r"(?: \w+){0,4} (?:Care Certificate|standards? \d+|CQC|regulations?|legal requirements?|core skills)",
    "makes? you competent",
    "(?:shows?|proves?) (?:that )?you are competent",
)


@rule(RULES, "CLM-01", Severity.ERROR, "Remove it, or write `accreditation` with who, reference and until when.")
def seal_without_a_record(m: Manuscript) -> Findings:
    """A manager shows this to an inspector. A seal that nobody gave costs her the inspector's trust."""
    record = m.module.accreditation
    if record and record.until >= m.today:
        return
    for place, value in m.claims:
        for match in _SEAL.finditer(value):
            if not _DENIED.search(value[: match.start()].rsplit(".", 1)[-1]):
                why = f"the accreditation ended on {record.until}" if record else "no accreditation is on record"
                yield Found(place, f"“{match[0]}”, and {why}", words=match[0])


@rule(RULES, "CLM-02", Severity.ERROR, "Say that it contributes to it.")
def claim_to_meet_a_standard(m: Manuscript) -> Findings:
    """A standard is met by what a worker does with people, seen by an assessor, never by a page.

    A framework that is being replaced is a warning: look for what replaces it.
    """
    for place, value in m.claims:
        for match in _MEETS.finditer(value):
            if not _DENIED.search(value[: match.start()].rsplit(".", 1)[-1]):
                yield Found(place, f"“{match[0]}” claims more than a module can do", words=match[0])
    for reference in m.module.contributes_to:
        framework = m.library.frameworks.get(reference.split("@")[0].split("#")[0])
        if framework and framework.status != "current":
            state = "is being replaced" if framework.status == "being_replaced" else "was withdrawn"
            hint = "Look for what replaces it, and change `contributes_to`."
            place = m.module.place("contributes_to")
            yield Found(place, f"{framework.title} {state}", Severity.WARNING, hint, words=str(reference))
