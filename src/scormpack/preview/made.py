"""What can be shown: a package in memory, and what was found in making it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from scormpack.diagnostics import Diagnostic
from scormpack.package import Package

_DIGEST = 8  # bytes


@dataclass(frozen=True)
class Made:
    """A package, or the last one that could be made; None where none ever could.

    `standard` is the driver that plays it, `stamp` changes with its bytes. With `stale` the findings say why it is
    not the newest.
    """

    title: str
    version: str = ""
    standard: str = "web"
    package: Package | None = None
    stamp: str = ""
    findings: tuple[Diagnostic, ...] = ()
    stale: bool = False


def stamp_of(package: Package) -> str:
    """A word that changes with any byte of `package`."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for entry in package.entries:
        found.update(f"{len(entry.path)} {len(entry.data)} {entry.path}".encode())
        found.update(entry.data)
    return found.hexdigest()
