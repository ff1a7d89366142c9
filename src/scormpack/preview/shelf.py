"""How far every learner of the preview has got: in one file, so that a restart goes on from there."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from scormpack.package import write_file

LARGEST = 50_000_000  # bytes
_MOST = 200  # learners; those that were left alone longest go first


class Shelf:
    """What runs keep, by a name each, in `file`; without one it is forgotten in the end. Several threads may ask."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._kept: dict[str, Any] = _read(file) if file else {}
        self._is_saved = True

    def get(self, name: str) -> Any:
        """What was kept under `name`; None where there is nothing."""
        with self._lock:
            return self._kept.get(name)

    def put(self, name: str, value: Any) -> None:
        """Keep `value`, which JSON can write; None forgets."""
        with self._lock:
            if self._kept.pop(name, None) == value:
                self._kept.update({name: value} if value is not None else {})
                return
            if value is not None:
                self._kept[name] = value
            for old in list(self._kept)[:-_MOST]:
                del self._kept[old]
            self._is_saved = False

    def save(self) -> None:
        """Write the file if anything is new. Where that is impossible nothing outlives this process."""
        with self._lock:
            if self._file is None or self._is_saved:
                return
            data = json.dumps(self._kept).encode()
            self._is_saved = True
        if len(data) <= LARGEST:
            with suppress(OSError):
                write_file(data, self._file, lasting=False)


def _read(file: Path) -> dict[str, Any]:
    """What the file holds; nothing where it is missing or not what we wrote."""
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
