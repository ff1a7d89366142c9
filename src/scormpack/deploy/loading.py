"""What loading a provider's packages would do, package by package, and doing it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scormpack.check.deployed import DPL_09, DPL_10
from scormpack.deploy.door import Action, Door, Foreseen, Loaded
from scormpack.deploy.http import CallError
from scormpack.deploy.journal import Entry, Journal
from scormpack.deploy.released import Released
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.inspect.judgement import judge
from scormpack.release.record import History
from scormpack.release.told import given_ever

_NOT_OURS = "What is there was not given out from here, so that only the platform can tell what becomes of progress."
_BY_HAND = "Somebody has loaded another file there by hand. It is replaced."
_GOES_BACK = "What is there is newer: this takes it back to an older version."
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")


class Outlook(StrEnum):
    """What loading a package comes to, for whoever has begun."""

    NEW = "new"
    SAME = "same"
    SETTINGS = "settings"
    STAYS = "progress_stays"
    LOST = "progress_lost"
    REFUSED = "refused"


@dataclass(frozen=True)
class Item:
    """A package of a plan. `loses` says why progress is lost, `notes` what else there is to know.

    `refusal` is why the platform does not take it; `done` is what was done, once that is so.
    """

    parcel: Released
    foreseen: Foreseen | None = None
    loses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: tuple[Diagnostic, ...] = ()
    done: Loaded | None = None

    @property
    def outlook(self) -> Outlook:
        """What it comes to, in a word."""
        if self.foreseen is None:
            return Outlook.REFUSED
        if self.loses:
            return Outlook.LOST
        return Outlook.STAYS if self.foreseen.action is Action.UPDATE else Outlook(self.foreseen.action.value)

    @property
    def is_to_be_loaded(self) -> bool:
        """Whether there is anything to do."""
        return self.outlook not in (Outlook.SAME, Outlook.REFUSED)


Step = Callable[[str, int], None]  # of which package how many bytes have been sent


def foresee(
    door: Door, parcels: Sequence[Released], history: History, step: Step = lambda *_: None
) -> tuple[Item, ...]:
    """What loading each would do. Raises ContentError where the way or the place is to blame, not a package."""
    targets = {row.sha256: row.target for _, _, row in given_ever(history)}
    return tuple(_foreseen(door, each, history, targets, step) for each in parcels)


def _foreseen(door: Door, parcel: Released, history: History, targets: Mapping[str, str], step: Step) -> Item:
    try:
        found = door.foresee(parcel, lambda sent, _: step(parcel.package, sent))
    except CallError as error:
        if {each.code for each in error.diagnostics} != {DPL_09.id}:
            raise  # the next package would meet it too
        return Item(parcel, refusal=error.diagnostics)
    more = (*found.notes, *filter(None, (parcel.note,)))
    if found.action is not Action.UPDATE:
        return Item(parcel, found, notes=more)
    loses, notes = _judged(parcel, found, history, targets)
    back = (_GOES_BACK,) if _goes_back(found.was, parcel.version) else ()
    return Item(parcel, found, loses if found.learners else (), (*back, *notes, *more))


def _goes_back(was: str, now: str) -> bool:
    """Whether `was`, in the platform's words, is a later version than `now`."""
    numbers = _VERSION.fullmatch(was)
    return numbers is not None and tuple(map(int, numbers.groups())) > tuple(map(int, now.split(".")))


def _judged(
    parcel: Released, found: Foreseen, history: History, targets: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why progress is lost, by our judgement and the platform's, and what else whoever has begun will notice."""
    own = (found.loses,) if found.loses else ()
    if found.is_by_hand:
        return own, (_BY_HAND,)
    then = history.version(parcel.package, found.was)
    target = targets.get(found.was_sha256)
    if then is None or target is None:
        return own, (_NOT_OURS,)
    judgement = judge(then.shape_for(target), parcel.line.shape_for(parcel.target))
    return (*judgement.lost, *own), (*judgement.noticed, *judgement.reworded)


def load(
    door: Door, items: Sequence[Item], journal: Journal, day: datetime.date, step: Step = lambda *_: None
) -> Iterator[Item]:
    """Load what is to be loaded, one after the other, and put each on record as soon as it is there.

    Raises ContentError at the first that comes to nothing; what was yielded before is there.
    """
    for item in items:
        if item.foreseen is None:
            continue
        done = _loaded(door, item, item.foreseen, step) if item.is_to_be_loaded else None
        _note(door, item, done or Loaded(Action.SAME, item.foreseen.ref), journal, day)
        if done:
            yield replace(item, done=done)


def _loaded(door: Door, item: Item, foreseen: Foreseen, step: Step) -> Loaded:
    parcel = item.parcel
    try:
        return door.load(parcel, foreseen, lambda sent, _: step(parcel.package, sent))
    except CallError as error:
        if not error.is_open:
            raise
        if found := _arrived(door, parcel, foreseen):
            return found
        why = " ".join(each.message for each in error.diagnostics)
        raise ContentError([told(DPL_10, f"{parcel.package} {parcel.version}: {why}", door.site)]) from None


def _arrived(door: Door, parcel: Released, foreseen: Foreseen) -> Loaded | None:
    """What is there after all, although the answer was lost; None where it is not, or nobody says."""
    try:
        there = {each.package: each for each in door.packages()}
    except ContentError:
        return None
    found = there.get(parcel.package)
    if found is None or found.sha256 != parcel.sha256 or found.is_by_hand:
        return None
    return Loaded(foreseen.action, found.ref, found.url)


def _note(door: Door, item: Item, done: Loaded, journal: Journal, day: datetime.date) -> None:
    row = item.parcel.row
    entry = Entry(
        day=day,
        platform=door.platform,
        site=door.site,
        course=door.course,
        module=row.module,
        version=row.version,
        target=row.target,
        sha256=row.sha256,
        ref=done.ref,
        action=done.action,
    )
    journal.note(entry)
