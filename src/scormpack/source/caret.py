"""So much of a line as can be shown, with a mark under the words that a finding is about."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_LOOKED_AT = 2_000  # signs before and behind the mark, however long the line
_LEAST_SHOWN = 40  # cells of a line, however narrow the terminal
_TAB = "    "
_MORE = "…"


class Shown(NamedTuple):
    """A line as it is shown, how many cells of a terminal are before the mark, and how many the mark has."""

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
