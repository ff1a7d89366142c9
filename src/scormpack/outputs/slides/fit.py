"""How much text a box on a slide holds: an estimate on the safe side, as each machine has letters of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from scormpack.outputs.text import Run, in_words

Paragraph: TypeAlias = list[Run]

GAP: Final = "_" * 12  # a line to write on
_LINE: Final = 1.2  # the height of a line, in letters
_NARROW, _WIDE = frozenset("iIjlftr.,;:'!|()[]/- \N{NO-BREAK SPACE}’‘"), frozenset("mwMW@%&—…")
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Box:
    """A box of this width and height, with the sizes of letters from the best to the smallest; all in points."""

    width: float
    height: float
    sizes: tuple[int, ...]
    before: float = 12  # each paragraph
    bold: bool = False

    def holds(self, text: Sequence[Paragraph], size: int) -> bool:
        """Whether all of `text` is seen in letters of this size."""
        ems = self.width / size / (1.08 if self.bold else 1)
        return sum(_lines(each, ems) * size * _LINE + self.before for each in text) <= self.height

    def fitted(self, text: Sequence[Paragraph]) -> tuple[int, list[list[Paragraph]]]:
        """The largest size in which the box holds all of `text`; where none is, the smallest, and `text` in parts."""
        size = next((each for each in self.sizes if self.holds(text, each)), None)
        return (size, [list(text)]) if size else (self.sizes[-1], list(self._parts(text, self.sizes[-1])))

    def size(self, words: str) -> int:
        """The size for words that cannot be divided."""
        return self.fitted([[{"t": words}]])[0]

    def _parts(self, text: Sequence[Paragraph], size: int) -> Iterator[list[Paragraph]]:
        part: list[Paragraph] = []
        for piece in (piece for each in text for piece in self._pieces(each, size)):
            if part and not self.holds([*part, piece], size):
                yield part
                part = []
            part.append(piece)
        yield part

    def _pieces(self, paragraph: Paragraph, size: int) -> Iterator[Paragraph]:
        if self.holds([paragraph], size):
            yield paragraph
            return
        piece: Paragraph = []
        for word in in_words(paragraph):
            if piece and not self.holds([[*piece, word]], size):
                yield _joined(piece)
                piece = []
            piece.append(word)
        yield _joined(piece)


def _joined(words: Paragraph) -> Paragraph:
    """Words that have the same marks as one run again."""
    grouped = groupby(words, key=lambda run: {name: value for name, value in run.items() if name != "t"})
    return [{"t": "".join(run.get("t", "") for run in some), **marks} for marks, some in grouped]


def _lines(paragraph: Paragraph, ems: float) -> int:
    """How many lines a paragraph takes where a line is so many letters wide."""
    text = "".join("\n" if run.get("br") else GAP if run.get("gap") else run["t"] for run in paragraph)
    return sum(_wrapped(line, ems) for line in text.split("\n"))


def _wrapped(line: str, ems: float) -> int:
    count, at = 1, 0.0
    for word in _WORDS.findall(line):
        wide = _width(word.rstrip())
        if at and at + wide > ems:
            count, at = count + 1, 0.0
        count += int(wide // ems)
        at += wide % ems + _width(word[len(word.rstrip()) :])
    return count


def _width(text: str) -> float:
    return sum(map(_sign, text))


@lru_cache(maxsize=4096)
def _sign(sign: str) -> float:
    """The width of a sign in letters, as common fonts without serifs have it."""
    if unicodedata.combining(sign):
        return 0
    if ord(sign) >= 0x1F000 or unicodedata.east_asian_width(sign) in "WF":
        return 1.3
    if sign in _NARROW:
        return 0.34
    return 0.95 if sign in _WIDE else 0.72 if sign.isupper() else 0.57
