"""Waivers: what an author answers for is told as information, with name, reason and end."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.source.node import nearest


def waived(findings: Iterable[Diagnostic], waivers: Sequence[Waiver], today: datetime.date) -> Iterator[Diagnostic]:
    """The findings, those that a waiver in force covers as information."""
    for finding in findings:
        waiver = next((each for each in waivers if _covers(each, finding) and today <= each.until), None)
        if waiver and finding.severity is not Severity.INFO:
            note = f"waived until {waiver.until} by {waiver.by}: {waiver.reason}"
            yield replace(finding, severity=Severity.INFO, waived=note)
        else:
            yield finding


def _covers(waiver: Waiver, finding: Diagnostic) -> bool:
    return waiver.rule == finding.code and finding.place.path.endswith(waiver.file)


def not_waivable(waivers: Iterable[Waiver], codes: Collection[str], always: Collection[str]) -> Iterator[Diagnostic]:
    """WVR-02 for each waiver of a rule that is not among `codes`, or is one of those that hold `always`."""
    for waiver in waivers:
        if waiver.rule in always:
            message, hint = f"{waiver.rule} cannot be waived", "Mend what it finds."
        elif waiver.rule not in codes:
            message, hint = f"there is no rule `{waiver.rule}` to waive", nearest(waiver.rule, sorted(codes))
        else:
            continue
        yield Diagnostic("WVR-02", Severity.ERROR, message, waiver.place("rule"), hint)


def spent(
    waivers: Iterable[Waiver], codes: Collection[str], findings: Sequence[Diagnostic], today: datetime.date
) -> Iterator[Diagnostic]:
    """WVR-03 for a waiver whose time is over, WVR-04 for one that covers nothing any more.

    Those of rules that are not among `codes` have a finding of their own: see `not_waivable`.
    """
    for waiver in waivers:
        if waiver.rule not in codes:
            continue
        if not any(_covers(waiver, finding) for finding in findings):
            message = f"{waiver.rule} finds nothing here any more"
            yield Diagnostic("WVR-04", Severity.WARNING, message, waiver.place(), "Remove the waiver.")
        elif waiver.until < today:
            message = f"the waiver of {waiver.rule} ended on {waiver.until}"
            hint = "Mend what the rule finds, or decide anew and write who decided."
            yield Diagnostic("WVR-03", Severity.WARNING, message, waiver.place("until"), hint)
