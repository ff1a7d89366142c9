"""What is newer than what somebody has seen: a number that grows, and waiting for it."""

from __future__ import annotations

import threading
import time


class News:
    """Counts changes. Any number of threads may wait for the next one."""

    def __init__(self) -> None:
        self._number = 1
        self._changed = threading.Condition()
        self._is_over = False

    def tell(self) -> None:
        """Something has changed."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until there is something newer than `seen`, or for as many `seconds`; the number of the newest."""
        end = time.monotonic() + seconds
        with self._changed:
            while self._number <= seen and not self._is_over and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._number

    def close(self) -> None:
        """Nobody waits any longer."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
