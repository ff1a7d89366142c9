"""How hard a text is to read: sentences, words, syllables, and what a school year makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import pyphen

from scormpack.content.library import Term

_HIDDEN = re.compile(r"\{[a-z]+:[A-Za-z0-9_-]+\}|\]\([^()\[\]\s]*\)|https?://\S+")
_RULE_OF_TABLE = re.compile(r"^(?=[ \t:|]*-)[ \t:|-]+$", re.MULTILINE)
# A sentence ends with a stop before a space, and so does a paragraph, an item of a list, a cell of a table.
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bNo)[.!?…]+[\"”’)*_]*(?=\s|$)"
    r"|:(?=\s*\n)|\n\s*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)]|#+|>)\s)|\|"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d:.,]*")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’(?![a-z])")
_ENOUGH = 30  # words
_FIRST_ALONE = re.compile(r"[aeiou][bcdfgklmnpqrstvwz][aeiouy]")


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds any of `patterns` as whole words, whatever their capitals."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# Several rules look at the same texts: what is found out about one is kept for the next rule.
_kept = lru_cache(maxsize=20_000)


@_kept
def without_references(text: str) -> str:
    """`text` of the same length, in which what is filled in and where links lead is one short word."""
    return _RULE_OF_TABLE.sub(lambda m: " " * len(m[0]), _HIDDEN.sub(lambda m: "x".ljust(len(m[0])), text))


@_kept
def without_quotes(text: str) -> str:
    """`text` of the same length without what somebody says in it."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


@_kept
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence, list item and table cell of `text` begins and ends."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    shown = without_references(text)
    begin = 0
    for match in _END.finditer(shown):
        if _WORD.search(shown, begin, match.end()):
            yield begin, match.end()
        begin = match.end()
    if _WORD.search(shown, begin):
        yield begin, len(text)


@_kept
def words(text: str) -> tuple[str, ...]:
    """The words of `text`, numbers among them; what is filled in counts as one."""
    return tuple(_WORD.findall(without_references(text)))


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of `text` that are running text: no list, no table, no heading."""
    for paragraph in re.split(r"\n\s*\n", text):
        if not re.match(r"\s*(?:[-*+>|#]|\d+[.)])", paragraph):
            yield paragraph


class Count(NamedTuple):
    """What the grade of a text is made from."""

    sentences: int
    words: int
    syllables: int


class Terms:
    """The terms of a glossary: where one stands in a sentence it counts as one easy word."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        self.counted: dict[str, Count] = {}
        for form in {form for term in terms for form in (term.term, *term.also)}:
            if split := [word.lower() for word in _WORD.findall(form)]:
                self.by_first.setdefault(split[0], []).append(split)

    def neutralised(self, sentence: Sequence[str]) -> list[str]:
        """The words of `sentence`, each term in it as one word."""
        lower = [word.lower() for word in sentence]
        made: list[str] = []
        at = 0
        while at < len(lower):
            length = self._longest(lower, at)
            made.append("term" if length else sentence[at])
            at += length or 1
        return made

    def count(self, text: str) -> Count:
        """The sentences, words and syllables of `text`."""
        if text not in self.counted:
            found = [self.neutralised(words(text[begin:end])) for begin, end in sentences(text)]
            spoken = [[word for word in sentence if word[0].isalpha()] for sentence in found]
            length = sum(map(len, spoken))
            sounds = sum(syllables(word) for sentence in spoken for word in sentence)
            self.counted[text] = Count(sum(map(bool, spoken)), length, sounds)
        return self.counted[text]

    def _longest(self, lower: list[str], at: int) -> int:
        first = lower[at]
        forms = self.by_first.get(first) or self.by_first.get(first.removesuffix("s")) or []
        fitting = [len(form) for form in forms if _same(lower[at : at + len(form)], form)]
        return max(fitting, default=0)


def _same(found: list[str], form: list[str]) -> bool:
    return found == form or [*found[:-1], found[-1].removesuffix("s")] == form


def grade(texts: Iterable[str], terms: Terms) -> float | None:
    """The Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.

    None for a text of fewer than 30 words, about which it says nothing.
    """
    counts = [terms.count(text) for text in texts]
    length = sum(count.words for count in counts)
    if length < _ENOUGH:
        return None
    begun, sounds = sum(count.sentences for count in counts), sum(count.syllables for count in counts)
    return 0.39 * length / begun + 11.8 * sounds / length - 15.59


@cache
def syllables(word: str) -> int:
    """The syllables of an English word, nearly: one more than the places where a printer may divide it.

    No printer leaves a first letter alone on a line, so that of *again* or *over* is added.
    """
    if len(word) <= 3:
        return 1
    divided = _printer().positions(word.lower())
    alone = _FIRST_ALONE.match(word.lower()) is not None and divided[:1] != [2]
    return len(divided) + 1 + alone


@cache
def _printer() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
