"""What an author answers for is shown as information, with name, reason and end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Code, Diagnostic, Severity

WVR_02: Final = Code(
    "WVR-02",
    "Waiver that is not possible",
    Severity.ERROR,
    "Some rules keep a worker, or the person she cares for, from harm: no reason is good enough.",
    "Fix what the rule finds. If you meant another rule, correct the code.",
)
WVR_03: Final = Code(
    "WVR-03",
    "Waiver that has expired",
    Severity.WARNING,
    "Somebody answered for this until a day that has passed. Nobody answers for it to a worker now.",
    "Fix what the rule finds, or decide again and write who decided.",
)
WVR_04: Final = Code(
    "WVR-04",
    "Waiver that covers nothing",
    Severity.WARNING,
    "An exception that is no longer needed would hide the next mistake from you, but not from a worker.",
    "Remove the waiver.",
)


def waived(findings: Iterable[Diagnostic], waivers: Sequence[Waiver], today: datetime.date) -> Iterator[Diagnostic]:
    """The findings, those that a waiver in force covers as information."""
    for finding in findings:
        waiver = next((each for each in waivers if covers(each, finding) and today <= each.until), None)
        if waiver and finding.severity is not Severity.INFO:
            note = f"waived until {waiver.until} by {waiver.by}: {waiver.reason}"
            yield replace(finding, severity=Severity.INFO, waived=note)
        else:
            yield finding


def covers(waiver: Waiver, finding: Diagnostic) -> bool:
    """Whether `waiver` is about this finding, whatever the day."""
    return waiver.rule == finding.code and finding.place.path.endswith(waiver.file)
