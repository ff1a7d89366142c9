"""Rows on the disk, as they come, to be read again by their owner: there may be hundreds of thousands."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple


class Row(NamedTuple):
    """A package that was built for a target, without its findings; or a paper, whose output stands for the target."""

    module: str
    version: str
    target: str
    file: str
    bytes: int
    sha256: str


class Spool:
    """Rows by owner; of each only where it is in the file is kept in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def add(self, owner: str, row: Row) -> None:
        """Keep a row."""
        self._places[owner].append(self._file.seek(0, 2))
        self._file.write(json.dumps(row).encode() + b"\n")

    def of(self, owner: str) -> Iterator[Row]:
        """The owner's rows, in the order in which they came."""
        for place in self._places.get(owner, ()):
            self._file.seek(place)
            yield Row(*json.loads(self._file.readline()))


@contextmanager
def spool(file: Path) -> Iterator[Spool]:
    """A spool in `file`, which is removed at the end."""
    with file.open("w+b") as opened:
        yield Spool(opened)
    file.unlink()
