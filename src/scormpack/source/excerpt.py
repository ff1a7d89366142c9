"""Where the words of a finding really stand, and the line around them.

A rule knows the field in which it found something, and the words. An author looks for the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from scormpack.diagnostics import Diagnostic, Place
from scormpack.source.files import LARGEST_TEXT, shown
from scormpack.source.patterns import pattern

# Between two words: any white space, and what a quoted YAML text writes for it at the end of a line.
_GAP = pattern(r"(?:\\?\s|\\n)+")
_IN_A_WORD = pattern(r"[\w-]")
_FENCE = pattern(r"`{3,}|~{3,}")
_COMPARED = 100  # words: enough to know a sentence by
_TRIED = 10_000  # places at which the first of them stands
_DASHES = pattern(r" *(?:- +)*")


class Excerpt(NamedTuple):
    """A finding at its exact place; the line that stands there, and the column behind its words on that line.

    `line` is empty and `end` is 0 where they are not known.
    """

    finding: Diagnostic
    line: str = ""
    end: int = 0


def excerpts(
    findings: Iterable[Diagnostic], root: Path, hidden: Callable[[Diagnostic], bool] = lambda _: False
) -> list[Excerpt]:
    """Each finding once with its exact place: the files in the order given, each from its first line to its last.

    `root` is the library's folder. From here on places hold the path that an author types. Findings that are
    `hidden` are not looked up, but keep the place of their file in the order.
    """
    sources = Sources(root)
    found: dict[Excerpt, None] = {}
    files: dict[str, int] = {}
    for finding in dict.fromkeys(findings):
        files.setdefault(sources.typed(finding.place).path, len(files))
        if not hidden(finding):
            found[sources.excerpt(finding)] = None
    return sorted(found, key=lambda each: (files[each.finding.place.path], each.finding.place))


def typed(place: Place, root: Path) -> Place:
    """`place` of the library `root` with a path from the current folder, as an author and an editor name it."""
    return place if place.outside else place._replace(path=shown(root / place.path), outside=True)


class Sources:
    """The files of the library `root` that findings are about, each of them read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._typed: dict[str, str] = {}
        self._read: dict[str, _Text | None] = {}

    def excerpt(self, finding: Diagnostic) -> Excerpt:
        """The finding at the place where its words stand, or as it is where they cannot be found."""
        place = self.typed(finding.place)
        finding = replace(finding, place=place)
        text = self._text(place.path) if place.line else None
        if text is None or place.line > len(text.lines):
            return Excerpt(replace(finding, nth=0))
        begin, end = text.find(finding.words, place, finding.nth)
        if end:
            place = text.place(begin, place)
        line = text.lines[place.line - 1]
        behind = min(end - text.begins[place.line - 1], len(line)) + 1 if end else 0
        return Excerpt(replace(finding, place=place, nth=0), line, behind)

    def typed(self, place: Place) -> Place:
        """`place` with a path from the current folder."""
        if place.outside:
            return place
        if place.path not in self._typed:
            self._typed[place.path] = typed(place, self._root).path
        return place._replace(path=self._typed[place.path], outside=True)

    def _text(self, path: str) -> _Text | None:
        if path not in self._read:
            self._read[path] = _read(Path(path))
        return self._read[path]


def _read(file: Path) -> _Text | None:
    """The text of a file, of what can be shown in it; None for a file inside a zip, a picture, a giant."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as opened:
            data = opened.read(LARGEST_TEXT + 1)
    except (OSError, ValueError):
        return None
    if len(data) > LARGEST_TEXT or b"\0" in data:
        return None
    text = data.decode("utf-8-sig", errors="replace")
    return _Text(text.replace("\r\n", "\n").replace("\r", "\n"), file.suffix == ".md")


class _Text:
    """A text, its lines and where each of them begins."""

    def __init__(self, text: str, is_page: bool) -> None:
        self.text = text
        self.is_page = is_page
        self.lines = text.split("\n")
        self.begins = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def place(self, offset: int, within: Place) -> Place:
        """The place of the sign at `offset`, in the file of `within`."""
        line = self.text.count("\n", 0, offset) + 1
        return within._replace(line=line, column=offset - self.begins[line - 1] + 1)

    def find(self, words: str, place: Place, nth: int) -> tuple[int, int]:
        """Where `words` begin and end that stand for the nth time in the value at `place`; (0, 0) if they do not."""
        begin = self.begins[place.line - 1] + max(place.column - 1, 0)
        end = self.begins[self._last_line(place)]
        for spelling in _spellings(words):
            all_of_them: list[tuple[int, int]] = []  # inside longer words too, for where whole ones are too few
            whole = 0
            for found in self._occurrences(spelling.split()[:_COMPARED], begin, end):
                if self._stands_alone(*found):
                    whole += 1
                    if whole > nth:
                        return found
                all_of_them.append(found)
            if all_of_them:
                return all_of_them[min(nth, len(all_of_them) - 1)]
        return 0, 0

    def _occurrences(self, words: list[str], begin: int, end: int) -> Iterator[tuple[int, int]]:
        behind = begin
        for _ in range(_TRIED if words else 0):
            at = self.text.find(words[0], behind, end)
            if at < 0:
                return
            found = self._match(words, at, end)
            if found:
                yield at, found
            behind = found or at + 1

    def _match(self, words: list[str], at: int, end: int) -> int:
        """The offset behind `words` if they stand at `at`, whatever white space is between them; else 0."""
        for number, word in enumerate(words):
            if number:
                gap = _GAP.match(self.text, at, end)
                if gap is None:
                    return 0
                at = gap.end()
            if not self.text.startswith(word, at, end):
                return 0
            at += len(word)
        return at

    def _stands_alone(self, begin: int, end: int) -> bool:
        """Whether no word goes on at either end: `MAR` is not in `MARCH`, and `test-a1` not in `test-a12`."""
        return not (
            (_IN_A_WORD.match(self.text, begin) and begin and _IN_A_WORD.match(self.text, begin - 1))
            or (_IN_A_WORD.match(self.text, end - 1) and _IN_A_WORD.match(self.text, end))
        )

    def _last_line(self, place: Place) -> int:
        """The last line of the value that begins at `place`, counted from 1: a fence or less indentation ends it."""
        if self.is_page and place.column <= 1:
            return self._last_where(place.line, lambda line: not _FENCE.match(line))
        here = self.lines[place.line - 1]
        first = len(here) - len(here.lstrip(" "))
        if place.column - 1 <= first:  # a list, or a group, on lines of its own
            dashes = here.startswith("- ", first)
            return self._last_where(place.line, lambda line: _belongs(line, first, dashes))
        dashed = _DASHES.match(here)
        key = dashed.end() if dashed else first
        inside = place.column - 1 <= key or here[key : key + 1] in "{["  # it begins directly behind a dash
        return self._last_where(place.line, lambda line: _belongs(line, (first if inside else key) + 1))

    def _last_where(self, number: int, goes_on: Callable[[str], bool]) -> int:
        while number < len(self.lines) and goes_on(self.lines[number]):
            number += 1
        return number


def _belongs(line: str, least: int, dashes: bool = False) -> bool:
    """Whether a line belongs to a value that is indented by `least`; an empty one and a comment do not end it."""
    said = line.lstrip(" ")
    indent = len(line) - len(said)
    if not said or said.startswith("#") or indent > least:
        return True
    return indent == least and (not dashes or said.startswith("-"))


def _spellings(words: str) -> Iterator[str]:
    """`words` as they may be written: as they are, between single quotes, between double quotes."""
    yield words
    if "'" in words:
        yield words.replace("'", "''")
    if '"' in words or "\\" in words:
        yield words.replace("\\", "\\\\").replace('"', '\\"')
