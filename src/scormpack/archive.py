"""What a stranger's zip or folder holds, as it is: read within bounds, written nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.package import Entry, Package, read_zip


@dataclass(frozen=True)
class Archive:
    """The files that could be read, and what is wrong with how they are kept.

    In `package` are the files that can be read safely, under the names that they have in the archive. It is None
    where nothing could be read: then `findings` say why.
    """

    package: Package | None
    findings: tuple[Diagnostic, ...] = ()


def read_archive(file: Path) -> Archive:
    """Whatever a zip or a folder from anywhere holds. Nothing is raised for what is in it, and nothing is written."""
    if file.is_dir():
        return Archive(_read_folder(file))
    try:
        return Archive(read_zip(file))
    except ContentError as error:
        return Archive(None, error.diagnostics)


def _read_folder(folder: Path) -> Package:
    files = sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    return Package(
        folder.name, tuple(Entry(each.relative_to(folder).as_posix(), each.read_bytes()) for each in files)
    )
