"""Packages as they would be called without the letters that change with what is in a file."""

from __future__ import annotations

import re
from pathlib import Path

from scormpack.package import Entry, Package, read_zip

_STAMP = re.compile(rb"(?<=[\w.])-[0-9a-f]{8}(?=\.[A-Za-z0-9]{2,5}\b)")
_TEXTS = (".html", ".xml", ".css")


def plain(text: str) -> str:
    """A path, or a text with paths in it, without stamps."""
    return _STAMP.sub(b"", text.encode()).decode()


def plain_entries(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The same files: none, and no reference to one, has a stamp."""
    return tuple(
        Entry(plain(each.path), _STAMP.sub(b"", each.data) if each.path.endswith(_TEXTS) else each.data)
        for each in entries
    )


def read_plain(file: Path) -> Package:
    """The package in a zip, without stamps."""
    package = read_zip(file)
    return Package.of(package.name, plain_entries(package.entries))


def in_order(manifest: bytes) -> bytes:
    """A manifest with its files in the order of their plain names: that of stamped ones changes with their bytes."""
    lines = manifest.split(b"\n")
    named = [line for line in lines if b"<file href=" in line]
    files = iter(sorted(named, key=lambda line: (b"index.html" not in line, line)))
    return b"\n".join(next(files) if b"<file href=" in line else line for line in lines)
