"""The record of what was loaded where: `deployed/<provider>.jsonl` beside the releases, a line for each package.

A line is written as soon as a package is there, so that after an interruption it is known what was done. It holds no
token, and nothing about learners.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Final

from pydantic import ValidationError

from scormpack.check.deployed import DPL_14
from scormpack.deploy.door import Action
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError
from scormpack.inspect.values import Id, Line, Words
from scormpack.lock import alone
from scormpack.package import write_file
from scormpack.release.record import as_line
from scormpack.release.values import Sha256
from scormpack.vocabulary import Version

DEPLOYED: Final = "deployed"  # the folder, beside the releases
_LARGEST = 50_000_000  # bytes; a hundred thousand loads


class Entry(Line):
    """A package that was put somewhere, or was found to be there already."""

    day: datetime.date
    platform: Id
    site: Words
    course: Words
    module: Id
    version: Version
    target: Id
    sha256: Sha256
    ref: Words  # the platform's own name of the activity: in Moodle, its course module
    action: Action

    @property
    def where(self) -> tuple[str, str, str, str]:
        """What the next entry about the same activity has in common with this one."""
        return self.platform, self.site, self.course, self.module


@dataclass(frozen=True)
class Journal:
    """The record for one provider."""

    file: Path

    def entries(self) -> tuple[Entry, ...]:
        """All of it, oldest first. Raises ContentError (DPL-14) where a line is not as it was written."""
        return tuple(self._entries(self._bytes()))

    def note(self, entry: Entry) -> None:
        """Put an entry on record; one that says nothing new is left out. Raises ContentError (DPL-14)."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with alone(self.file.with_suffix(".lock")):
                before = self._bytes()
                if entry.action is not Action.SAME or not self._knows(entry, before):
                    write_file(before + as_line(entry), self.file)
        except OSError as error:
            raise self._wrong(f"cannot be written: {error.strerror or error}") from None

    def _knows(self, entry: Entry, data: bytes) -> bool:
        last = next((each for each in reversed([*self._entries(data)]) if each.where == entry.where), None)
        return last is not None and last.sha256 == entry.sha256

    def _bytes(self) -> bytes:
        try:
            status = self.file.lstat()
            if not S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                raise self._wrong("is too large, or no file")
            data = self.file.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._wrong(f"cannot be read: {error.strerror or error}") from None
        if data and not data.endswith(b"\n"):
            raise self._wrong("is cut short")
        return data

    def _entries(self, data: bytes) -> Iterator[Entry]:
        for number, line in enumerate(data.splitlines(), 1):
            try:
                yield Entry.model_validate_json(line)
            except ValidationError:
                raise self._wrong("is not as it was written", number) from None

    def _wrong(self, why: str, line: int = 0) -> ContentError:
        return ContentError([told(DPL_14, why, self.file.as_posix(), line=line)])


def journal(releases: Path, provider: str) -> Journal:
    """The record for `provider` in the folder of all releases."""
    return Journal(releases / DEPLOYED / f"{provider}.jsonl")
