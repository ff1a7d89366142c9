"""What a learner reads, piece by piece, and what of it changed since partners agreed to it."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from scormpack.content.agreement import Agreement
from scormpack.content.module import Module
from scormpack.diagnostics import Place
from scormpack.source.node import Node
from scormpack.source.reference import Markdown, items

_SHORT = 16  # hex digits: enough to tell the pieces of one module apart
_SHOWN = {"title", "summary", "caption", "alt", "text", "name"}  # of fields that are not Markdown


class Piece(NamedTuple):
    """One text that a learner reads: its name inside the module, where it is written, and what it says."""

    name: str
    place: Place
    text: str


def pieces(module: Module) -> Iterator[Piece]:
    """Everything that a learner reads of `module`, in the order of the pages; each piece has a name of its own."""
    met: Counter[str] = Counter()
    for name, owner, field, text in _learner_texts(module):
        met[name] += 1
        yield Piece(f"{name}#{met[name]}" if met[name] > 1 else name, owner.place(field), text)


def _learner_texts(module: Module) -> Iterator[tuple[str, Node, str, str]]:
    """The name of each text, the node and the field that hold it, and the text."""
    for owner in (module, module.time_policy, *module.objectives):
        for field, text in _texts_of(owner):
            yield field, owner, field, text
    for page in module.pages:
        yield f"{page.id}/title", page, "title", page.title
        for block in page.blocks:
            name = f"{page.id}/{getattr(block, 'id', block.type)}"
            for owner in block.nodes():
                for field, text in _texts_of(owner):
                    yield f"{name}/{field}", owner, field, text


def _texts_of(owner: Node) -> Iterator[tuple[str, str]]:
    for field, value in owner.fields():
        for item in items(value):
            if isinstance(item, Markdown) or (field in _SHOWN and type(item) is str and item):
                yield field, item


def agreement(module: Module, workshop: int, day: datetime.date) -> Agreement:
    """What partners agree to who agree to `module` as it is written now, in this workshop, on this day."""
    texts = {piece.name: _hash(piece.text)[:_SHORT] for piece in pieces(module)}
    whole = _hash("\n".join(f"{name} {value}" for name, value in texts.items()))
    return Agreement(workshop=workshop, date=day, version=module.version, hash=whole, texts=texts)


def changes(module: Module, agreed: Agreement) -> Iterator[tuple[Place, str]]:
    """Where the text is no longer the one that was agreed to, and what happened there."""
    now = {piece.name: piece for piece in pieces(module)}
    for name, piece in now.items():
        if name not in agreed.texts:
            yield piece.place, f"`{name}` is new"
        elif agreed.texts[name] != _hash(piece.text)[:_SHORT]:
            yield piece.place, f"`{name}` has changed"
    for name in agreed.texts:
        if name not in now:
            yield module.place("pages"), f"`{name}` was removed"


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
