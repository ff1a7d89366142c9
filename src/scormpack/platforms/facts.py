"""What is known of platforms that bears on a finished package, ready to be looked up: no YAML, no models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

FILE: Final = Path(__file__).with_name("facts.json")  # made by compiled.py
Does: TypeAlias = Literal["works", "stumbles", "refuses"]


class Fact(NamedTuple):
    """What a platform does with packages of the kinds `targets`, of any kind if there are none, where `of` holds.

    In `says`, `{found}` stands for what is found in the package; the sentence is empty where a kind is simply taken.
    """

    of: str
    targets: tuple[str, ...]
    verdict: Does
    says: str
    source: str
    day: str
    words: tuple[str, ...] = ()
    matches: Literal["whole", "beginning", "end"] = "whole"
    most: int = 0


class Known(NamedTuple):
    """A platform by its name, and what is known of it."""

    id: str
    name: str
    facts: tuple[Fact, ...]


@cache
def known_platforms() -> dict[str, Known]:
    """All platforms by their ids, in the order of the ids."""
    read: list[dict[str, Any]] = json.loads(FILE.read_bytes())
    return {each["id"]: Known(**{**each, "facts": tuple(_fact(**fact) for fact in each["facts"])}) for each in read}


def _fact(targets: list[str], words: Iterable[str] = (), **rest: Any) -> Fact:
    """What JSON has as lists are tuples."""
    return Fact(targets=tuple(targets), words=tuple(words), **rest)
