"""Follow every reference, fill every slot, choose every word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scormpack.blocks.block import Question
from scormpack.blocks.card import Card
from scormpack.blocks.notice import Notice
from scormpack.blocks.pause import Pause
from scormpack.blocks.recommendations import Recommendations
from scormpack.cache import NOTHING, Cache
from scormpack.content.codes import LNK_01
from scormpack.content.library import Contact, Library
from scormpack.content.links import check_links, registers
from scormpack.content.load import title_of
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.content.texts import check_texts
from scormpack.course.codes import LOC_01
from scormpack.course.media import media
from scormpack.course.model import Asset, Course, LocalDetail, Picture
from scormpack.course.phone import in_parts, not_turned_round
from scormpack.course.picture import LOGO, picture
from scormpack.course.words import Words, words_for
from scormpack.diagnostics import ContentError, Place, Problems
from scormpack.package import PKG_02
from scormpack.source.codes import FRM_01
from scormpack.source.files import is_there
from scormpack.vocabulary import (
    AssetPath,
    BlockId,
    CardId,
    Markdown,
    NoticeId,
    ObjectiveId,
    Reference,
    SlotName,
    references,
)

MEDIA = "media"
AFTER = "after_sensitive"  # the notice of a pause that has no words of its own


def resolve(module: Module, provider: Provider, library: Library) -> Course:
    """The course that `provider` gets. Raises ContentError (LNK-01, LOC-01, SRC-…) with every mistake."""
    return for_provider(look_up(module, library), provider)


class LookedUp(NamedTuple):
    """A module whose words all lead somewhere: what is the same for every provider."""

    module: Module
    library: Library
    words: Words
    assets: Mapping[str, Asset]
    recalled: Mapping[str, str]


def look_up(module: Module, library: Library, cache: Cache = NOTHING) -> LookedUp:
    """Follow every reference of `module`. Raises ContentError (LNK-01, LOC-01, SRC-…) with every mistake."""
    problems = Problems()
    objectives = [objective.id for objective in module.objectives]
    known = registers(library) | {
        ObjectiveId: ("`objectives` of module.yaml", objectives),
        BlockId: ("the pages of this module", module.named_blocks()),
        CardId: ("the cards on the pages of this module", [card.id for card in module.blocks(Card)]),
    }
    named = tuple(references(module))
    check_links(named, known, problems)
    check_texts([module], problems)
    _check_slots(module, named, library, problems)
    for block in module.blocks(Recommendations):
        if not block.show and not module.addresses:
            problems.add(FRM_01, "`show` is missing: the module addresses no recommendation", block.place())
    words = Words()
    with problems:
        words = words_for(module.language, library.locales, module.place("language"))
    assets = _assets(module, named, library, cache, problems)
    recalled = _recalled(module, library, problems)
    problems.stop()
    return LookedUp(module, library, words, assets, recalled)


def for_provider(found: LookedUp, provider: Provider) -> Course:
    """The course that `provider` gets. Raises ContentError about its logo."""
    library = found.library
    is_turned = found.words["direction"] == "rtl"
    return Course(
        module=found.module,
        provider=provider,
        settings=library.settings,
        words=found.words,
        contacts=_in_order(library.contacts) if is_turned else library.contacts,
        local={
            name: LocalDetail(name, slot.label, slot.kind, _value(provider.local.get(name), is_turned))
            for name, slot in library.settings.slots.items()
        },
        assets=found.assets,
        glossary=library.glossary,
        recommendations=library.recommendations,
        frameworks=library.frameworks,
        recalled=found.recalled,
        logo=_logo(provider, library),
    )


def _in_order(contacts: Mapping[str, Contact]) -> dict[str, Contact]:
    """The contacts, with numbers that are not turned round."""
    return {name: _with_numbers_in_order(contact) for name, contact in contacts.items()}


def _with_numbers_in_order(contact: Contact) -> Contact:
    if not contact.phone:
        return contact
    number = not_turned_round(contact.phone)
    return contact.model_copy(update={"phone": number, "in_text": contact.in_text.replace(contact.phone, number)})


def _value(written: str | None, is_turned: bool) -> str | None:
    """A local detail, with numbers that are not turned round where that is asked for."""
    if not written or not is_turned:
        return written or None
    return "".join(not_turned_round(part) if number else part for part, number in in_parts(written))


def _notices(module: Module, library: Library) -> Iterator[Markdown]:
    """The library's notices that stand on this module's pages."""
    names: list[NoticeId] = [block.notice for block in module.blocks(Notice)]
    names += [block.notice or NoticeId(AFTER) for block in module.blocks(Pause) if block.text is None]
    for name in names:
        if name in library.settings.notices:
            yield library.settings.notices[name]


def _recalled(module: Module, library: Library, problems: Problems) -> dict[str, str]:
    """The titles of the modules that questions recall; a name that is no module's is reported elsewhere (LNK-01)."""
    found: dict[str, str] = {}
    for question in module.blocks(Question):
        name = question.recalls
        if name and name in library.modules and name not in found:
            try:
                found[name] = title_of(library.modules[name])
            except ContentError:
                message = f"`{name}` has no title that can be read"
                problems.add(LNK_01, message, question.place("recalls"), "Mend its module.yaml.", name)
    return found


def _check_slots(module: Module, named: Iterable[Reference], library: Library, problems: Problems) -> None:
    """LOC-01: what is used is declared, and what is declared is used."""
    used: dict[str, Place] = {}
    for word, owner, field in named:
        if isinstance(word, SlotName) and field != "local_slots":
            used.setdefault(word, owner.place(field))
    for notice in _notices(module, library):
        for _, kind, name in notice.placeholders():
            if kind == "local":
                used.setdefault(name, module.place("local_slots"))
    for name, place in used.items():
        if name not in module.local_slots and name in library.settings.slots:
            hint = f"Add `{name}` to `local_slots` of module.yaml."
            problems.add(LOC_01, f"the slot `{name}` is used but not declared", place, hint, name)
    for name in module.local_slots:
        if name not in used:
            message = f"the slot `{name}` is declared but not used"
            problems.add(LOC_01, message, module.place("local_slots"), "Use it on a page, or remove it.", name)


def _assets(
    module: Module, named: Iterable[Reference], library: Library, cache: Cache, problems: Problems
) -> dict[str, Asset]:
    """Every media file that the module names: its own, or one of the library's that all modules share."""
    own, shared = library.folder / module.id / MEDIA, library.folder / MEDIA
    found: dict[str, Asset] = {}
    folded: dict[str, str] = {}
    seen: set[tuple[type[AssetPath], str]] = set()  # one file can be named as two kinds, and is not both
    for word, owner, field in named:
        if isinstance(word, AssetPath) and (type(word), word) not in seen:
            seen.add((type(word), word))
            place = owner.place(field)
            if folded.setdefault(word.casefold(), word) != word:
                message = f"`{word}` and `{folded[word.casefold()]}` differ only in capital letters"
                problems.add(PKG_02, message, place, "Some platforms cannot keep both: rename one.")
            with problems:
                folder = own if is_there(own / word) or not is_there(shared / word) else shared
                found[word] = media(word, folder / word, library.folder, place, cache).stamped()
    return found


def _logo(provider: Provider, library: Library) -> Picture | None:
    name = provider.brand.logo
    if name is None:
        return None
    file = library.folder / "providers" / name
    # Not in media/, where a module may have a `logo` of its own.
    return picture("logo", file, library.folder, provider.brand.place("logo"), widths=(LOGO,)).stamped()
