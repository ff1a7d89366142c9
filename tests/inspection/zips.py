"""Zips as strangers make them: written by hand, so that anything in them can be wrong."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLLOWS, UTF8 = 8, 1 << 11  # flags


@dataclass(frozen=True)
class File:
    """A file in a zip. `listed` and `local` say what is not so in the list, or before the file."""

    name: str | bytes
    data: bytes = b"data"
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    system: int = 3
    extra: bytes = b""
    packed: bytes | None = None
    listed: Mapping[str, int | bytes] = field(default_factory=dict)
    local: Mapping[str, int | bytes] = field(default_factory=dict)

    def fields(self, offset: int) -> dict[str, int | bytes]:
        name = self.name.encode() if isinstance(self.name, str) else self.name
        flags = self.flags | (0 if name.isascii() or not isinstance(self.name, str) else UTF8)
        return {
            "name": name,
            "method": self.method,
            "flags": flags,
            "checksum": zlib.crc32(self.data),
            "packed": len(self.bytes),
            "size": len(self.data),
            "offset": offset,
            "extra": self.extra,
        }

    @property
    def bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.data
        squeeze = zlib.compressobj(wbits=-15)
        return squeeze.compress(self.data) + squeeze.flush()


PAGE = File("index.html", b"<!doctype html><title>A page</title>")


def pack(name: str, files: Mapping[str, bytes]) -> Path:
    """A zip as it should be, in the file `name`."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(name, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return Path(name)


def zipped(*files: File, before: bytes = b"", comment: bytes = b"", end: Mapping[str, int] = {}) -> bytes:
    """A zip with these files; `end` says what is not so at its end."""
    body, listing, offset = [], [], 0
    for file in files:
        fields = file.fields(offset)
        body.append(_local({**fields, **file.local}) + file.bytes)
        listing.append(_central({**fields, **file.listed}, file.mode, file.system))
        offset += len(body[-1])
    directory = b"".join(listing)
    said = {"disk": 0, "count": len(files), "length": len(directory), "offset": offset, **end}
    counts = struct.pack("<4H", said["disk"], said["disk"], said["count"], said["count"])
    last = struct.pack("<2LH", said["length"], said["offset"], len(comment))
    return b"".join([before, *body, directory, b"PK\5\6", counts, last, comment])


def _local(said: Mapping[str, int | bytes]) -> bytes:
    sums = struct.pack("<3L", said["checksum"], said["packed"], said["size"])
    name, extra = bytes(said["name"]), bytes(said["extra"])
    head = b"PK\3\4" + struct.pack("<5H", 20, said["flags"], said["method"], 0, 33)
    return head + sums + struct.pack("<2H", len(name), len(extra)) + name + extra


def _central(said: Mapping[str, int | bytes], mode: int, system: int) -> bytes:
    sums = struct.pack("<3L", said["checksum"], said["packed"], said["size"])
    name, extra = bytes(said["name"]), bytes(said["extra"])
    head = b"PK\1\2" + struct.pack("<6H", system << 8 | 20, 20, said["flags"], said["method"], 0, 33)
    last = struct.pack("<5H2L", len(name), len(extra), 0, 0, 0, mode << 16 & 0xFFFFFFFF, said["offset"])
    return head + sums + last + name + extra


def kept(file: Path, *files: File, before: bytes = b"", comment: bytes = b"", end: Mapping[str, int] = {}) -> Path:
    """The zip on disk."""
    file.write_bytes(zipped(*files, before=before, comment=comment, end=end))
    return file
