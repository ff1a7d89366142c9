"""Things in an order that gives nothing away and is the same in every build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def mixed(things: Sequence[tuple[str, Thing]], seed: str) -> list[tuple[str, Thing]]:
    """`things` (key, value) sorted by a hash of `seed` and key; turned by one if that is the order given."""
    given = list(things)
    hashed = sorted(given, key=lambda pair: hashlib.sha256(f"{seed}/{pair[0]}".encode()).digest())
    return hashed if hashed != given else [*hashed[1:], hashed[0]]
