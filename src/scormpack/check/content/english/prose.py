"""How hard a text is to read: sentences, words, syllables, and what a school year makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from scormpack.check.content.english.syllables import syllables
from scormpack.content.library import Term

_HIDDEN = re.compile(r"\{[a-z]+:[A-Za-z0-9_-]+\}|\]\([^()\[\]\s]*\)|https?://\S+")
_RULE_OF_TABLE = re.compile(r"^(?=[ \t:|]*-)[ \t:|-]+$", re.MULTILINE)
# A sentence ends with a stop before a space, and so does a paragraph, an item of a list, a cell of a table.
# Every way begins with one of a few signs, which `re` looks for quickly; only then it looks back.
_STOP = "[.!?…]"
_NO_STOP = "".join(rf"(?<!\b{short}{_STOP})" for short in (r"e\.g", r"i\.e", "Dr", "Mr", "Mrs", "Ms", "St", "No"))
_END = re.compile(
    rf"[.!?…:\n|](?:(?<={_STOP}){_NO_STOP}{_STOP}*[\"”’)*_]*(?=\s|$)"
    r"|(?<=:)(?=\s*\n)|(?<=\n)(?:\s*\n|(?=[ \t]*(?:[-*+]|\d+[.)]|#+|>)\s))|(?<=\|))"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d:.,]*")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’(?![a-z])")
_BEGINNING = re.compile("([a-z]{1,4})[a-z]*")
_ENOUGH = 30  # words


class Wording:
    """Any of some patterns as whole words, whatever the capitals of the text that they are looked for in.

    Patterns are written in small letters and held against the text in small letters: that is three times as fast as
    `re.IGNORECASE`. So a match tells where the words stand; `said` has them as they are written.

    In every match stands a word that begins with one of `only_with`, each four letters or a whole shorter word; of
    several lists, divided by semicolons, one of each. Most texts have none of them, and need not be searched.
    """

    def __init__(self, *patterns: str, only_with: str = "") -> None:
        self._patterns = patterns
        self._needed = [frozenset(words.split()) for words in only_with.split(";") if words]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The patterns in one, made when the first text has to be searched."""
        return re.compile(rf"\b(?:{'|'.join(self._patterns)})\b")

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth looking for a match in `text`, or in a part of it."""
        return not any(map(beginnings(text).isdisjoint, self._needed))

    def all(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in `text`."""
        return self.pattern.finditer(_small(text)) if self.may_stand_in(text) else iter(())

    def search(self, text: str, begin: int = 0) -> re.Match[str] | None:
        """The first match in `text` from `begin` on."""
        return self.pattern.search(_small(text), begin) if self.may_stand_in(text) else None

    def match(self, text: str, begin: int) -> re.Match[str] | None:
        """The match that stands at `begin`."""
        return self.pattern.match(_small(text), begin)


def _small(text: str) -> str:
    """`text` in small letters, of the same length: one capital has a small form of two signs."""
    return text.replace("İ", "I").lower()


def said(text: str, found: re.Match[str]) -> str:
    """What `found` stands for in `text`, with its capitals."""
    return text[found.start() : found.end()]


# Several rules look at the same texts: what is found out about one is kept for the next rule.
_kept = lru_cache(maxsize=20_000)


@_kept
def beginnings(text: str) -> frozenset[str]:
    """The first four letters of each word in `text`, in small letters."""
    return frozenset(_BEGINNING.findall(_small(text)))


@_kept
def without_references(text: str) -> str:
    """`text` of the same length, in which what is filled in and where links lead is one short word."""
    if "{" not in text and "](" not in text and "://" not in text and "-" not in text:
        return text
    return _RULE_OF_TABLE.sub(lambda m: " " * len(m[0]), _HIDDEN.sub(lambda m: "x".ljust(len(m[0])), text))


@_kept
def without_quotes(text: str) -> str:
    """`text` of the same length without what somebody says in it."""
    if "“" not in text and '"' not in text and "‘" not in text:
        return text
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


class Sentence(NamedTuple):
    """Where in its text a sentence, list item or table cell begins and ends, and its words, numbers among them."""

    begin: int
    end: int
    words: tuple[str, ...]


@_kept
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences, list items and table cells of `text`; what is filled in is one word."""
    shown = without_references(text)
    ends = [match.end() for match in _END.finditer(shown)]
    parts = zip([0, *ends], [*ends, len(text)], strict=True)
    found = (Sentence(begin, end, tuple(_WORD.findall(shown, begin, end))) for begin, end in parts)
    return tuple(sentence for sentence in found if sentence.words)


def words(text: str) -> list[str]:
    """The words of `text`, one sentence after the other."""
    return [word for sentence in sentences(text) for word in sentence.words]


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
        self.by_first: dict[str, list[list[str]]] = {}  # and by a first word with an s behind it
        self.counted: dict[str, Count] = {}
        for form in {form for term in terms for form in (term.term, *term.also)}:
            if split := [word.lower() for word in _WORD.findall(form)]:
                for first in (split[0], f"{split[0]}s"):
                    self.by_first.setdefault(first, []).append(split)

    def neutralised(self, sentence: Sequence[str]) -> list[str]:
        """The words of `sentence`, each term in it as one word."""
        lower = [word.lower() for word in sentence]
        if self.by_first.keys().isdisjoint(lower):
            return list(sentence)
        made: list[str] = []
        at = 0
        while at < len(lower):
            length = self._longest(lower, at) if lower[at] in self.by_first else 0
            made.append("term" if length else sentence[at])
            at += length or 1
        return made

    def count(self, text: str) -> Count:
        """The sentences, words and syllables of `text`."""
        if text not in self.counted:
            found = [self.neutralised(sentence.words) for sentence in sentences(text)]
            spoken = [[word for word in sentence if word[0].isalpha()] for sentence in found]
            length = sum(map(len, spoken))
            sounds = sum(map(syllables, chain.from_iterable(spoken)))
            self.counted[text] = Count(sum(map(bool, spoken)), length, sounds)
        return self.counted[text]

    def _longest(self, lower: list[str], at: int) -> int:
        fitting = [len(form) for form in self.by_first[lower[at]] if _same(lower[at : at + len(form)], form)]
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
