"""Rules about credit: who made a text, and whether they have seen what it has become."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from scormpack.check.content.english.prose import Wording, said
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.agreed import changes
from scormpack.content.codes import PRO_02
from scormpack.content.provenance import Provenance, Workshop
from scormpack.diagnostics import Severity
from scormpack.vocabulary import Principle

RULES: list[Rule[Manuscript]] = []

_CO_PRODUCED = Wording(
    *(r"co[- ]?produced", r"co[- ]?created", r"co[- ]?designed"),
    r"(?<!informed by )(?<!principles of )co[- ]?(?:production|creation|design)",
    only_with="prod crea desi copr cocr code",
)


@rule_for(RULES, PRO_02)
def co_production_without_a_record(m: Manuscript) -> Findings:
    """Find what the record of a module lacks."""
    yield from record_gaps(m.module.provenance)


def record_gaps(provenance: Provenance) -> Findings:
    """What the record of a text lacks that calls itself co-produced; and counts that do not add up, in any record."""
    for workshop in provenance.workshops:
        total = sum(each.count for each in workshop.partners)
        if workshop.attended is not None and workshop.attended != total:
            message = f"{workshop.attended} attended workshop {workshop.number}; the roles add up to {total}"
            yield workshop.place("attended"), message
    yield from _given_twice(provenance.workshops)
    if provenance.status != "co_produced":
        return
    if not provenance.workshops:
        yield provenance.place("status"), "`co_produced` without a recorded workshop"
    missing = set(get_args(Principle)) - {each.principle for each in provenance.principles}
    if missing:
        names = ", ".join(f"`{name}`" for name in get_args(Principle) if name in missing)
        yield provenance.place("status"), f"`co_produced`, but nothing is said about {names}"


def _given_twice(workshops: Iterable[Workshop]) -> Findings:
    seen: set[int] = set()
    for workshop in workshops:
        if workshop.number in seen:
            yield workshop.place("number"), f"workshop {workshop.number} is recorded twice"
        seen.add(workshop.number)


@rule(
    RULES,
    "PRO-03",
    "Credit that is not due",
    Severity.ERROR,
    "Say “informed by co-production”, or record the workshops and set the status.",
    english=True,
)
def credit_that_is_not_due(m: Manuscript) -> Findings:
    """“Co-produced” promises workers that people like them decided. Only the status `co_produced` may say so."""
    if m.module.provenance.status == "co_produced":
        return
    for place, value in m.claims:
        if found := _CO_PRODUCED.search(value):
            status = m.module.provenance.status
            words = said(value, found)
            yield Found(place, f"“{words}”, but the status is `{status}`", words=words)


@rule(
    RULES,
    "PRO-04",
    "Text that partners have not seen",
    Severity.WARNING,
    "Show it to them, then `scormpack agree MODULE --workshop N`.",
)
def text_that_partners_have_not_seen(m: Manuscript) -> Findings:
    """Their name is on it. Whatever has changed since they agreed is somebody else's text."""
    agreed = m.module.agreed
    if agreed is None:
        if m.module.provenance.status == "co_produced":
            yield m.module.provenance.place("status"), "nothing records which text partners agreed to"
        return
    for place, what in changes(m.module, agreed):
        yield place, f"partners have not seen this version: since workshop {agreed.workshop} {what}"


@rule(
    RULES,
    "PRO-05",
    "Partner who can be recognised",
    Severity.WARNING,
    "Combine small groups under a wider role.",
)
def partner_who_can_be_recognised(m: Manuscript) -> Findings:
    """One night nurse in a small town is a name. Partners were promised that they cannot be recognised."""
    least = round(m.limit("smallest_group"))
    for workshop in m.module.provenance.workshops:
        for group in workshop.partners:
            if group.count < least:
                there = "is" if group.count == 1 else "are"
                message = (
                    f"there {there} {group.count} in the role “{group.role}”; fewer than {least} may be recognised"
                )
                yield group.place("count"), message
