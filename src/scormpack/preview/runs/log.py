"""The entries of a record, numbered from 1, and of the oldest no more than there is room for."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any

from scormpack.preview.runs.run import Entry

MOST = 20_000  # entries
HEAVIEST = 20_000_000  # characters, of all together
SHOWN = 200  # characters of what stands in a line
MOST_GIVEN = 50  # things that came with one call or request, in its line


def shortened(text: str) -> str:
    """A text that fits into a line."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


class Log:
    """Entries as they come. Several threads may ask."""

    def __init__(self) -> None:
        self._began = time.time()
        self._entries: deque[tuple[Entry, int]] = deque()
        self._number = 0
        self._weight = 0
        self._lock = threading.Lock()

    def add(self, session: int, what: str, *given: str, at: float = 0, weight: int = 0, **more: Any) -> Entry:
        """Add an entry and return it: `at` is seconds since 1970, now if it is 0, `weight` the size of its detail.

        `more` are further fields of an `Entry`.
        """
        with self._lock:
            self._number += 1
            seconds = round((at or time.time()) - self._began, 3)
            entry = Entry(
                self._number, session, seconds, shortened(what), tuple(map(shortened, given[:MOST_GIVEN])), **more
            )
            self._entries.append((entry, weight))
            self._weight += weight
            while len(self._entries) > MOST or self._weight > HEAVIEST:
                self._weight -= self._entries.popleft()[1]
            return entry

    def after(self, since: int) -> tuple[Entry, ...]:
        """The entries after the one numbered `since`, in order."""
        with self._lock:
            count = min(self._number - since, len(self._entries))
            if count <= 0:
                return ()
            return tuple(entry for entry, _ in list(self._entries)[-count:])
