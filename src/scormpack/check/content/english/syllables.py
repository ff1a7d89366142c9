"""How many syllables an English word has, nearly.

A printer may divide a word between syllables, and patterns say where (F. M. Liang, Word
Hy-phen-a-tion by Com-put-er, 1983).
The patterns are those of Pyphen. They are evaluated here, because Pyphen takes all 11,000 of them apart before the
first word, which is longer than a whole module is read; here a pattern is taken apart when a word meets it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_DICTIONARY = "dictionaries/hyph_en_US.dic"
_DIGITS = b"0123456789"
_MARGIN = 2  # letters that stay before the first division, and behind the last
_FIRST_ALONE = re.compile(r"[aeiou][bcdfgklmnpqrstvwz][aeiouy]")


@cache
def syllables(word: str) -> int:
    """The syllables of `word`: one more than the places where a printer may divide it.

    No printer leaves a first letter alone on a line, so that of *again* or *over* is added.
    """
    if len(word) <= 3:
        return 1
    places = divisions(word.lower())
    alone = _FIRST_ALONE.match(word.lower()) is not None and places[:1] != [2]
    return len(places) + 1 + alone


def divisions(word: str) -> list[int]:
    """Behind how many letters each a printer may divide `word`, which is in small letters."""
    patterns, longest = _patterns()
    pointed = f".{word}."
    levels = [0] * (len(pointed) + 1)
    for begin in range(len(pointed) - 1):
        for end in range(begin + 1, min(begin + longest, len(pointed)) + 1):
            if pattern := patterns.get(pointed[begin:end]):
                for at, level in _levels(pattern):
                    levels[begin + at] = max(levels[begin + at], level)
    return [at - 1 for at, level in enumerate(levels) if level % 2 and _MARGIN <= at - 1 <= len(word) - _MARGIN]


@cache
def _patterns() -> tuple[dict[str, str], int]:
    """Each pattern by its letters, and the length of the longest: `.ach` is `.a2ch4`."""
    found = find_spec("pyphen")  # not imported: it looks at all its languages
    assert found is not None
    assert found.origin is not None
    _, _, data = (
        (Path(found.origin).parent / _DICTIONARY).read_bytes().partition(b"\n")
    )  # the first line names the encoding
    letters = data.translate(None, _DIGITS).decode("utf-8").split("\n")
    return dict(zip(letters, data.decode("utf-8").split("\n"), strict=True)), max(map(len, letters))


@cache
def _levels(pattern: str) -> tuple[tuple[int, int], ...]:
    """Before which letter of `pattern`, counted from 0, a division is how likely: odd levels allow it."""
    found, at = [], 0
    for sign in pattern:
        if sign.isdecimal():
            found.append((at, int(sign)))
        else:
            at += 1
    return tuple(found)
