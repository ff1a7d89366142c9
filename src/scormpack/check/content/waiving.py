"""What an author answers for is shown as information, with name, reason and end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Diagnostic, Severity


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
