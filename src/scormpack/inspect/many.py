"""Many packages at once: where they are, and a verdict on each of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from scormpack.diagnostics import Place, our_mistake
from scormpack.inspect.verdict import Verdict, inspect
from scormpack.package import DESCRIPTORS, PKG_13
from scormpack.processes import results_of
from scormpack.source.files import shown

_ZIPS: Final = (".zip", ".pif")  # the second by the older content packaging specification
_PAGES: Final = (".html", ".htm")
_AICC: Final = (".au", ".crs")  # what AICC has in the place of a descriptor


def packages_in(path: Path) -> list[Path]:
    """The packages at `path`: a file or an unpacked package itself, or those in a folder of packages, by name.

    A folder is an unpacked package if it has a descriptor or a page. In any other one, zips and unpacked packages are
    looked for at any depth. If there is none, whoever reads it may say what is wrong with it.
    """
    if not path.is_dir() or _has_descriptor(path) or any(name.lower().endswith(_PAGES) for name in _names(path)):
        return [path]
    return list(_inside(path)) or [path]


def _inside(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not path.is_dir() or _has_descriptor(path):
            yield path
            continue
        for name in reversed(_names(path)):
            each = path / name
            if _may_hold(each):
                waiting.append(each)


def _may_hold(path: Path) -> bool:
    """Whether it is a package, or a folder that may hold some."""
    if path.is_dir():
        return not path.is_symlink() and not path.name.startswith((".", "__MACOSX"))
    return path.name.lower().endswith(_ZIPS)


def _names(folder: Path) -> list[str]:
    """What lies in the folder; nothing if that is nobody's business."""
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []


def _has_descriptor(folder: Path) -> bool:
    return any(name.lower() in DESCRIPTORS or name.lower().endswith(_AICC) for name in _names(folder))


def inspect_all(files: Sequence[Path], processes: int = 1) -> Iterator[Verdict]:
    """A verdict on each of `files`, in their order. With several `processes`, as many are read at once.

    What goes wrong in here is a finding about that package (PKG-13), and stops no other.
    """
    if len(files) > 1:  # or what each package leaves behind would lie there until it is hundreds of megabytes
        gc.set_threshold(20_000, 50, 50)
    return results_of(files, lambda file: [_inspected(file)], processes)


def _inspected(file: Path) -> Verdict:
    try:
        return inspect(file)
    except Exception as error:
        place = Place(shown(file), outside=True)
        return Verdict(shown(file), (), False, (our_mistake(PKG_13, error, place),))
