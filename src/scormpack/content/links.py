"""Every word that names something elsewhere, held against the registers of the library (LNK-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scormpack.content.codes import LNK_01
from scormpack.content.library import Library
from scormpack.content.provider import Provider
from scormpack.content.texts import check_texts
from scormpack.diagnostics import Problems
from scormpack.source.node import MOST, Node, nearest
from scormpack.source.signs import brief
from scormpack.source.word import Word
from scormpack.vocabulary import (
    ContactId,
    FrameworkRef,
    ModuleId,
    NoticeId,
    RecommendationId,
    Reference,
    SlotName,
    TermId,
    TopicId,
    references,
)

Registers = Mapping[type[Word], tuple[str, Iterable[str]]]


def registers(library: Library) -> dict[type[Word], tuple[str, Iterable[str]]]:
    """What each kind of word may name, with the file where it would be added."""
    frameworks = [f"{f.id}@{f.version}" if f.version else f.id for f in library.frameworks.values()]
    parts = [
        f"{f.id}@{f.version}#{item.id}" if f.version else f"{f.id}#{item.id}"
        for f in library.frameworks.values()
        for item in f.items
    ]
    current = [name for name, found in library.recommendations.items() if found.status != "retired"]
    return {
        ContactId: ("contacts.yaml", library.contacts),
        SlotName: ("`slots` of library.yaml", library.settings.slots),
        NoticeId: ("`notices` of library.yaml", library.settings.notices),
        TopicId: ("`topics` of library.yaml", [topic.id for topic in library.settings.topics]),
        RecommendationId: ("recommendations/", current),
        ModuleId: ("the library", library.modules),
        FrameworkRef: ("frameworks.yaml", frameworks + parts),
        TermId: ("glossary.yaml", library.glossary),
    }


def check_links(found: Iterable[Reference], known: Registers, problems: Problems) -> None:
    """Add a problem for each word that its register does not have.

    Raises ContentError where there are more than anyone would fix at once.
    """
    sets = {kind: frozenset(names) for kind, (_, names) in known.items()}
    for word, owner, field in found:
        if word not in sets.get(type(word), (word,)):
            where, names = known[type(word)]
            message = f"`{brief(word)}` is not in {where}"
            problems.add(LNK_01, message, owner.place(field), nearest(word, list(names)), word)
            if len(problems.found) >= MOST:
                problems.stop()


def check_library_links(library: Library) -> None:
    """ContentError for each dangling word in the library's own files and its recommendations."""
    problems = Problems()
    settings = library.settings
    known = {
        kind: found for kind, found in registers(library).items() if kind not in (NoticeId, TopicId)
    }  # library.yaml is where these two are defined
    check_links(references(settings), known, problems)
    others: list[Node] = [*library.recommendations.values(), *library.glossary.values()]
    check_links((found for node in others for found in references(node)), registers(library), problems)
    check_texts([settings, *others], problems)
    problems.stop()


def check_provider_links(provider: Provider, library: Library) -> None:
    """ContentError for each word of `provider` that leads nowhere in `library`."""
    problems = Problems()
    check_links(references(provider), registers(library), problems)
    check_texts([provider], problems)
    problems.stop()
