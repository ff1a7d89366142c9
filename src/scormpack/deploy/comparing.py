"""What is in a course against what was released for its provider."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from scormpack.deploy.door import There
from scormpack.release.record import Held


class State(StrEnum):
    """How what is there stands to what was released."""

    AS_RELEASED = "as_released"
    MISSING = "missing"
    OTHER = "other"
    BY_HAND = "by_hand"
    UNRELEASED = "unreleased"


class Stand(NamedTuple):
    """A package: the version that is there, the one that was released, and whom it meets."""

    package: str
    there: str
    released: str
    state: State
    learners: int = 0
    partway: int = 0
    url: str = ""
    note: str = ""


def compare(there: Collection[There], rows: Collection[Held], notes: Mapping[str, str]) -> list[Stand]:
    """Every package that is there or was released, by name; `notes` says what else there is to know of one."""
    stands = _stands({each.package: each for each in there}, {each.module: each for each in rows})
    return sorted(each._replace(note=notes.get(each.package, "")) for each in stands)


def _stands(there: dict[str, There], released: dict[str, Held]) -> Iterator[Stand]:
    for name in there.keys() | released.keys():
        found, row = there.get(name), released.get(name)
        version = row.version if row else ""
        if found is None:
            yield Stand(name, "", version, State.MISSING)
        else:
            people = (found.learners, found.partway, found.url)
            yield Stand(name, found.version, version, _state(found, row), *people)


def _state(found: There, row: Held | None) -> State:
    if row is None:
        return State.UNRELEASED
    if found.is_by_hand:
        return State.BY_HAND
    return State.AS_RELEASED if found.sha256 == row.sha256 else State.OTHER
