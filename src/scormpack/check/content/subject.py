"""What rules about content look at: a module, a recommendation or everything, in its library and on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from scormpack.blocks import Block
from scormpack.check.content.english.prose import Terms
from scormpack.content.agreed import pieces
from scormpack.content.library import Library, Term
from scormpack.content.module import Module, Page
from scormpack.content.profile import Limit
from scormpack.content.recommendation import Recommendation
from scormpack.content.review import Comment
from scormpack.content.reviewed import Subject, subjects
from scormpack.diagnostics import Place
from scormpack.source.node import Leaf, Node
from scormpack.vocabulary import Markdown, is_english


class Text(NamedTuple):
    """A piece of running text: the page that it stands on, if any, its block, the node and the field that hold it."""

    page: Page | None
    block: Block | None
    owner: Node
    field: str
    value: Markdown

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.owner.place(self.field)


@lru_cache(maxsize=1)  # every module of a library has the same
def _terms(glossary: tuple[Term, ...]) -> Terms:
    return Terms(glossary)


@dataclass(frozen=True)
class Manuscript:
    """A module as written, the library that it belongs to, and the day on which it is read."""

    module: Module
    library: Library
    today: datetime.date

    def limit(self, name: Limit) -> float:
        """A limit, as the library has it."""
        return self.library.settings.limit(name)

    @property
    def is_english(self) -> bool:
        """Whether the module is in English: what knows English words can look at it."""
        return is_english(self.module.language)

    @property
    def safety_critical(self) -> bool:
        """Whether somebody may come to harm if the text is wrong."""
        return self.module.safety.emergency or self.module.safety.clinical_review_required

    @cached_property
    def terms(self) -> Terms:
        """The glossary, for measuring how hard a text is."""
        return _terms(tuple(self.library.glossary.values()))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All running text: of the module itself, its pages and its guide. A block on two pages comes once."""
        return tuple(self._texts())

    @cached_property
    def learner_texts(self) -> tuple[Text, ...]:
        """What a learner reads: the texts of the pages, and the key messages."""
        return tuple(text for text in self.texts if text.page is not None or text.field == "key_messages")

    @cached_property
    def claims(self) -> tuple[tuple[Place, str], ...]:
        """Everything that a learner or a leader reads, titles too: what a module may claim something in."""
        shown = [(piece.place, piece.text) for piece in pieces(self.module)]
        return (*shown, *((text.place, text.value) for text in self.texts if text.page is None))

    @cached_property
    def comments(self) -> tuple[tuple[Comment, Subject], ...]:
        """Each comment that is open, and what it is about now."""
        return tuple(subjects(self.module, self.module.review.open()))

    def _texts(self) -> Iterator[Text]:
        module = self.module
        own = [module, module.time_policy, module.safety, *module.safety.delegated]
        for owner in own:
            yield from _texts_of(None, None, owner.own_strings())
        seen: set[int] = set()
        for page in module.pages:
            for block in page.blocks:
                if id(block) not in seen:
                    seen.add(id(block))
                    yield from _texts_of(page, block, block.strings())
        if module.facilitator_guide:
            yield from _texts_of(None, None, module.facilitator_guide.strings())


def _texts_of(page: Page | None, block: Block | None, found: Iterable[Leaf]) -> Iterator[Text]:
    for owner, field, value in found:
        if isinstance(value, Markdown):
            yield Text(page, block, owner, field, value)


class Advice(NamedTuple):
    """A recommendation in its library, on a day."""

    recommendation: Recommendation
    library: Library
    today: datetime.date


@dataclass(frozen=True)
class Collection:
    """A library with those of its modules that were read, on a day."""

    library: Library
    modules: Mapping[str, Module]
    today: datetime.date

    @cached_property
    def complete(self) -> bool:
        """Whether all modules were read and name only what exists: otherwise nobody can say what is missing."""
        topics = {topic.id for topic in self.library.settings.topics}
        known = all(
            topics.issuperset(module.topics) and set(self.library.recommendations).issuperset(module.addresses)
            for module in self.modules.values()
        )
        return known and set(self.modules) == set(self.library.modules)
