"""Entries, packages and zips: files with names, and the same bytes every time."""

from __future__ import annotations

import datetime
import os
import re
import struct
import time
from binascii import crc32
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from scormpack.diagnostics import Code, ContentError, Place, Problems, Severity

if TYPE_CHECKING:
    import zipfile

DESCRIPTORS = ("imsmanifest.xml", "tincan.xml", "cmi5.xml")

ACC_09: Final = Code(
    "ACC-09",
    "Page that plays or moves on by itself",
    Severity.ERROR,
    "A voice that starts beside a dying person; a page that is gone before it is read (WCAG 2.2, 1.4.2, 2.2.1).",
    "Let the learner start it, and take the time that she needs.",
    refused="`autoplay` and `time_limit` do not exist.",
)
PKG_02: Final = Code(
    "PKG-02",
    "Names that differ in case only",
    Severity.ERROR,
    "A platform on Windows keeps only one of the two.",
    "Rename one of them.",
    refused="Nor may the media files of a module differ only in their capital letters.",
)
PKG_10: Final = Code(
    "PKG-10",
    "Package that cannot be unpacked safely",
    Severity.ERROR,
    "A platform refuses such a zip file, or is harmed by it: either way, no worker can open the course.",
    "Build the package again.",
)
PKG_11: Final = Code(
    "PKG-11",
    "Package that cannot be written",
    Severity.ERROR,
    "Without the file there is nothing to upload, and nothing for a worker to learn from.",
    "Check that the folder is writable, that the disk has space and that no program has the file open.",
)

PKG_12: Final = Code(
    "PKG-12",
    "Package that could not be made",
    Severity.ERROR,
    "Something in scormpack itself went wrong. One package is missing; all the others are there.",
    "Run the command again. If it fails again, report it, with the words of this message.",
)
PKG_13: Final = Code(
    "PKG-13",
    "Package that could not be judged",
    Severity.ERROR,
    "Something in scormpack itself went wrong. Of this package nobody knows what a worker would meet in it.",
    "Run the command again. If it fails again, report it, with the words of this message.",
)

_DAYS = datetime.date(1980, 1, 1), datetime.date(2107, 12, 31)  # that a zip can tell
_UNIX_FILE = (0o100644 << 16) & 0xFFFFFFFF
_ALREADY_SMALL = (".png", ".jpg", ".jpeg", ".webp", ".mp3", ".mp4", ".m4a", ".webm", ".woff2")
_DEFLATE, _STORED = 8, 0
_PART = ".part"
_LONG_AGO = 600  # seconds; nobody writes a file for that long
_LEVEL = 6  # 9 takes twice as long for a hundredth less, and platforms unpack it anyway


@dataclass(frozen=True)
class Entry:
    """A file in a package: its path there, and its bytes."""

    path: str
    data: bytes

    @cached_property
    def packed(self) -> Packed:
        """What a zip keeps of the file. It is worked out once, however many packages the entry is in."""
        return _packed(self)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)


class Distant(Entry):
    """A file whose bytes are fetched by `read` whenever somebody asks for them, because they are many."""

    def __init__(self, path: str, size: int, read: Callable[[], bytes]) -> None:
        object.__setattr__(self, "path", path)
        self._size, self._read = size, read

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self._read()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._size


class Unread(Entry):
    """A file that is there and whose bytes nobody has read: they are damaged, or too many. There is no `data`."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(path, b"")
        self._size = size

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._size


class Packed(NamedTuple):
    """The bytes that a zip keeps, how they were made from the file's, and what has to come out again."""

    data: bytes
    method: int
    checksum: int


def stamped(path: str, data: bytes) -> str:
    """`path` with eight letters before its ending that change with `data`: what has changed has another address.

    Browsers and platforms may keep a file for as long as they like and never show an old one.
    """
    stem, dot, ending = path.rpartition(".")
    return f"{stem}-{crc32(data):08x}{dot}{ending}"


class Package(NamedTuple):
    """A name and entries: the descriptor first, then by path; no two paths equal after case folding.

    `day` is the date of its files. A server that knows no more of a file than its date lets browsers keep it the
    longer, the older it is (RFC 9111, 4.2.2).
    """

    name: str
    entries: tuple[Entry, ...]
    day: datetime.date = _DAYS[0]

    @staticmethod
    def of(name: str, entries: Iterable[Entry], day: datetime.date | None = None) -> Package:
        """A package with its entries in order; without a `day` its files have the first that a zip can tell.

        A repeated path is a mistake of ours, so an AssertionError.
        """
        ordered = tuple(sorted(entries, key=lambda entry: (entry.path not in DESCRIPTORS, entry.path)))
        folded = [entry.path.casefold() for entry in ordered]
        assert len(set(folded)) == len(folded), f"two entries share a path: {folded}"
        return Package(name, ordered, min(max(day or _DAYS[0], _DAYS[0]), _DAYS[1]))

    def find(self, path: str) -> Entry | None:
        """The entry at `path`, in this spelling."""
        return next((entry for entry in self.entries if entry.path == path), None)


def zip_bytes(package: Package) -> bytes:
    """`package` as a zip: equal entries give equal bytes on every machine and Python.

    Written by hand because the standard library compresses with whatever zlib it was built with, and those
    differ (zlib, zlib-ng). Format: APPNOTE.TXT 4.3 to 4.4; no ZIP64, which some platforms cannot read.
    """
    body, directory, offset = [], [], 0
    date = package.day.year - 1980 << 9 | package.day.month << 5 | package.day.day
    for entry in package.entries:
        name = entry.path.encode("ascii")
        data, method, checksum = entry.packed
        sizes = struct.pack("<HHHIII", method, 0, date, checksum, len(data), len(entry.data))
        local = struct.pack("<4sHH", b"PK\x03\x04", 20, 0) + sizes + struct.pack("<HH", len(name), 0) + name
        central = struct.pack("<4sHHH", b"PK\x01\x02", 3 << 8 | 20, 20, 0) + sizes
        central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, _UNIX_FILE, offset) + name
        body += [local, data]
        directory.append(central)
        offset += len(local) + len(data)
    listing = b"".join(directory)
    count = len(package.entries)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join([*body, listing, end])


def _packed(entry: Entry) -> Packed:
    """The bytes deflated, where that makes them smaller."""
    data, checksum = entry.data, crc32(entry.data)
    if not entry.path.lower().endswith(_ALREADY_SMALL):
        import deflate  # here, because validation never needs it

        small = bytes(deflate.deflate_compress(data, _LEVEL))
        if len(small) < len(data):
            return Packed(small, _DEFLATE, checksum)
    return Packed(data, _STORED, checksum)


def write_file(data: bytes, file: Path, lasting: bool = True) -> None:
    """Write `data` so that a kill at any moment leaves either the old file or the new one.

    What need not be `lasting` may be lost if the power fails, and is written more quickly.
    """
    folder, begin = str(file.parent), f".{file.name}."
    name = os.path.join(folder, f"{begin}{os.urandom(8).hex()}{_PART}")  # noqa: PTH118 - of ten thousand
    try:  # from before there is such a file: Ctrl+C may come at any moment
        handle = _begun(name, folder, begin)
        with os.fdopen(handle, "wb") as part:
            part.write(data)
            part.flush()
            if hasattr(os, "fchmod"):  # not on Windows, which has no such rights
                os.fchmod(handle, 0o644)
            if lasting:
                os.fsync(handle)
        os.replace(name, file)  # noqa: PTH105 - files a `Path` each would be felt
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _begun(name: str, folder: str, begin: str) -> int:
    """A new file of this name, in place of those with this beginning that were never finished."""
    try:
        _clear(folder, begin)
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _clear(folder: str, begin: str) -> None:
    """Remove what somebody who was killed has left. A clock that was wrong then is no reason to keep it for ever."""
    with os.scandir(folder) as found:
        left = [each for each in found if each.name.startswith(begin) and each.name.endswith(_PART)]
    for each in left:
        with suppress(OSError):
            if abs(time.time() - each.stat(follow_symlinks=False).st_mtime) > _LONG_AGO:
                Path(each).unlink()


LARGEST = 500_000_000  # bytes unpacked; platforms cap what they take at a fraction of it
MOST_FILES = 20_000


def read_zip(file: Path) -> Package:
    """The package in a zip from anywhere. Raises ContentError (PKG-10) for what no platform could unpack safely."""
    import zipfile  # which takes long to load, and which nothing else here needs

    problems = Problems()
    entries: list[Entry] = []
    place = Place(file.as_posix(), outside=True)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            files = [info for info in members if not info.is_dir()]
            if len(files) > MOST_FILES or sum(info.file_size for info in files) > LARGEST:
                problems.add(PKG_10, "is too large to be unpacked", place)
                problems.stop()
            for info in members:
                _check_member(info, place, problems)
            if len({info.header_offset for info in members}) < len(members):
                problems.add(PKG_10, "two of its files lie in the same place", place, "Build the package again.")
            problems.stop()
            # A lying header cannot make more than it says: the library stops at `file_size`.
            entries = [Entry(info.filename, archive.read(info)) for info in files]
    except ContentError:
        raise
    except Exception as error:  # broken bytes raise more than zipfile says: IndexError, LZMAError
        problems.add(PKG_10, f"is not a zip that can be read: {error}", place, "Build the package again.")
    problems.stop()
    return Package(file.name, tuple(entries))


def _check_member(info: zipfile.ZipInfo, place: Place, problems: Problems) -> None:
    name = info.filename
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name):
        problems.add(PKG_10, f"`{name}` leads out of the package", place)
    if info.flag_bits & 1:
        problems.add(PKG_10, f"`{name}` is encrypted", place, "Make the zip without a password.")
    if info.external_attr >> 16 & 0o170000 == 0o120000:
        problems.add(PKG_10, f"`{name}` is a link to another file", place, "Put the file itself in.")
