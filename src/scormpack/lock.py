"""One writer at a time, whichever thread, preview or machine it belongs to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until nobody else is alone with `path`, a file that is there only meanwhile. OSError if it cannot be."""
    while True:
        with path.open("ab") as file:
            _lock(file.fileno())
            if not _is_still(path, file.fileno()):
                continue  # whoever had it has removed it
            try:
                yield
            finally:
                with suppress(OSError):  # Windows removes no file that is open
                    path.unlink()
        if sys.platform == "win32":
            with suppress(OSError):  # somebody else has it already
                path.unlink()
        return


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _lock(handle: int) -> None:
    """Lock an open file; the lock goes when the file is closed, or its process ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
