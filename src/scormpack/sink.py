"""Where packages are put: a folder, or an address such as `s3://bucket/folder` that fsspec has a driver for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from scormpack.package import write_file

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# Where a file is there as a whole or not at all, and where folders are a manner of speaking.
_OBJECTS: Final = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory")
_DIGESTS: Final = ("ETag", "etag", "md5Hash")  # as drivers call what changes with the bytes of a file
_TIMES: Final = ("LastModified", "last_modified", "mtime", "modified", "updated", "created", "uid")


class Written(NamedTuple):
    """A file that was put somewhere: its address, how many bytes, and their SHA-256 in hexadecimal digits.

    `mark` is what the place says of the file, and changes when another one is put there; empty where the bytes
    themselves can be looked at, and where the place says nothing.
    """

    address: str
    bytes: int
    sha256: str
    mark: str = ""

    @property
    def path(self) -> Path:
        """Where it is on the disk, if it was put into a folder."""
        return Path(self.address)


class Noted(Protocol):
    """What has to be known of a file to find out whether it is still there."""

    @property
    def address(self) -> str: ...
    @property
    def bytes(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def mark(self) -> str: ...


class Sink(Protocol):
    """A place for files. It can be pickled, and used by several processes at once."""

    @property
    def address(self) -> str:
        """The place as it is written, without a slash at the end."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes see what is put there."""

    def inside(self, folder: str) -> Sink:
        """A folder in this place."""

    def put(self, name: str, data: bytes) -> Written:
        """Put a file there, whole or not at all; one that has these bytes is left as it is.

        Raises OSError with the reason if that is impossible.
        """

    def holds(self, file: Noted) -> bool:
        """Whether a file that was put there is still the same."""


def sink_of(out: str | Path) -> Sink:
    """The place that `out` names: a folder, or an address with `://` in it.

    Raises ValueError where nothing that is installed can write to such an address, with what to install.
    """
    kind, is_address, rest = str(out).partition("://")
    if isinstance(out, Path) or not is_address:
        return Folder(Path(out))
    if kind == "file":
        return Folder(_local(rest))
    _require(kind)
    return Elsewhere(f"{kind}://{rest.rstrip('/')}", kind)


def _local(rest: str) -> Path:
    from urllib.request import url2pathname  # here, because it takes longer than all the rest

    host, _, path = rest.partition("/")
    if host not in ("", "localhost"):
        raise ValueError(f"`file://{rest}` has two slashes where three belong: `file:///{rest}`.")
    return Path(url2pathname(f"/{path}"))


def _require(kind: str) -> None:
    ours = "Install what is missing with: pip install 'scormpack[cluster]'"
    try:
        from fsspec import get_filesystem_class
    except ImportError:
        raise ValueError(f"Addresses need fsspec. {ours}") from None
    try:
        get_filesystem_class(kind)
    except ImportError as error:
        raise ValueError(f"Nothing here can write to `{kind}://`. {ours if kind == 's3' else error}") from None
    except ValueError:
        raise ValueError(f"There is no kind of address `{kind}://`.") from None


@dataclass(frozen=True)
class Folder:
    """A folder on this machine, or one that several machines share."""

    path: Path
    is_shared = True

    @property
    def address(self) -> str:
        return self.path.as_posix()

    def inside(self, folder: str) -> Folder:
        return Folder(self.path / folder)

    def put(self, name: str, data: bytes) -> Written:
        """If the power fails the last files may be lost, and are put there again the next time.

        Waiting for the disk takes three times as long as making a package.
        """
        path = self.path / name
        if not _has(path, data):
            write_file(data, path, lasting=False)
        return Written(path.as_posix(), len(data), hashlib.sha256(data).hexdigest())

    def holds(self, file: Noted) -> bool:
        try:
            if os.stat(file.address).st_size != file.bytes:  # noqa: PTH116 - a `Path` for each would be felt
                return False  # nor is it a pipe, for which one would wait
            with open(file.address, "rb") as found:  # noqa: PTH123 - as above
                data = found.read(file.bytes + 1)
        except OSError:
            return False
        return len(data) == file.bytes and hashlib.sha256(data).hexdigest() == file.sha256


def _has(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


@dataclass(frozen=True)
class Elsewhere:
    """An address that fsspec has a driver for. It is opened when it is used, by each process for itself."""

    address: str
    kind: str

    @property
    def is_shared(self) -> bool:
        return self.kind != "memory"

    def inside(self, folder: str) -> Elsewhere:
        return Elsewhere(f"{self.address}/{folder}", self.kind)

    def put(self, name: str, data: bytes) -> Written:
        address = f"{self.address}/{name}"
        with _reasons():
            files, path = _opened(address)
            if not _has_digest(files, path, data):
                self._write(files, path, data)
            mark = _mark(_info(files, path))
        return Written(address, len(data), hashlib.sha256(data).hexdigest(), mark)

    def _write(self, files: AbstractFileSystem, path: str, data: bytes) -> None:
        if self.kind in _OBJECTS:
            files.pipe_file(path, data)
            return
        folder, _, name = path.rpartition("/")
        part = f"{folder}/.{name}.{os.urandom(8).hex()}.part"
        files.makedirs(folder, exist_ok=True)
        try:
            files.pipe_file(part, data)
            files.mv(part, path)
        except BaseException:
            with suppress(Exception):
                files.rm_file(part)
            raise

    def holds(self, file: Noted) -> bool:
        try:
            found = _info(*_opened(file.address))
        except Exception:  # whatever a driver raises: it is put there again, and that says why it cannot be
            return False
        return bool(file.mark) and (found.get("size"), _mark(found)) == (file.bytes, file.mark)


def _opened(address: str) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs

    files, path = url_to_fs(address)
    return files, path


def _info(files: AbstractFileSystem, path: str) -> Mapping[str, Any]:
    """What the place says of a file now, not what it said before."""
    files.invalidate_cache(path)
    found: Mapping[str, Any] = files.info(path)
    return found


def _has_digest(files: AbstractFileSystem, path: str, data: bytes) -> bool:
    """Whether the file is there with these bytes, where the place says their MD5: S3 does, mostly."""
    try:
        found = _info(files, path)
    except FileNotFoundError:
        return False
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return found.get("size") == len(data) and str(found.get("ETag", "")).strip('"') == digest


def _mark(found: Mapping[str, Any]) -> str:
    """A digest if there is one, else the times."""
    digests = [f"{name}={found[name]}" for name in _DIGESTS if found.get(name)]
    return " ".join(digests or [f"{name}={found[name]}" for name in _TIMES if found.get(name)])


@contextmanager
def _reasons() -> Iterator[None]:
    """An OSError for whatever a driver raises."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{error}" or type(error).__name__) from error
