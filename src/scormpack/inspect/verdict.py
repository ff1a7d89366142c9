"""Everything that is found in one package, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scormpack.archive import read_archive
from scormpack.check.package import check_any
from scormpack.diagnostics import Diagnostic
from scormpack.inspect.kinds import is_ours, kinds_of
from scormpack.package import Package


@dataclass(frozen=True)
class Verdict:
    """What a package is, and what is found in it.

    `kinds` are the targets that make such packages, empty where nothing could be read; `findings` are in the order of
    the archive, its names and pages, and each of the standards.
    """

    name: str
    kinds: tuple[str, ...]
    is_ours: bool
    findings: tuple[Diagnostic, ...]


def inspect(file: Path) -> Verdict:
    """Read the zip or folder `file`, and hold it against everything that is known of its kinds."""
    archive = read_archive(file)
    if archive.package is None:
        return Verdict(file.name, (), False, archive.findings)
    return judge(archive.package, archive.findings)


def judge(package: Package, found: tuple[Diagnostic, ...] = ()) -> Verdict:
    """Hold `package` against everything that is known of its kinds; `found` is what was found while it was read.

    The rules of the house are for our own packages only.
    """
    kinds, ours = kinds_of(package), is_ours(package)
    return Verdict(package.name, kinds, ours, (*found, *check_any(package, kinds, ours)))
