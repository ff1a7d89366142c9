"""The parts of two versions, told apart by their ids."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar


class Part(Protocol):
    """Something with an id, under which something is kept, and a title."""

    @property
    def id(self) -> str:
        """What it is called by programs."""

    @property
    def title(self) -> str:
        """What it is called by people."""


PartT = TypeVar("PartT", bound=Part)


class Both(Generic[PartT]):
    """Which parts are gone, new or in both, and which are there under another id only.

    What is called the same is the same; with `known_by` so is what has the same of that, if it is not empty.
    """

    def __init__(
        self, then: Iterable[PartT], now: Iterable[PartT], known_by: Callable[[PartT], str] | None = None
    ) -> None:
        before: dict[str, PartT] = {each.id: each for each in then}
        after: dict[str, PartT] = {each.id: each for each in now}
        gone: list[PartT] = [each for name, each in before.items() if name not in after]
        new: list[PartT] = [each for name, each in after.items() if name not in before]
        self.kept: list[tuple[PartT, PartT]] = [
            (before[name], each) for name, each in after.items() if name in before
        ]
        self.renamed: list[tuple[PartT, PartT]] = []
        for name_of in (_title, known_by) if known_by else (_title,):
            self.renamed += _twins(gone, new, name_of)
            moved = {each.id for pair in self.renamed for each in pair}
            gone = [each for each in gone if each.id not in moved]
            new = [each for each in new if each.id not in moved]
        self.gone: list[PartT] = gone
        self.new: list[PartT] = new


def _title(part: Part) -> str:
    return part.title


def _twins(
    gone: Iterable[PartT], new: Iterable[PartT], name_of: Callable[[PartT], str]
) -> Iterator[tuple[PartT, PartT]]:
    """Each that is gone, and the first of the new ones that goes by the same name."""
    called: defaultdict[str, deque[PartT]] = defaultdict(deque)
    for each in new:
        called[name_of(each)].append(each)
    for old in gone:
        if name_of(old) and called[name_of(old)]:
            yield old, called[name_of(old)].popleft()
