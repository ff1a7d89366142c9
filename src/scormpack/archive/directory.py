"""The list of its files that a zip has at its end (APPNOTE.TXT 4.3.12 to 4.3.16)."""

from __future__ import annotations

import re
import struct
from binascii import crc32
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from scormpack.archive.bounds import LARGEST_LIST, MOST_FILES

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_FILE: Final = struct.Struct("<4s4B4HL2L5H2L")
_EXTRA: Final = struct.Struct("<HH")
_TAIL: Final = 65_535 + _END.size + _LOCATOR.size + _END_64.size  # bytes in which the end has to be
_FULL, _FULL_SHORT = 0xFFFFFFFF, 0xFFFF  # for what only Zip64 can say
_SAY_THE_MODE: Final = (3, 19)  # Unix and macOS, in "version made by" (APPNOTE 4.4.2)
_NAME_IN_UTF8: Final = 0x7075  # an extra field (APPNOTE 4.6.9)


class BrokenError(Exception):
    """Why a list cannot be read at all."""


class Listed(NamedTuple):
    """A file as the list has it. `utf8` is a second name that some writers put in."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    mode: int
    offset: int
    utf8: bytes


class Directory(NamedTuple):
    """The list. `before` bytes stand before the zip, `says` is how many files there should be."""

    files: tuple[Listed, ...]
    before: int
    says: int
    is_64: bool
    has_second_end: bool


class _End(NamedTuple):
    """The end of a zip: where the list begins, as it says, and where the list ends."""

    files: int
    length: int
    offset: int
    at: int
    is_64: bool
    has_second: bool


def read_directory(file: BinaryIO, size: int) -> Directory:
    """The list at the end of a zip of `size` bytes. Raises BrokenError where there is none that can be read."""
    end = _end(file, size)
    before = end.at - end.length - end.offset
    if before < 0:
        raise BrokenError("its list of files is not where its end says")
    if end.length > LARGEST_LIST:
        raise BrokenError(f"it needs {end.length:,} bytes to list its files")
    file.seek(before + end.offset)
    files = tuple(islice(_files(file.read(end.length)), MOST_FILES + 1))
    return Directory(files, before, end.files, end.is_64, end.has_second)


def _end(file: BinaryIO, size: int) -> _End:
    begin = max(0, size - _TAIL)
    file.seek(begin)
    tail = file.read(_TAIL)
    at = _place_of_end(tail)
    _, disk, first, _, count, length, offset, _ = _END.unpack_from(tail, at)
    if (disk, first) not in ((0, 0), (_FULL_SHORT, _FULL_SHORT)):
        raise BrokenError("it is one part of several")
    has_second = any(_reaches_end(tail, found.start()) for found in re.finditer(b"PK\5\6", tail[:at]))
    end = _End(count, length, offset, begin + at, False, has_second)
    return _end_64(file, tail, at, end) if _FULL in end or count == _FULL_SHORT else end


def _place_of_end(tail: bytes) -> int:
    """The last end whose comment fits is the one that Java, Python and Info-ZIP take."""
    at = len(tail)
    while (at := tail.rfind(b"PK\5\6", 0, at)) >= 0:
        if at + _END.size <= len(tail) and at + _END.size + _END.unpack_from(tail, at)[-1] <= len(tail):
            return at
    raise BrokenError("its end is missing")


def _reaches_end(tail: bytes, at: int) -> bool:
    """Whether what looks like an end has a comment that reaches to the end of the file."""
    return at + _END.size <= len(tail) and at + _END.size + _END.unpack_from(tail, at)[-1] == len(tail)


def _end_64(file: BinaryIO, tail: bytes, at: int, end: _End) -> _End:
    """The end with the larger numbers, where there is one."""
    if at < _LOCATOR.size:
        return end
    mark, _, where, _ = _LOCATOR.unpack_from(tail, at - _LOCATOR.size)
    if mark != b"PK\6\7":
        return end
    guess = end.at - _LOCATOR.size - _END_64.size  # where it is, unless somebody has added to it
    for place in (guess, where):
        file.seek(max(0, min(place, end.at)))
        found = file.read(_END_64.size)
        if len(found) == _END_64.size and found.startswith(b"PK\6\6"):
            *_, count, length, offset = _END_64.unpack(found)
            return end._replace(files=count, length=length, offset=offset, at=place, is_64=True)
    raise BrokenError("its Zip64 end is missing")


def _files(data: bytes) -> Iterator[Listed]:
    """Each file of the list, as far as it can be read."""
    at = 0
    while at + _FILE.size <= len(data) and data.startswith(b"PK\1\2", at):
        fields = _FILE.unpack_from(data, at)
        flags, method, _, _, checksum, packed, size, name, extra, comment, _, _, attributes, offset = fields[5:]
        begin = at + _FILE.size
        at = begin + name + extra + comment
        if at > len(data):
            return
        more = _extras(data[begin + name : begin + name + extra])
        size, packed, offset = _large(more.get(1, b""), size, packed, offset)
        raw = data[begin : begin + name]
        second = _second_name(more.get(_NAME_IN_UTF8, b""), raw)
        mode = attributes >> 16 if fields[2] in _SAY_THE_MODE else 0
        yield Listed(raw, flags, method, checksum, packed, size, mode, offset, second)


def _second_name(field: bytes, name: bytes) -> bytes:
    """A name in UTF-8, if it is meant for this name: it has a checksum of it (APPNOTE 4.6.9)."""
    return field[5:] if int.from_bytes(field[1:5], "little") == crc32(name) else b""


def _extras(data: bytes) -> dict[int, bytes]:
    """The extra fields of a file, by their numbers."""
    found: dict[int, bytes] = {}
    at = 0
    while at + _EXTRA.size <= len(data):
        number, length = _EXTRA.unpack_from(data, at)
        at += _EXTRA.size + length
        found.setdefault(number, data[at - length : at])
    return found


def _large(field: bytes, *numbers: int) -> Iterator[int]:
    """The numbers, with those from the Zip64 field that do not fit into four bytes (APPNOTE 4.5.3)."""
    for number in numbers:
        if number == _FULL and len(field) >= 8:
            number = int.from_bytes(field[:8], "little")
            field = field[8:]
        yield number
