"""Whether a folder is what was given out: every file there and no other, byte for byte, and packages that open.

The folder may come from anyone: no link is followed, nothing is read that is not as large as it says it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG

from pydantic import ValidationError

from scormpack.check.released import RLS_04
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.package import read_zip
from scormpack.release.record import HISTORY, held, lines_in
from scormpack.release.slip import PRINT, SLIP, SUMS, Paper, Slip, sums
from scormpack.source.signs import brief

_LARGEST_SLIP = 5_000_000  # bytes; a thousand packages take half a megabyte
_MOST_FILES = 10_000
_PIECE = 1_000_000  # bytes


def verify(folder: Path, releases: Path | None = None) -> tuple[Diagnostic, ...]:
    """What in `folder`, a provider's, is not as it was given out; with `releases` also by the trainer's record there.

    Raises ContentError (RLS-03) where that record cannot be read.
    """
    try:
        slip, data = _slip(folder)
        there = _there(folder, slip)
        found = [*_names(folder, slip, there), *_papers(folder, slip, data, there)]
    except ContentError as error:
        return error.diagnostics
    return (*found, *(_on_record(slip, releases, folder) if releases else ()))


def _slip(folder: Path) -> tuple[Slip, bytes]:
    """The slip in the folder, and its bytes. Raises ContentError (RLS-04) where it is none of ours."""
    data = _small(folder / SLIP)
    try:
        return Slip.model_validate_json(data), data
    except ValidationError:
        raise _wrong(folder / SLIP, "is not the slip of a provider's folder") from None


def _small(file: Path) -> bytes:
    """The bytes of a small file of ours."""
    try:
        status = file.lstat()
        if not S_ISREG(status.st_mode) or status.st_size > _LARGEST_SLIP:
            raise _wrong(file, "is too large, or no file")
        return file.read_bytes()
    except FileNotFoundError:
        raise _wrong(file, "is missing") from None
    except OSError as error:
        raise _wrong(file, f"cannot be read: {error.strerror or error}") from None


def _wrong(file: Path, message: str) -> ContentError:
    return ContentError([_finding(file, message)])


def _finding(file: Path, message: str) -> Diagnostic:
    return RLS_04.finding(message, Place(brief(file.as_posix(), 300), outside=True))


def _there(folder: Path, slip: Slip) -> dict[str, bool]:
    """Everything in the folder, and in that for what is printed, and whether it is a file."""
    found = _inside(folder)
    inner = folder / PRINT
    if slip.printed and inner.is_dir() and not inner.is_symlink():
        del found[PRINT]
        found |= {f"{PRINT}/{name}": is_file for name, is_file in _inside(inner).items()}
    return found


def _inside(folder: Path) -> dict[str, bool]:
    with os.scandir(folder) as entries:
        return dict(entry for entry, _ in zip(map(_kind, entries), range(_MOST_FILES), strict=False))


def _names(folder: Path, slip: Slip, there: Mapping[str, bool]) -> Iterator[Diagnostic]:
    """What is missing, what is there besides, and what is no file."""
    listed = {each.file for each in slip.files} | {SLIP, SUMS}
    if len({name.casefold() for name in listed}) < len(slip.files) + 2:
        yield _finding(folder / SLIP, "names a file twice")
    for name in sorted(there):
        if name not in listed:
            yield _finding(folder / name, "was not given out")
        elif not there[name]:
            yield _finding(folder / name, "is a link or a folder, not the file that was given out")
    for name in sorted(listed - set(there)):
        yield _finding(folder / name, "is missing")


def _kind(entry: os.DirEntry[str]) -> tuple[str, bool]:
    return entry.name, entry.is_file(follow_symlinks=False)


def _papers(folder: Path, slip: Slip, data: bytes, there: Mapping[str, bool]) -> Iterator[Diagnostic]:
    """What has other bytes than were given out, and packages that do not open."""
    packages = {each.file for each in slip.packages}
    for each in slip.files:
        file = folder / each.file
        if there.get(each.file):  # else that is said already
            yield from _bytes(file, each) or (_opens(file) if each.file in packages else ())
    own = Paper(file=SLIP, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    if there.get(SUMS) and _small(folder / SUMS) != sums((*slip.files, own)):
        yield _finding(folder / SUMS, f"does not agree with {SLIP}")


def _bytes(file: Path, paper: Paper) -> Sequence[Diagnostic]:
    try:
        if (size := file.stat().st_size) != paper.bytes:
            return (_finding(file, f"has {size:,} bytes, and had {paper.bytes:,}"),)
        same = _sha256(file) == paper.sha256
    except OSError as error:
        return (_finding(file, f"cannot be read: {error.strerror or error}"),)
    return () if same else (_finding(file, "has other bytes than were given out"),)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _opens(file: Path) -> Sequence[Diagnostic]:
    try:
        read_zip(file)
    except ContentError as error:
        return error.diagnostics
    return ()


def _on_record(slip: Slip, releases: Path, folder: Path) -> Iterator[Diagnostic]:
    """Where the slip says something else than the trainer's record of that release."""
    file = releases / HISTORY / f"{slip.release}.jsonl"
    if not file.exists():
        yield _finding(folder / SLIP, f"speaks of release {slip.release}, which is not on record")
        return
    line = next((each for each in lines_in(file) if each.provider == slip.provider), None)
    if line is None:
        yield _finding(folder / SLIP, f"speaks of {slip.provider}, which got nothing in release {slip.release}")
        return
    given = held(line.has)
    for each in slip.packages:
        row = given.pop((each.module, each.target), None)
        if row is None or (row.version, row.sha256) != (each.version, each.sha256):
            yield _finding(folder / each.file, f"is not what the record of release {slip.release} has")
    for row in given.values():
        if row.since == slip.release:
            message = f"lacks {row.module} {row.version} for {row.target}, which the record of the release has"
            yield _finding(folder / SLIP, message)
