"""What comments are about: found again after its words were edited or moved, or known to have gone."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from scormpack.blocks import Block, Prose
from scormpack.content.agreed import read_of
from scormpack.content.markdown import LONGEST, words
from scormpack.content.module import Module, Page
from scormpack.content.review import LONGEST_QUOTE, Comment
from scormpack.diagnostics import Place
from scormpack.vocabulary import PLACEHOLDER

_ENOUGH = 0.6  # of the words of a quote: where so many stand, the text was edited, and did not go
MOST_PASSAGES = 5_000  # in which words are looked for; the longest module of the sample library has under 200
_SHORT = 12  # hex digits: enough to tell the comments on one module apart
_BETWEEN = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Passage:
    """What a comment can be about: a block, a paragraph between blocks, a page, or the module as a whole.

    `name` is the block's own id, else that of the page, else empty; with `sure` nothing else has it. `says` is what
    stands there, in plain words on one line.
    """

    page: Page | None
    name: str
    place: Place
    says: str
    sure: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in it, whatever their order."""
        return _words(self.says)

    @cached_property
    def quote(self) -> str:
        """The beginning of it, by which a comment remembers it."""
        if len(self.says) <= LONGEST_QUOTE:
            return self.says
        return self.says[: LONGEST_QUOTE + 1].rpartition(" ")[0] or self.says[:LONGEST_QUOTE]


class Subject(NamedTuple):
    """What a comment is about now, None where it has gone; and whether its words are still what they were."""

    passage: Passage | None
    same: bool


def passages(module: Module) -> Iterator[Passage]:
    """Everything in `module` that a comment can be about, in the order of the pages."""
    yield Passage(None, "", module.place(), module.title, sure=True)
    for page in module.pages:
        yield Passage(page, page.id, page.place(), page.title)
        for block in page.blocks:
            if isinstance(block, Prose):
                yield from _paragraphs(page, block)
            else:
                name = getattr(block, "id", "")
                yield Passage(page, name or page.id, block.place(), _says(block), sure=name != "")


def names(module: Module) -> Iterator[str]:
    """What a comment may name: each page, and each block that has an id."""
    for page in module.pages:
        yield page.id
    yield from module.named_blocks()


def _paragraphs(page: Page, block: Prose) -> Iterator[Passage]:
    first, end = block.place("text"), 0
    for part in _BETWEEN.split(block.text):
        begin = block.text.index(part, end)
        end = begin + len(part)
        place = first._replace(line=first.line + block.text.count("\n", 0, begin))
        yield Passage(page, page.id, place, _plain(part))


def _says(block: Block) -> str:
    """What a learner reads in `block`; where its words stand elsewhere, what it is."""
    texts = [leaf.value for leaf in read_of(block)] or [leaf.value.replace("_", " ") for leaf in block.strings()]
    return _plain("\n\n".join(texts))


def _plain(text: str) -> str:
    """`text` without marks, on one line; what each provider fills in is left out."""
    said = words(text) if len(text) <= LONGEST else text
    return " ".join(PLACEHOLDER.sub("…", said).split())


def subjects(module: Module, comments: Iterable[Comment]) -> Iterator[tuple[Comment, Subject]]:
    """Each comment with what it is about."""
    found: Sequence[Passage] = ()
    for comment in comments:
        found = found or tuple(islice(passages(module), MOST_PASSAGES))
        yield comment, _subject(comment, found)


def _subject(comment: Comment, found: Sequence[Passage]) -> Subject:
    """A block is known by its id. What has none is known by its words, first where they stood and then elsewhere."""
    quote, name = " ".join(comment.quote.split()), comment.block or ""
    here = [each for each in found if each.name == name]
    if here and not quote:
        return Subject(here[0], True)
    if here and here[0].sure:
        return Subject(here[0], quote in here[0].says)
    elsewhere = [each for each in found if each.name != name]
    for some in (here, elsewhere) if quote else ():
        if same := _saying(quote, some):
            return Subject(same, True)
    return Subject(_like(quote, [*here, *elsewhere]), False)


def _saying(quote: str, some: Sequence[Passage]) -> Passage | None:
    """The passage that `quote` was made of, else the first that has these words somewhere."""
    whole = next((each for each in some if each.quote == quote), None)
    return whole or next((each for each in some if quote in each.says), None)


def _like(quote: str, some: Sequence[Passage]) -> Passage | None:
    """What still has most of the words of `quote`; the first of those that have as many."""
    wanted = _words(quote)
    best = max(some, key=lambda each: len(wanted & each.words))
    return best if wanted and len(wanted & best.words) >= _ENOUGH * len(wanted) else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def by_id(comments: Iterable[Comment]) -> dict[str, Comment]:
    """Each comment under a name that stays what it is while others are added, or the comment is resolved."""
    found: dict[str, Comment] = {}
    met: Counter[str] = Counter()
    for comment in comments:
        said = comment.model_dump_json(exclude={"resolved_on"})
        name = hashlib.sha256(said.encode()).hexdigest()[:_SHORT]
        met[name] += 1
        found[f"{name}-{met[name]}" if met[name] > 1 else name] = comment
    return found
