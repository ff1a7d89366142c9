"""Findings for people: the line that they are about, why it matters, and how to fix it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

import click

from scormpack.diagnostics import Diagnostic
from scormpack.source.caret import excerpt
from scormpack.source.excerpt import Excerpt

COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
USUAL_WIDTH = 100


def lines(found: Iterable[Excerpt], reasons: Mapping[str, str]) -> Iterator[str]:
    """The lines for each finding. Its reason (from `reasons`, by code) or waiver is shown the first time only."""
    explained: set[str] = set()
    waived: dict[str, str] = {}
    for each in found:
        finding = each.finding
        colour = COLOURS[finding.severity.value]
        headline = f"{finding.place}: {_coloured(finding.severity.value, colour)} {finding.code}: {finding.message}"
        if finding.waived:
            yield from _waived(finding, headline, waived)
            continue
        yield headline
        yield from _source(each, colour)
        yield from _advice(finding, explained, reasons)


def _waived(finding: Diagnostic, headline: str, waived: dict[str, str]) -> Iterator[str]:
    """A waived finding. A note that is the same as the rule's last one is not repeated."""
    if waived.get(finding.code) == finding.waived:
        yield f"{headline} (waived, as above)"
    else:
        yield headline
        yield f"    {finding.waived}"
    waived[finding.code] = finding.waived


def _advice(finding: Diagnostic, explained: set[str], reasons: Mapping[str, str]) -> Iterator[str]:
    if finding.code not in explained and (why := reasons.get(finding.code)):
        yield f"    why: {why}"
    explained.add(finding.code)
    if finding.hint:
        yield f"    fix: {finding.hint}"


def _coloured(text: str, colour: str) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def _width() -> int:
    from shutil import get_terminal_size  # with all that reads and writes archives

    return get_terminal_size((USUAL_WIDTH, 24)).columns


def _source(each: Excerpt, colour: str) -> Iterator[str]:
    """The line with its number, and below it a mark under the words."""
    if not each.line.strip():
        return
    place = each.finding.place
    number = f"    {place.line} | "
    column = place.column if place.column <= len(each.line) else 0
    shown = excerpt(each.line, column, each.end, _width() - len(number))
    yield number + shown.line
    if column:
        mark = _coloured("^" * shown.length, colour)
        yield f"{' ' * (len(number) - 2)}| {' ' * shown.before}{mark}"
