"""What a learner reads, piece by piece, and what of it changed since partners agreed to it."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from scormpack.blocks import Block, Question
from scormpack.content.agreement import Agreement
from scormpack.content.module import Module
from scormpack.diagnostics import Place
from scormpack.source.node import Leaf, Node
from scormpack.vocabulary import Markdown

_SHORT = 16  # hex digits: enough to tell the pieces of one module apart
# Of fields that are not Markdown, those that a learner meets in words.
_SHOWN = {"title", "summary", "caption", "alt", "text", "name", "who", "rating", "role", "origin", "rows", "columns"}

Value = TypeVar("Value")


class Piece(NamedTuple):
    """One text that a learner reads: its name inside the module, where it is written, and what it says."""

    name: str
    place: Place
    text: str


class Changed(NamedTuple):
    """Something that is no longer as partners agreed to it: where it stands, and what happened there."""

    place: Place
    what: str


def pieces(module: Module) -> Iterator[Piece]:
    """Everything that a learner reads of `module`, in the order of the pages.

    A name has two parts: where the text belongs, and after `#` its number among the texts that belong there.
    """
    met: Counter[str] = Counter()
    for name, owner, field, text in _learner_texts(module):
        met[name] += 1
        yield Piece(f"{name}#{met[name]}" if met[name] > 1 else name, owner.place(field), text)


def _learner_texts(module: Module) -> Iterator[tuple[str, Node, str, str]]:
    """The name of each text, the node and the field that hold it, and the text."""
    for owner in (module, module.time_policy, *module.objectives):
        for leaf in owner.own_strings():
            if _is_read(leaf):
                yield leaf.field, *leaf
    for page in module.pages:
        yield f"{page.id}/title", page, "title", page.title
        for block in page.blocks:
            name = f"{page.id}/{getattr(block, 'id', block.type)}"
            for leaf in read_of(block):
                yield f"{name}/{leaf.field}", *leaf
            if isinstance(block, Question):
                yield f"{name}/right-answer", block, "", block.correct_answer()


def read_of(block: Block) -> Iterator[Leaf]:
    """Every text in `block` that a learner reads there, in the order written."""
    return filter(_is_read, block.strings())


def _is_read(leaf: Leaf) -> bool:
    return isinstance(leaf.value, Markdown) or (leaf.field in _SHOWN and type(leaf.value) is str and leaf.value != "")


def agreement(module: Module, workshop: int, day: datetime.date) -> Agreement:
    """What partners agree to who agree to `module` as it is written now, in this workshop, on this day."""
    texts = {piece.name: _hash(piece.text)[:_SHORT] for piece in pieces(module)}
    whole = _hash("\n".join(f"{name} {value}" for name, value in texts.items()))
    return Agreement(workshop=workshop, date=day, version=module.version, hash=whole, texts=texts)


def changes(module: Module, agreed: Agreement) -> Iterator[Changed]:
    """Where the text is no longer the one that was agreed to, and what happened there.

    Texts that belong in the same place are told apart by what they say, not by their number: a paragraph that is
    put in front of others is new, and the others are what they were.
    """
    now, then = _by_place((each.name, each) for each in pieces(module)), _by_place(agreed.texts.items())
    for name, found in now.items():
        hashes = [_hash(each.text)[:_SHORT] for each in found]
        yield from _changed_in(name, found, _steps(then.get(name, []), hashes), _gone_to(module, name))
    for name, lost in then.items():
        if name not in now:
            for _ in lost:
                yield Changed(_gone_to(module, name), f"`{name}` was removed")
    yield from _reordered(module, list(now), list(then))


def _by_place(named: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for name, value in named:
        found.setdefault(name.partition("#")[0], []).append(value)
    return found


def _gone_to(module: Module, name: str) -> Place:
    """Where somebody looks for a text that is there no more: on its page, else in the list of pages."""
    page = next((page for page in module.pages if page.id == name.partition("/")[0]), None)
    return page.place() if page else module.place("pages")


class _Step(NamedTuple):
    """One step from what was to what is: the number of the text then and now; None where there is none."""

    then: int | None
    now: int | None


def _changed_in(
    name: str, found: Sequence[Piece], steps: Sequence[tuple[_Step, str]], gone: Place
) -> Iterator[Changed]:
    """What `steps` mean. A text that is taken away here and put in there has moved."""
    lost = Counter(text for step, text in steps if step.now is None)
    for step, text in steps:
        if step.now is not None:
            piece = found[step.now]
            if step.then is not None:
                yield Changed(piece.place, f"`{piece.name}` has changed")
            elif lost[text]:
                lost[text] -= 1
                yield Changed(piece.place, f"`{piece.name}` has moved")
            else:
                yield Changed(piece.place, f"`{piece.name}` is new")
    for _ in range(lost.total()):
        yield Changed(gone, f"`{name}` was removed")


def _steps(then: Sequence[str], now: Sequence[str]) -> list[tuple[_Step, str]]:
    """The fewest changes, removals and additions that lead from `then` to `now`, each with its text."""
    costs = _costs(then, now)
    found = []
    row, column = len(then), len(now)
    while row or column:
        here = costs[row][column]
        if row and column and here == costs[row - 1][column - 1] + (then[row - 1] != now[column - 1]):
            row, column = row - 1, column - 1
            if then[row] != now[column]:
                found.append((_Step(row, column), now[column]))
        elif row and here == costs[row - 1][column] + 1:
            row -= 1
            found.append((_Step(row, None), then[row]))
        else:
            column -= 1
            found.append((_Step(None, column), now[column]))
    return found[::-1]


def _costs(then: Sequence[str], now: Sequence[str]) -> list[list[int]]:
    """How many steps lead from the first so many texts of `then` to the first so many of `now` (Levenshtein)."""
    costs = [list(range(len(now) + 1))]
    for row, old in enumerate(then, 1):
        costs.append([row])
        for column, new in enumerate(now, 1):
            same = costs[row - 1][column - 1] + (old != new)
            costs[row].append(min(same, costs[row - 1][column] + 1, costs[row][column - 1] + 1))
    return costs


def _reordered(module: Module, now: Sequence[str], then: Sequence[str]) -> Iterator[Changed]:
    """Pages that come in another order, and pages whose parts do: what comes first is part of what is said."""
    pages = {page.id: page.place() for page in module.pages}
    before = [name.split("/")[:2] for name in then if "/" in name]
    after = [name.split("/")[:2] for name in now if "/" in name]
    if _another_order((page for page, _ in after), (page for page, _ in before)):
        yield Changed(module.place("pages"), "the pages come in another order")
    for page, place in pages.items():
        if _another_order((part for on, part in after if on == page), (part for on, part in before if on == page)):
            yield Changed(place, f"the parts of `{page}` come in another order")


def _another_order(now: Iterable[str], then: Iterable[str]) -> bool:
    """Whether those that are in both come in another order."""
    place = {name: number for number, name in enumerate(dict.fromkeys(then))}
    numbers = [place[name] for name in dict.fromkeys(now) if name in place]
    return any(one > other for one, other in pairwise(numbers))


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
