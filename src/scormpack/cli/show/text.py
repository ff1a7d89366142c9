"""Findings for people: the line that they are about, why it matters, and how to fix it."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import click

from scormpack.diagnostics import Diagnostic
from scormpack.source.excerpt import Excerpt

COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
USUAL_WIDTH = 100
_LOOKED_AT = 2_000  # signs before and behind the mark, however long the line
_LEAST_SHOWN = 40  # cells of a line, however narrow the terminal
_TAB = "    "
_MORE = "…"


def lines(found: Iterable[Excerpt], reasons: Mapping[str, str]) -> Iterator[str]:
    """The lines for each finding. Its reason (from `reasons`, by code) or waiver is shown the first time only."""
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
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
        yield from _source(each, width, colour)
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


def _source(each: Excerpt, width: int, colour: str) -> Iterator[str]:
    """The line with its number, and below it a mark under the words."""
    if not each.line.strip():
        return
    place = each.finding.place
    number = f"    {place.line} | "
    column = place.column if place.column <= len(each.line) else 0
    shown = excerpt(each.line, column, each.end, width - len(number))
    yield number + shown.line
    if column:
        mark = _coloured("^" * shown.length, colour)
        yield f"{' ' * (len(number) - 2)}| {' ' * shown.before}{mark}"


class Shown(NamedTuple):
    """A line as it is shown, how many cells of the terminal are before the mark, and how many the mark has."""

    line: str
    before: int
    length: int


def excerpt(line: str, column: int, end: int, width: int) -> Shown:
    """So much of `line` around `column` as fits into `width` cells, with a mark up to `end`."""
    skipped = max(column - _LOOKED_AT, 0)
    cells = [_cell(sign) for sign in line[skipped : column + _LOOKED_AT].rstrip()]
    column, end = column - skipped, max(end - skipped, 0)
    begin, stop = _window([size for _, size in cells], max(column - 1, 0), max(width, _LEAST_SHOWN))
    cut = _MORE if begin or skipped else ""
    text = cut + "".join(sign for sign, _ in cells[begin:stop]) + (_MORE if stop < len(cells) else "")
    before = len(cut) + sum(size for _, size in cells[begin : max(column - 1, 0)])
    marked = sum(size for _, size in cells[column - 1 : min(end - 1, stop)]) if column and end else 1
    return Shown(text, before, max(marked, 1))


def _cell(sign: str) -> tuple[str, int]:
    """A sign as it is shown, and how many cells of a terminal it takes."""
    if sign == "\t":
        return _TAB, len(_TAB)
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return sign, 0
    if kind in ("Cc", "Cs", "Zl", "Zp"):  # nothing that could steer a terminal
        return "\N{REPLACEMENT CHARACTER}", 1
    return sign, 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _window(sizes: list[int], at: int, width: int) -> tuple[int, int]:
    """From which sign to which a line is shown, so that the sign `at` is in it with something before it."""
    if sum(sizes) <= width:
        return 0, len(sizes)
    begin, room = at, width if sum(sizes[:at]) <= width // 2 else width // 3
    while begin > 0 and room >= sizes[begin - 1]:
        begin -= 1
        room -= sizes[begin]
    stop, room = begin, width - 2  # for the marks that there is more
    while stop < len(sizes) and room >= sizes[stop]:
        room -= sizes[stop]
        stop += 1
    while stop == len(sizes) and begin > 0 and room >= sizes[begin - 1]:  # the end of the line leaves room
        begin -= 1
        room -= sizes[begin]
    return begin, stop
