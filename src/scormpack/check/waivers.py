"""Waivers themselves: of rules that nobody can waive, and those that are no longer needed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from scormpack.check.content import waivable
from scormpack.check.content.waiving import WVR_02, WVR_03, WVR_04, covers
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Diagnostic
from scormpack.source.node import nearest


def impossible(waivers: Iterable[Waiver]) -> Iterator[Diagnostic]:
    """WVR-02 for each waiver of a rule that always holds, or of none."""
    for waiver in waivers:
        if waiver.rule in waivable():
            continue
        from scormpack.check.catalogue import held_always  # here, because it gathers the codes of every room

        if waiver.rule in held_always():
            message, hint = f"{waiver.rule} cannot be waived", "Fix what it finds."
        else:
            message, hint = f"there is no rule `{waiver.rule}` to waive", nearest(waiver.rule, sorted(waivable()))
        yield WVR_02.finding(message, waiver.place("rule"), hint)


def spent(waivers: Iterable[Waiver], findings: Sequence[Diagnostic], today: datetime.date) -> Iterator[Diagnostic]:
    """WVR-03 for a waiver whose time is over, WVR-04 for one that covers nothing any more.

    Those of rules that cannot be waived have a finding of their own: see `impossible`.
    """
    for waiver in waivers:
        if waiver.rule not in waivable():
            continue
        if not any(covers(waiver, finding) for finding in findings):
            message = f"{waiver.rule} finds nothing here any more"
            yield WVR_04.finding(message, waiver.place(), WVR_04.remedy)
        elif waiver.until < today:
            message = f"the waiver of {waiver.rule} ended on {waiver.until}"
            yield WVR_03.finding(message, waiver.place("until"), WVR_03.remedy)
