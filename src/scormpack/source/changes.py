"""What changes in a library while somebody works on it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from scormpack.source.word import Slug

OUT = "build"  # where packages are written: inside the library when that is the current folder
_READ = (".yaml", ".yml", ".md", ".vtt", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".m4a", ".mp4", ".webm")
_OFTEN = 200  # milliseconds between two looks at whether the folder is still the same one
_QUIET = 20  # milliseconds without another change, after which those before are told
_LONGEST = 400  # milliseconds for which changes are gathered that keep coming
# Folders on other machines tell nobody what changes in them; such file systems are looked through again and again.
_REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "fuse.rclone", "davfs", "vboxsf", "drvfs", "virtiofs")
_MOUNTS = Path("/proc/self/mounts")


def changes(
    folder: Path, ended: threading.Event | None = None, concerns: Callable[[Path], bool] | None = None
) -> Iterator[list[Path]]:
    """Yield once when the watch has begun, then what has changed, relative to `folder`, until `ended`.

    Only files that it `concerns` count; by default, those that may be part of a library. A new folder is named twice.
    Nothing is named where `folder` has come back after it was gone: a checkout may create it again.
    """
    from watchfiles import Change, watch

    ended = ended or threading.Event()
    counts = concerns or (lambda path: matters(path, folder))
    while not ended.is_set():
        watched, begun, gone = _identity(folder), False, threading.Event()
        fresh: set[Path] = set()

        def wanted(change: Change, name: str, gone: threading.Event = gone) -> bool:
            if change is Change.deleted and os.path.realpath(name) == os.path.realpath(folder):
                gone.set()  # a new folder may get the same number, and is watched by nobody
            return counts(Path(name))

        with suppress(FileNotFoundError):
            for found in watch(
                folder,
                watch_filter=wanted,
                debounce=_LONGEST,
                step=_QUIET,
                rust_timeout=_OFTEN,
                yield_on_timeout=True,
                stop_event=ended,
                force_polling=True if is_remote(folder) else None,
            ):
                paths = {_relative(Path(path), folder) for _, path in found}
                if paths or fresh or not begun:
                    begun = True
                    yield sorted(paths | fresh)
                # What is put into a new folder before it is watched is told by nobody: look at it once more.
                fresh = {path for path in paths if (folder / path).is_dir()}
                if gone.is_set() or _identity(folder) != watched:
                    break
        while _identity(folder) is None and not ended.wait(_OFTEN / 1000):
            pass


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _relative(path: Path, folder: Path) -> Path:
    return Path(os.path.relpath(os.path.realpath(path), os.path.realpath(folder)))


def matters(path: Path, folder: Path) -> bool:
    """Whether `path` may be part of a library: not an editor's own files, and not what a build writes."""
    inside = _relative(path, folder)
    if not inside.parts or any(part.startswith((".", "~")) for part in inside.parts):
        return False
    if inside.parts[0] == OUT and not (folder / OUT / "module.yaml").exists():
        return False
    return inside.suffix in _READ or Slug.fits(inside.name)  # a folder has no suffix


def is_remote(folder: Path) -> bool:
    """Whether `folder` lies on another machine, as far as this one says."""
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        return real.startswith("\\\\")
    try:
        mounts = [line.split() for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return False
    place = PurePosixPath(real)
    around = [(len(each[1]), each[2]) for each in mounts if len(each) > 2 and place.is_relative_to(each[1])]
    return bool(around) and max(around)[1].startswith(_REMOTE)
