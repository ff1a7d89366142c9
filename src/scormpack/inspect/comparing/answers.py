"""What becomes of attempts on each platform that is known, where one package takes the place of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from scormpack.platforms.known import GENERAL, platform
from scormpack.platforms.model import Platform
from scormpack.platforms.names import NAMES

_A_PLATFORM = {"web-server"}  # among those that stand for many; what is known of it is what our pages do there


class Outcome(StrEnum):
    """What becomes of attempts."""

    STAY = "stay"
    LOST = "lost"
    ASKS = "asks"
    NOT_KNOWN = "not_known"
    NOT_TAKEN = "not_taken"


class Answer(NamedTuple):
    """A platform, what becomes of attempts there, and what to do and to know when a package is replaced."""

    platform: str
    name: str
    outcome: Outcome
    how: tuple[str, ...]


def answers(kinds: Collection[str], is_kept: bool, is_ours: bool, only: str | None = None) -> Iterator[Answer]:
    """The answer of each platform that takes a package of one of `kinds`, or of the platform `only`.

    `is_kept` says whether the names are the same under which platforms keep attempts. What to do is told for a
    package that `is_ours`: that is what the sentences are about.
    """
    for name in [only] if only else [each for each in NAMES if each not in GENERAL or each in _A_PLATFORM]:
        known = platform(name)
        taken = [each for each in known.targets if each in kinds]
        if taken or only:
            how = (fact.says for fact in known.replacing.how if is_ours and any(map(fact.is_about, taken)))
            outcome = _taken(known, is_kept, is_ours) if taken else _not_taken(known, kinds)
            yield Answer(known.id, known.name, outcome, tuple(how))


def _taken(known: Platform, is_kept: bool, is_ours: bool) -> Outcome:
    outcome = _OUTCOMES[known.replacing.progress]
    if outcome is not Outcome.STAY or (is_kept and (is_ours or known.id not in _A_PLATFORM)):
        return outcome
    return Outcome.NOT_KNOWN if is_kept else Outcome.LOST


def _not_taken(known: Platform, kinds: Collection[str]) -> Outcome:
    """That a platform is not said to take a kind is not to say that it refuses it."""
    refused = {target for each in known.others if each.verdict == "refuses" for target in each.targets}
    return Outcome.NOT_TAKEN if refused.issuperset(kinds) else Outcome.NOT_KNOWN


_OUTCOMES = {"stays": Outcome.STAY, "asks": Outcome.ASKS, "not_known": Outcome.NOT_KNOWN}
