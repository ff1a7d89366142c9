"""The columns of a table of providers: a field of the model, or a slot of the library, each with what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_origin

from scormpack.authoring import Document, documentation
from scormpack.content.library import Slot
from scormpack.content.provider import Provider
from scormpack.source.node import Node
from scormpack.starter.edit import KeyPath as KeyPath
from scormpack.vocabulary import SlotName

ID, NAME, WELCOME, COLOUR, LOGO = ("id",), ("name",), ("welcome",), ("brand", "colour"), ("brand", "logo")
LOCAL = "local"
_NUMBER = "One whole phone number, and nothing else."
_POLICY = "What it is called, and where it is found."
# What is written otherwise in a table than in a provider's own file.
_IN_A_TABLE: Mapping[KeyPath, str] = {
    COLOUR: "Six digits after #, without quotes.",
    LOGO: "The name of a picture that lies beside this table, or in providers/ already.",
}


@dataclass(frozen=True)
class Column:
    """A column: where its value stands in a provider's file, what it means, and an example.

    With `slot` it is a local detail of the library.
    """

    path: KeyPath
    meaning: str
    example: str = ""
    slot: Slot | None = None

    @property
    def name(self) -> str:
        """What stands at its head: `local.office_phone`."""
        return ".".join(self.path)


def value_at(data: Any, path: KeyPath) -> str:
    """The text at `path` of a provider's file, as a model takes it; empty where there is none."""
    for name in path:
        data = (data or {}).get(name)
    return str("" if data is None else data).strip()  # a course may be a number


def columns(slots: Mapping[SlotName, Slot]) -> tuple[Column, ...]:
    """A column for each single value that a provider's file can hold, in the order of the model and of `slots`."""
    return tuple(_of(Provider, (), slots))


def _of(model: type[Node], above: KeyPath, slots: Mapping[SlotName, Slot]) -> Iterator[Column]:
    documents = documentation(model)
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, Node):
            yield from _of(kind, (*above, name), slots)
        elif get_origin(kind) is dict:
            yield from (_of_slot((*above, name, slot), each) for slot, each in slots.items())
        elif get_origin(kind) is not tuple:  # a list has no place in one cell
            yield _of_field((*above, name), documents[name])


def _of_field(path: KeyPath, document: Document) -> Column:
    return Column(path, _IN_A_TABLE.get(path, document.description), next(map(str, document.examples), ""))


def _of_slot(path: KeyPath, slot: Slot) -> Column:
    if slot.kind == "phone":
        return Column(path, f"{slot.label}. {_NUMBER}", "01632 960 123", slot)
    if slot.policy:
        return Column(path, f"{slot.label}. {_POLICY}", "“At home”, policy 14", slot)
    return Column(path, f"{slot.label}. In a few words, as a worker reads them.", "", slot)
