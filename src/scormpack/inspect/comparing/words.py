"""What a page of ours says, line by line, and which of it is the provider's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import chain, zip_longest
from typing import Final, NamedTuple

from lxml import etree

from scormpack.check.package.any import Page

_BEFORE = 40  # characters of what is the same, shown before what is not
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "img", "input", "small", "span", "strong", "sub", "sup", "svg"}
_SILENT = {"script", "style", "template", "svg"}
_OWN = {"slot", "slot-empty", "tel", "welcome"}  # of the provider, or numbers: see render/own.py
# What the player says beside an author's words, and what it says again for those without scripts.
_LEFT_OUT = {"kind", "change", "grip", "answer"} | _OWN
_SHORTEST, _MOST_DETAILS = 6, 100  # signs of a detail that is told from other words, and how many are looked for
_MOST_STEPS: Final = 10_000  # of a comparison that has to look at each line beside each other


@dataclass(frozen=True)
class PageWords:
    """A page, or another part of the course: its lines, each with the id of its block, "" for plain text.

    `is_page` is true for a page of the module, under which progress is kept. Where something of the provider's own
    was, "…" stands in a line; that is in `details`.
    """

    id: str
    title: str
    is_page: bool
    lines: tuple[tuple[str, str], ...]
    details: tuple[str, ...]


class Reworded(NamedTuple):
    """Other words: on which page, in which block, "" for plain text; and "" for what was not or is no more there."""

    page: str
    title: str
    block: str
    before: str
    after: str


@dataclass
class _Reader:
    """A walk through a page: the line that is being read, and what has been read."""

    block: str = ""
    line: list[str] = field(default_factory=list)
    lines: dict[tuple[str, str], None] = field(default_factory=dict)
    details: dict[str, None] = field(default_factory=dict)

    def end_line(self) -> None:
        if (text := _squeezed(self.line)).strip("… "):
            self.lines[self.block, text] = None
        self.line = []

    def leave_out(self, element: Page) -> None:
        """Something of the provider's own is kept for itself, and what the player says again is not kept at all."""
        if _is_own(element):
            self.details[_squeezed(element.itertext())] = None
            self.line.append("…")


def words_of(section: Page) -> PageWords:
    """What `section` says: a page, or what else has a heading."""
    reader = _read(section)
    heading = next(section.iter("h2"), None)
    return PageWords(
        id=section.get("id") or "",
        title=said(heading),
        is_page=is_page(section),
        lines=tuple(reader.lines),
        details=tuple(reader.details),
    )


def is_page(section: Page) -> bool:
    """Whether it is a page of the module, and not one that the player adds."""
    return section.get("class") == "page"


def without_details(pages: Sequence[PageWords], name: str) -> list[PageWords]:
    """The pages with "…" for what is the provider's own, wherever it stands: in a label it is words like others."""
    every = {name, *chain.from_iterable(page.details for page in pages)}
    details = sorted((each for each in every if len(each) >= _SHORTEST), key=len, reverse=True)
    if not details or len(details) > _MOST_DETAILS:
        return list(pages)
    known = re.compile("|".join(map(re.escape, details)))
    return [replace(page, lines=tuple((block, known.sub("…", line)) for block, line in page.lines)) for page in pages]


def _read(element: Page) -> _Reader:
    """All that `element` says."""
    reader = _Reader()
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if event == "start" and _is_left_out(each):
            reader.leave_out(each)
            walk.skip_subtree()
        elif event == "start":
            _begin(reader, each)
        else:
            _finish(reader, each, is_whole=each is element)
    reader.end_line()
    return reader


def _begin(reader: _Reader, element: Page) -> None:
    parent = element.getparent()
    if parent is not None and "screen" in _classes(parent):
        reader.end_line()
        reader.block = element.get("id") or ""
    if element.tag not in _INLINE:
        reader.end_line()
    reader.line += [element.text or "", element.get("alt") or ""]


def _finish(reader: _Reader, element: Page, is_whole: bool) -> None:
    if isinstance(element.tag, str) and element.tag not in _INLINE:
        reader.end_line()
        reader.block = "" if "screen" in _classes(element) else reader.block
    if not is_whole:
        reader.line.append(element.tail or "")


def _is_left_out(element: Page) -> bool:
    return element.tag in _SILENT or not _LEFT_OUT.isdisjoint(_classes(element))


def _is_own(element: Page) -> bool:
    return not _OWN.isdisjoint(_classes(element))


def _classes(element: Page) -> list[str]:
    return (element.get("class") or "").split()


def said(element: Page | None) -> str:
    """The words of an element as one line, with "…" for what is the provider's own."""
    return " ".join(line for _, line in _read(element).lines) if element is not None else ""


def close_up(before: str, after: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they part, so that a person is shown it."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(same - _BEFORE, 0)) + 1 if before and after else 0
    sign = "…" if start else ""
    return f"{sign}{before[start:]}", f"{sign}{after[start:]}"


def _squeezed(parts: Iterator[str] | list[str]) -> str:
    return " ".join("".join(parts).split())


def reworded(then: Sequence[PageWords], now: Sequence[PageWords]) -> Iterator[Reworded]:
    """Where pages that both have say something else, page by page and block by block."""
    before = {each.id: each for each in then}
    for page in now:
        if page.id in before:
            for block, old, new in _changed(before[page.id].lines, page.lines):
                yield Reworded(page.id, page.title, block, old, new)


def _changed(then: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    before, after = _by_block(then), _by_block(now)
    for block in dict.fromkeys([*before, *after]):
        old, new = before.get(block, []), after.get(block, [])
        if block and not (old and new):  # all of it is new, or gone: its first line says which one
            yield block, "".join(old[:1]), "".join(new[:1])
        elif old != new:
            yield from ((block, one, other) for one, other in _lines(old, new))


def _by_block(lines: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for block, line in lines:
        found[block].append(line)
    return found


def _lines(then: list[str], now: list[str]) -> Iterator[tuple[str, str]]:
    """What stands in the place of what. A line that has only moved is in both, and no change."""
    before, after = set(then), set(now)
    for old, new in _replaced(then, now):
        gone = [each for each in old if each not in after]
        yield from zip_longest(gone, (each for each in new if each not in before), fillvalue="")


def _replaced(then: list[str], now: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    if len(then) * len(now) > _MOST_STEPS:
        yield then, now
        return
    for kind, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind != "equal":
            yield then[a:b], now[c:d]


def other_details(then: Sequence[PageWords], now: Sequence[PageWords]) -> Iterator[tuple[str, str]]:
    """Numbers and other words of the provider's that only one of two courses has: before, and after."""
    old = dict.fromkeys(chain.from_iterable(each.details for each in then))
    new = dict.fromkeys(chain.from_iterable(each.details for each in now))
    gone, added = (each for each in old if each not in new), (each for each in new if each not in old)
    yield from zip_longest(gone, added, fillvalue="")
