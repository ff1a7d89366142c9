"""What has been worked out before, kept in a folder that can be deleted at any time.

What is kept is named by everything that it was made from, so that nothing stale can be found. It is read with care:
a folder like any other may come from anyone.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from io import FileIO
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from scormpack.package import write_file

_DIGEST = 20  # bytes
_MOST = 1_000  # files of one kind; the oldest go first
_MOST_BYTES = 500_000_000  # of one kind; of two, pictures are the larger by far
_NAME = rf"[0-9a-f]{{{2 * _DIGEST}}}(?:\.json)?"
_OURS = re.compile(rf"{_NAME}|\.{_NAME}\.\w+\.part|\w+\.sqlite(?:-journal)?")
LARGEST = 60_000_000  # bytes of one file; no library has larger ones


def named(*parts: bytes) -> str:
    """One name for all of `parts`, in their order."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


class Cache:
    """Bytes by name, kinds apart, in `folder`; without a folder nothing is kept and nothing is found."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def keeps(self) -> bool:
        """Whether anything can be kept, and found again."""
        return self._folder is not None

    def file(self, name: str) -> Path | None:
        """Where something may be kept in a file of its own; None where nothing is kept."""
        return self._folder / name if self._folder else None

    def get(self, kind: str, name: str) -> bytes | None:
        """What was kept under this name; None where there is nothing, or where it is damaged."""
        if self._folder is None:
            return None
        try:
            with self._folder.joinpath(kind, name).open("rb") as file:
                found = file.read(LARGEST + _DIGEST + 1)
        except OSError:
            return None
        digest, data = found[:_DIGEST], found[_DIGEST:]
        return data if digest == hashlib.blake2b(data, digest_size=_DIGEST).digest() else None

    def put(self, kind: str, name: str, data: bytes) -> None:
        """Keep `data` under this name. Where that is impossible it is made again the next time."""
        if self._folder is None or len(data) > LARGEST:
            return
        with suppress(OSError):
            folder = self._folder / kind
            write_file(hashlib.blake2b(data, digest_size=_DIGEST).digest() + data, folder / name, lasting=False)
            _make_room(folder)


def _make_room(folder: Path) -> None:
    """Remove the oldest files of one kind, so many that it is not to be done again soon."""
    kept = sorted(((status := each.stat()).st_mtime, each.path, status.st_size) for each in ours(folder))
    size = sum(each[2] for each in kept)
    if len(kept) <= _MOST and size <= _MOST_BYTES:
        return
    for number, (_, path, bytes_) in enumerate(kept):
        if len(kept) - number <= _MOST * 0.9 and size <= _MOST_BYTES * 0.9:
            break
        Path(path).unlink()
        size -= bytes_


def ours(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The files in a cache that commands have kept there: what anybody else put beside them is not among them.

    No link is followed.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for entry in sorted(found, key=lambda each: each.name):
            if entry.is_dir(follow_symlinks=False):
                yield from ours(Path(entry))
            elif entry.is_file(follow_symlinks=False) and _OURS.fullmatch(entry.name):
                yield entry


NOTHING = Cache(None)


def files(root: Path) -> Iterator[os.DirEntry[str]]:
    """All files and folders of the library `root`."""
    return _tree(root, lambda folder: _is_none_of_it(Path(folder), root))


def fingerprint(root: Path) -> bytes:
    """The names and bytes of all files of the library `root`, in one name. OSError where one cannot be read."""
    return named(*_contents(root)).encode()


def fingerprints(root: Path, apart: Iterable[str], without: str) -> dict[str, bytes]:
    """The same for the folders of `root` that are to be looked at `apart`, by their names; under "" for the rest.

    One folder is left out, `without` which it is.
    """
    found: dict[str, list[bytes]] = {name: [] for name in ("", *apart)}
    for entry in _all_but(root, without):
        folder = entry.path[len(str(root)) + 1 :].partition(os.sep)[0]
        found[folder if folder in found else ""] += _about(entry, root)
    return {name: named(*parts).encode() for name, parts in found.items()}


def looks(root: Path, without: str) -> bytes:
    """How all files that `fingerprints` reads look on the disk, in one name: it changes when one is written."""
    found = ((entry.path, entry.stat()) for entry in _all_but(root, without))
    return repr(
        [(path, each.st_mtime_ns, each.st_ctime_ns, each.st_size, each.st_ino) for path, each in found]
    ).encode()


def _all_but(root: Path, without: str) -> Iterator[os.DirEntry[str]]:
    return _tree(root, lambda folder: _is_none_of_it(Path(folder), root) or Path(folder) == root / without)


def _contents(root: Path) -> Iterator[bytes]:
    for entry in files(root):
        yield from _about(entry, root)


def _about(entry: os.DirEntry[str], root: Path) -> Iterator[bytes]:
    if entry.is_symlink() and entry.is_dir():
        raise OSError("a link to a folder: what lies behind it is not seen")
    yield os.fsencode(entry.path[len(str(root)) :])
    yield os.fsencode(Path(entry).readlink()) if entry.is_symlink() else b""
    yield _content(entry)


def _tree(root: Path | str, left_out: Callable[[os.DirEntry[str]], bool]) -> Iterator[os.DirEntry[str]]:
    """Whatever is in the folder `root` and below, in order, without the folders that are `left_out`.

    A `Path` for each of some hundred files would take longer than reading them.
    """
    with os.scandir(root) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if not (entry.is_dir() and left_out(entry)):
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _tree(entry.path, left_out)


def _is_none_of_it(folder: Path, root: Path) -> bool:
    """Whether a folder is somebody else's: hidden, or where packages are written if the library is right here."""
    return folder.name.startswith(".") or (folder == root / "build" and not (folder / "module.yaml").exists())


def _content(entry: os.DirEntry[str]) -> bytes:
    """The bytes of a file in one name; of anything else, and of a giant, what the disk says of it."""
    status = entry.stat()
    if S_ISREG(status.st_mode) and status.st_size <= LARGEST:
        with FileIO(entry.path) as file:
            return hashlib.blake2b(file.readall(), digest_size=_DIGEST).digest()
    times = () if S_ISDIR(status.st_mode) else (status.st_size, status.st_mtime_ns)
    return repr((status.st_mode, *times)).encode()


@cache
def tool() -> bytes:
    """The release and everything that it stands on: our own files as they are, the versions of the libraries."""
    own = _tree(Path(__file__).parent, lambda folder: folder.name == "__pycache__")
    stats = [(entry.stat().st_size, entry.stat().st_mtime_ns) for entry in own if entry.is_file()]
    libraries = sorted(each.name for place in map(Path, sys.path) for each in place.glob("*.dist-info"))
    return repr((sys.version, stats, libraries)).encode()
