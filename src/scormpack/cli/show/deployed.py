"""What loading packages would do or did, as text and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from scormpack.cli.show import counted
from scormpack.deploy.comparing import Stand, State
from scormpack.deploy.door import Action
from scormpack.deploy.loading import Item, Outlook

_OUTLOOKS: Final[Mapping[Outlook, str]] = {
    Outlook.NEW: "new",
    Outlook.SAME: "same",
    Outlook.SETTINGS: "same package; its settings are put right",
    Outlook.STAYS: "update: progress stays",
    Outlook.LOST: "update: progress is lost",
    Outlook.REFUSED: "refused",
}
_DONE: Final[Mapping[Action, str]] = {
    Action.NEW: "new",
    Action.UPDATE: "updated",
    Action.SETTINGS: "settings put right",
    Action.SAME: "same",
}
_STATES: Final[Mapping[State, str]] = {
    State.AS_RELEASED: "as released",
    State.MISSING: "not there",
    State.OTHER: "differs from what was released",
    State.BY_HAND: "loaded by hand: not what was released",
    State.UNRELEASED: "not released for this provider",
}
_MOST = 8  # reasons shown for a module


def of_plan(items: Sequence[Item]) -> Iterator[str]:
    """What would be done: a row for each package, with its reasons below."""
    head = ("module", "there", "new", "what it does")
    rows = [head, *((x.parcel.package, _was(x), x.parcel.version, _outlook(x)) for x in items)]
    lines = _aligned(rows)
    yield lines[0]
    for item, line in zip(items, lines[1:], strict=True):
        yield line
        reasons = (*(each.message for each in item.refusal), *item.loses, *item.notes)
        yield from (f"      {reason}" for reason in reasons[:_MOST])
        if len(reasons) > _MOST:
            yield f"      and {len(reasons) - _MOST} more"


def of_loads(items: Sequence[Item]) -> Iterator[str]:
    """What was done: a row for each package that was loaded."""
    done = [(x.parcel.package, x.parcel.version, _DONE[x.done.action], x.done.url) for x in items if x.done]
    yield from _aligned([("module", "version", "done", "where"), *done]) if done else ()


def of_stands(stands: Sequence[Stand]) -> Iterator[str]:
    """What is there against what was released: a row for each package."""
    rows = [(x.package, x.there or "–", x.released or "–", _state(x)) for x in stands]
    head, *lines = _aligned([("module", "there", "released", ""), *rows])
    yield head
    for stand, line in zip(stands, lines, strict=True):
        yield line
        yield from (f"      {note}" for note in filter(None, (stand.note,)))


def plan_plain(item: Item) -> dict[str, Any]:
    """A package of a plan for programs."""
    found = item.foreseen
    return {
        "module": item.parcel.package,
        "version": item.parcel.version,
        "target": item.parcel.target,
        "sha256": item.parcel.sha256,
        "outlook": item.outlook.value,
        "was": found.was if found else "",
        "learners": found.learners if found else 0,
        "partway": found.partway if found else 0,
        "inside": found.inside if found else 0,
        "loses": list(item.loses),
        "notes": list(item.notes),
        "refusal": [each.message for each in item.refusal],
        "done": item.done.action.value if item.done else None,
        "ref": item.done.ref if item.done else found.ref if found else "",
        "url": item.done.url if item.done else "",
    }


def stand_plain(stand: Stand) -> dict[str, Any]:
    """What is there, for programs."""
    return {
        "module": stand.package,
        "there": stand.there,
        "released": stand.released,
        "state": stand.state.value,
        "learners": stand.learners,
        "partway": stand.partway,
        "url": stand.url,
        "note": stand.note,
    }


def _was(item: Item) -> str:
    return (item.foreseen.was if item.foreseen else "") or "–"


def _outlook(item: Item) -> str:
    found = item.foreseen
    people = _people(found.learners, found.partway, found.inside) if found and item.is_to_be_loaded else ""
    return _OUTLOOKS[item.outlook] + people


def _state(stand: Stand) -> str:
    return _STATES[stand.state] + _people(stand.learners, stand.partway)


def _people(learners: int, partway: int, inside: int = 0) -> str:
    """Whom it meets: ` (3 learners, 2 part-way, 1 in it now)`."""
    parts = [counted(learners, "learner")]
    parts += [f"{partway:,} part-way"] if partway else []
    parts += [f"{inside:,} in it now"] if inside else []
    return f" ({', '.join(parts)})" if learners else ""


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = ((text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return ["  " + "  ".join(row).rstrip() for row in padded]
