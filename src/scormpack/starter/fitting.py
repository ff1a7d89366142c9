"""What of a library a new module names: nothing that the library does not have."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from scormpack.check.content.expectation import gaps
from scormpack.check.content.subject import Manuscript
from scormpack.content.library import Library
from scormpack.content.module import Module
from scormpack.content.recommendation import Recommendation
from scormpack.vocabulary import SlotName


@dataclass(frozen=True)
class Names:
    """Slots with numbers to call, a contact that is always open, and a slot for someone to talk to afterwards."""

    numbers: tuple[str, ...]
    contacts: tuple[str, ...]
    support: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot that is named."""
        return tuple(dict.fromkeys((*self.numbers, *self.support)))


def names_of(library: Library) -> Names:
    """What a new module in `library` can name."""
    numbers = _phones(library)[:2]
    support = [name for name in library.settings.slots if "debrief" in name][:1] or numbers[:1]
    contacts = _always_open(library)[:1]
    if not (support and contacts):  # a pause takes both
        return Names(tuple(numbers), (), ())
    return Names(tuple(numbers), tuple(contacts), tuple(support))


def lacking(library: Library) -> list[str]:
    """What `library` lacks that a new module would have named, and what to add."""
    names = names_of(library)
    if not names.numbers:
        add = "Add one under `slots` of library.yaml: `office_phone: {label: The office, kind: phone}`."
        return [f"The library has no slot for a phone number, so there is no page “Who I call”. {add}"]
    if not names.contacts:
        add = "Add one to contacts.yaml, with `always_open: true`."
        return [f"The library has no contact that listens at any hour, so there is no page “Take a breath”. {add}"]
    return []


def _phones(library: Library) -> list[SlotName]:
    """Slots for a number, those of “Get help now” first."""
    slots = library.settings.slots
    return [name for name in dict.fromkeys((*library.settings.help_local, *slots)) if slots[name].kind == "phone"]


def _always_open(library: Library) -> list[str]:
    """Contacts for anyone at any hour, the last of `help` first: there stands who listens, after who comes."""
    found = dict.fromkeys((*reversed(library.settings.help), *library.contacts))
    return [name for name in found if library.contacts[name].always_open and not library.contacts[name].emergency]


def number_to_call(library: Library, slots: tuple[str, ...]) -> str:
    """Whom a card says to call: the first of `slots` that holds a number, by its label."""
    for name in _phones(library):
        if name in slots:
            return f"{library.settings.slots[name].label}: {{local:{name}}}"
    return "Say here who to call."


def recommendation_for(module: Module, library: Library, day: datetime.date) -> tuple[str, ...]:
    """The first recommendation that `module` meets as it is. None about content: that is for its author to say."""
    manuscript = Manuscript(module, library, day)
    for found in library.recommendations.values():
        if _is_for(found, module) and not any(gaps(found.expects, manuscript)):
            return (str(found.id),)
    return ()


def _is_for(found: Recommendation, module: Module) -> bool:
    return (
        found.status == "current"
        and found.theme != "content"
        and module.stage in found.stages
        and bool(set(module.audiences) & set(found.learners))
    )
