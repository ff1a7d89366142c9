"""Reading a zip of anybody's."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from scormpack.archive.bounds import MOST_FILES, Budget, is_text, rank
from scormpack.archive.codes import ZIP_01, ZIP_02, ZIP_03, ZIP_16, finding
from scormpack.archive.directory import BrokenError, Directory, Listed, read_directory
from scormpack.archive.kinds import HEAD, kind_of_file
from scormpack.archive.members import (
    DEFLATED,
    Contents,
    Local,
    Member,
    found_in,
)
from scormpack.archive.names import found_in_names, is_kept
from scormpack.archive.notes import Notes
from scormpack.diagnostics import Diagnostic, Place, Severity
from scormpack.package import Distant, Entry, Package, Unread
from scormpack.source.signs import legible

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_PIECE: Final = 1 << 18  # bytes that are unpacked at once


def read_zip_of_anybody(file: Path) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The package in the zip `file`, as far as it can be read, and what is wrong with how it is kept."""
    place = Place(legible(file.as_posix()), outside=True)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, (finding(ZIP_01, "is no ordinary file", place),)
        with file.open("rb") as opened:
            return _read(opened, file, place, status.st_size)
    except OSError as error:
        return None, (finding(ZIP_03, f"cannot be read: {error.strerror or error}", place),)


def _read(opened: BinaryIO, file: Path, place: Place, size: int) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    head = opened.read(HEAD)
    try:
        directory = read_directory(opened, size)
    except BrokenError as error:
        return None, (_no_zip(head, place, str(error)),)
    if len(directory.files) > MOST_FILES:
        message = f"holds more than {MOST_FILES:,} files, which are not looked into"
        return None, (finding(ZIP_16, message, place, severity=Severity.WARNING),)
    members = tuple(_member(opened, each, directory, size) for each in directory.files)
    contents = Contents(legible(file.name), place, size, directory, members)
    reading = _Reading(file, opened, contents, Budget(), Notes(contents.name))
    entries = reading.entries()
    names = found_in_names(contents.name, place, [each.path for each in members if not each.is_here])
    return Package(contents.name, entries), (*found_in(contents), *names, *reading.notes.told())


def _no_zip(head: bytes, place: Place, why: str) -> Diagnostic:
    """What to say of a file without a list of files at its end."""
    if head.startswith(b"PK"):
        return finding(ZIP_02, f"cannot be opened: {why}", place)
    kind, remedy = kind_of_file(head)
    message = f"is {kind}, not a zip" if kind else "is empty" if not head else "is not a zip"
    return finding(ZIP_01, message, place, remedy)


def _member(opened: BinaryIO, listed: Listed, directory: Directory, size: int) -> Member:
    """A file, with what stands before it: the name there may be another one."""
    opened.seek(min(listed.offset + directory.before, size))
    data = opened.read(_LOCAL.size + len(listed.name))
    if len(data) < _LOCAL.size or not data.startswith(b"PK\3\4"):
        return Member(listed, None)
    _, _, flags, method, _, _, checksum, packed, size, name, extra = _LOCAL.unpack_from(data)
    begin = listed.offset + directory.before + _LOCAL.size + name + extra
    raw = data[_LOCAL.size : _LOCAL.size + name]
    return Member(listed, Local(raw, flags, method, checksum, packed, size, begin))


class _Reading(NamedTuple):
    """A zip that is read: what may still be looked into, and what was found."""

    file: Path
    opened: BinaryIO
    contents: Contents
    budget: Budget
    notes: Notes

    def entries(self) -> tuple[Entry, ...]:
        """The files, as far as a platform can unpack them."""
        kept = [each for each in self.contents.members if not each.is_folder and is_kept(each.path)]
        kept = [each for each in kept if not each.is_special]
        ordered = sorted(kept, key=lambda each: rank(each.path))
        read = {id(each): self._entry(each) for each in ordered}
        return tuple(read[id(each)] for each in kept)

    def _entry(self, member: Member) -> Entry:
        path, size = member.path, member.listed.size
        if not self.contents.is_readable(member):
            return Unread(path, size)
        if why := self.budget.refuses(path, max(size, member.listed.packed)):
            return self.notes.beyond(path, size, why)
        data, why = unpacked(self.opened, member, keep=is_text(path))
        if why:
            return self.notes.damaged(path, size, f"is damaged: {why}")
        if not is_text(path):
            return Distant(path, size, partial(_later, self.file, member))
        return self.notes.text(path, data, self.budget)


def _later(file: Path, member: Member) -> bytes:
    """The bytes of a file, when somebody asks for them; none if the zip is another one by then."""
    try:
        with file.open("rb") as opened:
            data, why = unpacked(opened, member, keep=True)
    except OSError:
        return b""
    return b"" if why else data


def unpacked(opened: BinaryIO, member: Member, keep: bool) -> tuple[bytes, str]:
    """The bytes of a file if they are to be kept, and what is wrong with them; never more than it should have."""
    size, checksum, pieces = 0, 0, []
    try:
        for piece in _pieces(opened, member):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > member.listed.size:
                return b"", "it has more bytes than the zip says"
            if keep:
                pieces.append(piece)
    except zlib.error:
        return b"", "it cannot be unpacked"
    if size < member.listed.size:
        return b"", "it breaks off"
    return b"".join(pieces), "" if checksum == member.listed.checksum else "its checksum is another one"


def _pieces(opened: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    assert member.local is not None
    opened.seek(member.local.begin)
    left = member.listed.packed
    inflate = zlib.decompressobj(-15) if member.listed.method == DEFLATED else None
    while left > 0 and (data := opened.read(min(left, _PIECE))):
        left -= len(data)
        if inflate is None:
            yield data
            continue
        while data:
            yield inflate.decompress(data, _PIECE)
            data = inflate.unconsumed_tail
    if inflate is not None:
        yield inflate.flush()
