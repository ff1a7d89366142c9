"""Files of the library, read with care: they may come from anyone."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from scormpack.diagnostics import Code, ContentError, Place
from scormpack.source.codes import SRC_04, SRC_05, SRC_06, SRC_07
from scormpack.source.signs import legible, refuse_unusable

LARGEST_TEXT = 500_000  # bytes; the longest text in the sample library has under 20,000


def shown(path: Path) -> str:
    """`path` as an author types it: relative to the current folder where it can be, with forward slashes.

    On one line: a name of a file may hold line ends, codes for the terminal, and bytes that are no text.
    """
    try:
        return legible(Path(os.path.relpath(path)).as_posix())
    except ValueError:  # another drive on Windows
        return legible(path.as_posix())


@lru_cache(maxsize=1_000)  # each file is named several times while it is read
def within(path: Path, root: Path) -> str:
    """`path`, a file below the folder `root`, as places name it: relative to that, and on one line."""
    return legible(path.relative_to(root).as_posix())


def refused(code: Code, message: str, path: Path, root: Path, hint: str = "") -> ContentError:
    """A ContentError about the file `path` of the library `root` as a whole."""
    return ContentError([code.finding(message, Place(within(path, root)), hint)])


def inside(path: Path, root: Path) -> Path:
    """`path`, unless a link leads from it out of `root` (SRC-05) or it is no file (SRC-04)."""
    if _is_plain(path, root):
        return path
    try:
        real = path.resolve()
        if not real.is_relative_to(root.resolve()):
            raise refused(SRC_05, "a link leads out of the library", path, root, "Put the file itself here.")
        if not real.is_file():
            raise refused(SRC_04, "there is no such file", path, root)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise refused(SRC_04, f"cannot be opened: {why}", path, root) from None
    return path


def _is_plain(path: Path, root: Path) -> bool:
    """Whether `path` is a file below `root`, and no link on the way: what nearly every file is, seen at a glance."""
    parts = path.relative_to(root).parts
    if ".." in parts:
        return False
    try:
        modes = [os.lstat(each).st_mode for each in accumulate(parts, "{}/{}".format, initial=str(root))][1:]
    except (OSError, ValueError):
        return False
    return bool(modes) and S_ISREG(modes[-1]) and not any(map(S_ISLNK, modes))


def is_there(path: Path) -> bool:
    """Whether something is at `path`, if only a broken link. What is forbidden counts: reading it says why."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def listed(folder: Path, pattern: str, root: Path) -> list[Path]:
    """What in `folder` of `root` is called like `pattern`, sorted; nothing if there is no such folder (SRC-04)."""
    try:
        next(folder.iterdir(), None)  # glob passes over what is forbidden
        return sorted(folder.glob(pattern))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise refused(SRC_04, f"cannot be listed: {error.strerror or error}", folder, root) from None


def read_bytes(path: Path, root: Path, largest: int) -> bytes:
    """The bytes of `path`, a file in `root` of at most `largest` bytes (SRC-04, SRC-05, SRC-06)."""
    try:
        with inside(path, root).open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # without it, there would be room made for the largest one
            data = file.read(min(size, largest) + 1)
            if len(data) > size:  # it has grown, or the disk does not know
                data += file.read(largest + 1 - len(data))
    except OSError as error:
        raise refused(SRC_04, f"cannot be read: {error.strerror or error}", path, root) from None
    if len(data) > largest:
        raise refused(SRC_06, f"is larger than {largest:,} bytes", path, root, "Split it, or make it smaller.")
    return data


def read_text(path: Path, root: Path, largest: int = LARGEST_TEXT) -> str:
    """The text of `path`, a UTF-8 file in `root`; SRC-07 if it is not UTF-8, SRC-01 for control characters."""
    data = read_bytes(path, root, largest)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Place(within(path, root), line)
        message = f"is not UTF-8 text (byte {error.start + 1})"
        raise ContentError([SRC_07.finding(message, place, "Save the file as UTF-8.")]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_unusable(text, within(path, root))
    return text
