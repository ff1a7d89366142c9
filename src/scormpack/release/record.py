"""The record of releases: who was given what, and what that was.

A release is one file, `history/<release>.jsonl`: a line about the release, one for each module in it, and one for
each provider that got something, with all that it has since. The file is written whole and never changed, so a
release is on record or is none. What a provider has stands in the newest file that names it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final, Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from scormpack.check.released import RLS_03
from scormpack.diagnostics import ContentError, Place
from scormpack.inspect.shape import Shape
from scormpack.inspect.values import Id, Line, Words
from scormpack.release.values import Named, ReleaseId, Sha256, Size
from scormpack.source.signs import brief
from scormpack.vocabulary import Version

HISTORY: Final = "history"  # the folder of the record, beside the releases
_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{1,4}))?\.jsonl")
_LONGEST_LINE = 4_000_000  # bytes; a provider with a thousand packages takes a tenth of a megabyte
_PROVIDER = re.compile(rb'\{"provider":"([a-z0-9-]{1,40})"')

Read = TypeVar("Read", bound=Line)


class Head(Line):
    """What there is to say of a release: its day, and what all its packages have in common."""

    release: ReleaseId
    format: Literal[1]
    day: datetime.date
    library: Words
    tool: Words
    shared: Named  # what all modules share: see content.py


class ModuleLine(Line):
    """A version of a module as given out: `content` names what it says, `kept` where progress lies, by target."""

    module: Id
    version: Version
    title: Words
    minutes: int
    content: Named
    shape: Shape
    kept: dict[Id, Words]

    def shape_for(self, target: str) -> Shape:
        """What progress in the package for `target` hangs on."""
        return self.shape.model_copy(update={"kept": self.kept.get(target, target)})


class Held(NamedTuple):
    """A package that a provider has, and since which release it has it."""

    module: Id
    version: Version
    target: Id
    bytes: Size
    sha256: Sha256
    since: ReleaseId


class ProviderLine(Line):
    """All that a provider has, those packages included that it got earlier and that still hold."""

    provider: Id
    name: Words
    details: Named  # what is the provider's own: see content.py
    has: tuple[Held, ...]


class _Spot(NamedTuple):
    """A line in a file of the record."""

    file: Path
    line: int
    offset: int


@dataclass(frozen=True)
class History:
    """Every release, oldest first; what each module was in each, by release and id; where each provider's line is.

    `first` names the release in which a version was first given out, by module and version.
    """

    folder: Path
    releases: tuple[Head, ...]
    modules: Mapping[tuple[str, str], ModuleLine]
    first: Mapping[tuple[str, str], str]
    spots: Mapping[str, _Spot]

    def version(self, module: str, version: str) -> ModuleLine | None:
        """A version as it was first given out; None for one that was not."""
        release = self.first.get((module, version))
        return self.modules[release, module] if release else None

    def module(self, row: Held) -> ModuleLine:
        """The module in a package that a provider has."""
        return self.modules[row.since, row.module]

    @property
    def last(self) -> Head | None:
        """The newest release; None before the first."""
        return self.releases[-1] if self.releases else None

    def provider(self, name: str) -> ProviderLine | None:
        """What the provider has; None for one that has got nothing yet. Raises ContentError (RLS-03)."""
        spot = self.spots.get(name)
        if spot is None:
            return None
        with _opened(spot.file) as file:
            file.seek(spot.offset)
            line = _read(ProviderLine, file.readline(_LONGEST_LINE), spot.file, spot.line)
        for row in line.has:
            known = self.modules.get((row.since, row.module))
            if known is None or known.version != row.version:
                raise _unreadable(spot.file, spot.line, f"names {row.module} {row.version}, which was not given out")
        return line

    def providers(self) -> Iterator[tuple[str, ProviderLine]]:
        """What each provider has, by its id, and in which release it last got something. Raises ContentError."""
        for name, spot in sorted(self.spots.items()):
            if found := self.provider(name):
                yield spot.file.stem, found

    def next_id(self, day: datetime.date) -> str:
        """A name for a release on `day`: later than those of all others, also where a clock went back."""
        begun, number = max((_order(each.release) for each in self.releases), default=("", 0))
        if day.isoformat() > begun:
            begun, number = day.isoformat(), 0
        names = (_named(begun, later) for later in count(number + 1))
        return next(name for name in names if not (self.folder / name).exists())

    def versions(self, module: str) -> list[str]:
        """The versions of a module that were given out, the lowest first."""
        found = [version for name, version in self.first if name == module]
        return sorted(found, key=lambda version: tuple(map(int, version.split("."))))


def _named(day: str, number: int) -> str:
    return day if number == 1 else f"{day}-{number}"


def _order(release: str) -> tuple[str, int]:
    """What releases are sorted by: the day, then which of the day it was."""
    return release[:10], int(release[11:] or 1)


def read_history(releases: Path) -> History:
    """The record in the folder `releases`; an empty one where nothing was released yet.

    Raises ContentError (RLS-03) where a line is not as a release writes it.
    """
    heads: list[Head] = []
    modules: dict[tuple[str, str], ModuleLine] = {}
    first: dict[tuple[str, str], str] = {}
    spots: dict[str, _Spot] = {}
    for file in _files(releases / HISTORY):
        for spot, line in _lines(file):
            if spot.line == 1:
                heads.append(_head(line, file))
            elif name := _PROVIDER.match(line):
                spots[name[1].decode()] = spot
            else:
                found = _read(ModuleLine, line, file, spot.line)
                modules[heads[-1].release, found.module] = found
                first.setdefault((found.module, found.version), heads[-1].release)
    return History(releases, tuple(heads), modules, first, spots)


def _head(line: bytes, file: Path) -> Head:
    head = _read(Head, line, file, 1)
    if head.release != file.stem:
        raise _unreadable(file, 1, f"is the record of release {head.release}, under another name")
    return head


def _files(folder: Path) -> list[Path]:
    """The files of the record, oldest first."""
    try:
        names = [each.name for each in folder.iterdir() if _FILE.fullmatch(each.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, 0, f"cannot be listed: {error.strerror or error}") from None
    return [folder / name for name in sorted(names, key=lambda name: _order(name.removesuffix(".jsonl")))]


def _opened(file: Path) -> BinaryIO:
    """The file, if it is one and no link to something else."""
    try:
        if not S_ISREG(file.lstat().st_mode):
            raise _unreadable(file, 0, "is not a file")
        return file.open("rb")
    except OSError as error:
        raise _unreadable(file, 0, f"cannot be read: {error.strerror or error}") from None


def _lines(file: Path) -> Iterator[tuple[_Spot, bytes]]:
    """Each line and where it is."""
    with _opened(file) as found:
        offset, number = 0, 0
        while line := found.readline(_LONGEST_LINE + 1):
            number += 1
            if not line.endswith(b"\n"):
                raise _unreadable(file, number, "is too long" if len(line) > _LONGEST_LINE else "is cut short")
            yield _Spot(file, number, offset), line
            offset += len(line)
        if not number:
            raise _unreadable(file, 0, "is empty")


def _read(model: type[Read], line: bytes, file: Path, number: int) -> Read:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in detail["loc"])
        raise _unreadable(file, number, brief(f"{where}: {detail['msg']}", 200).removeprefix(": ")) from None


def _unreadable(file: Path, line: int, why: str) -> ContentError:
    return ContentError([RLS_03.finding(why, Place(file.as_posix(), line, outside=True))])


def as_line(line: Line) -> bytes:
    """The line as the record has it: its first key says what it is."""
    return json.dumps(line.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines_in(file: Path) -> Iterator[ProviderLine]:
    """What each provider has had since the release of this `file`, who got something in it. Raises ContentError."""
    for spot, line in _lines(file):
        if _PROVIDER.match(line):
            yield _read(ProviderLine, line, spot.file, spot.line)


def held(rows: Iterable[Held]) -> dict[tuple[str, str], Held]:
    """The packages by module and target."""
    return {(row.module, row.target): row for row in rows}
