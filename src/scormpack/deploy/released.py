"""What was released last for a provider, as parcels to be loaded: of each module the package that suits best."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from scormpack.check.deployed import DPL_11, DPL_12
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.platforms.known import platform
from scormpack.release.record import Held, History, ModuleLine
from scormpack.release.slip import SLIP, Given, Slip

_Key: TypeAlias = tuple[str, str, str]  # module, target, checksum

_LARGEST_SLIP = 5_000_000  # bytes, as in `release.verify`
_STANDARDS = {"scorm12": "1.2", "scorm2004-3rd": "2004", "scorm2004-4th": "2004"}


@dataclass(frozen=True)
class Released:
    """A package as it was released, and the file that has it."""

    row: Held
    line: ModuleLine
    file: Path
    note: str = ""  # of a newer version that does not take its place

    @property
    def package(self) -> str:
        return self.row.module

    @property
    def version(self) -> str:
        return self.row.version

    @property
    def target(self) -> str:
        return self.row.target

    @property
    def title(self) -> str:
        return self.line.title

    @property
    def sha256(self) -> str:
        return self.row.sha256

    @property
    def size(self) -> int:
        return self.row.bytes

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def is_marked(self) -> bool:
        return any(each.scored for each in self.line.shape.tasks)

    def read(self) -> bytes:
        """The bytes, as they were given out. Raises ContentError (DPL-12)."""
        try:
            with self.file.open("rb") as opened:
                data = opened.read(self.row.bytes + 1)
        except OSError as error:
            raise ContentError([_wrong(self.file, f"cannot be read: {error.strerror or error}")]) from None
        if hashlib.sha256(data).hexdigest() != self.row.sha256:
            raise ContentError([_wrong(self.file, "has other bytes than the record has of it")])
        return data


def standard_of(target: str) -> str:
    """The standard that a kind of package follows, as platforms name it: `1.2` or `2004`."""
    return _STANDARDS.get(target, "")


def latest(
    history: History, provider: str, on: str, modules: Sequence[str] = (), there: Mapping[str, str] | None = None
) -> list[Held]:
    """What `provider` was given last that the platform `on` takes: of all modules, or of those, in their order.

    `there` says which standard each package has that is there: its progress stays only with the same. Raises
    ContentError (DPL-11) where something was not released.
    """
    line = history.provider(provider)
    rows = [row for row in (line.has if line else ()) if row.target in _order(on)]
    missing = [_none(history, provider, on, name) for name in sorted(set(modules) - {row.module for row in rows})]
    if missing or not rows:
        raise ContentError(missing or [_none(history, provider, on)])
    best = _best(rows, on, there or {})
    return [best[name] for name in dict.fromkeys(modules or sorted(best))]


def newer(history: History, provider: str, on: str, row: Held) -> str:
    """What to say where a newer version was released in other standards only; empty where none was."""
    line = history.provider(provider)
    others = [each for each in (line.has if line else ()) if each.module == row.module and each.target in _order(on)]
    last = max(others, key=_number, default=row)
    if _number(last) <= _number(row):
        return ""
    return f"{last.version} was released for {last.target} only. Release it for {row.target} too."


def _number(row: Held) -> tuple[int, ...]:
    return tuple(map(int, row.version.split(".")))


def parcels(history: History, provider: str, on: str, rows: Collection[Held]) -> tuple[Released, ...]:
    """The packages with their files: they lie in the folders of their release, and of any later one.

    Raises ContentError (DPL-12) where one is not there as it was given out.
    """
    files = _files(history, provider)
    lost = [row for row in rows if _key(row) not in files]
    found = [
        Released(row, history.module(row), files[_key(row)], newer(history, provider, on, row))
        for row in rows
        if row not in lost
    ]
    wrong = [*(_gone(history, provider, row) for row in lost), *chain.from_iterable(map(_altered, found))]
    if wrong:
        raise ContentError(wrong)
    return tuple(found)


def _files(history: History, provider: str) -> dict[_Key, Path]:
    """Every package in the provider's folders, by what it is: the folder of a later release wins."""
    files: dict[_Key, Path] = {}
    for head in history.releases:
        folder = history.folder / head.release / provider
        files |= {(each.module, each.target, each.sha256): folder / each.file for each in _slip(folder)}
    return files


def _key(row: Held) -> _Key:
    return row.module, row.target, row.sha256


def _altered(parcel: Released) -> tuple[Diagnostic, ...]:
    """Why the bytes are not those that were given out; nothing where they are."""
    try:
        parcel.read()
    except ContentError as error:
        return error.diagnostics
    return ()


def _order(on: str) -> list[str]:
    """The kinds of package that a platform takes, what suits it best first."""
    known = platform(on)
    return list(dict.fromkeys((known.suits.target, *(each.target for each in known.takes))))


def _best(rows: Collection[Held], on: str, there: Mapping[str, str]) -> dict[str, Held]:
    """One package of each module: in the standard that is there, if the provider has it, and the newest of those."""
    order = _order(on)

    def rank(row: Held) -> tuple[bool, list[int], int]:
        is_other = there.get(row.module, standard_of(row.target)) != standard_of(row.target)
        return is_other, [-each for each in _number(row)], order.index(row.target)

    best: dict[str, Held] = {}
    for row in sorted(rows, key=rank):
        best.setdefault(row.module, row)
    return best


def _slip(folder: Path) -> tuple[Given, ...]:
    """The packages that a provider's folder should have; none where the folder was deleted."""
    try:
        with (folder / SLIP).open("rb") as file:
            return Slip.model_validate_json(file.read(_LARGEST_SLIP)).packages
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ContentError([_wrong(folder / SLIP, f"cannot be read: {error.strerror or error}")]) from None
    except ValidationError:
        raise ContentError([_wrong(folder / SLIP, "is not the slip of a provider's folder")]) from None


def _none(history: History, provider: str, on: str, module: str = "") -> Diagnostic:
    what = f"No package of {module}" if module else "Nothing"
    message = f"{what} was released for {provider} that {platform(on).name} takes"
    hint = f"Run `{' '.join(filter(None, ('scormpack release', module)))} --provider {provider}` first."
    return told(DPL_11, message, history.folder.as_posix(), hint)


def _gone(history: History, provider: str, row: Held) -> Diagnostic:
    folder = history.folder / row.since / provider
    return _wrong(folder, f"no longer has {row.module} {row.version} for {row.target}")


def _wrong(file: Path, message: str) -> Diagnostic:
    return told(DPL_12, message, file.as_posix())
