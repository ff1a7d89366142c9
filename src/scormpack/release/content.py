"""Fingerprints of what a package is made from, so that two that differ can be told why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scormpack.cache import LARGEST, named
from scormpack.content.library import Library
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError
from scormpack.source.files import is_there, read_bytes
from scormpack.vocabulary import AssetPath, references

# What no learner and no platform meets, and the version itself.
_BESIDE = {"version", "released_on", "waive", "review", "agreed", "todo_before_release"}


def content_of(module: Module, library: Library) -> str:
    """A name for what the module says: the same until something in its own folder that learners meet has changed."""
    own, shared = library.folder / module.id / "media", library.folder / "media"
    names = sorted({str(word) for word, _, _ in references(module) if isinstance(word, AssetPath)})
    files = (own / name if is_there(own / name) or not is_there(shared / name) else shared / name for name in names)
    return named(module.model_dump_json(exclude=_BESIDE).encode(), *(_bytes(file, library.folder) for file in files))


def details_of(provider: Provider, library: Library) -> str:
    """A name for what is the provider's own: its name, its colours, its logo and its local details."""
    logo = provider.brand.logo
    data = _bytes(library.folder / "providers" / logo, library.folder) if logo else b""
    return named(provider.model_dump_json(exclude={"waive", "platform"}).encode(), data)


def shared_of(library: Library) -> str:
    """A name for what all modules share: contacts, the glossary, notices, recommendations and settings."""
    return named(*_shared(library))


def _shared(library: Library) -> Iterator[bytes]:
    yield library.settings.model_dump_json(exclude={"waive", "targets", "courses", "topics", "profile"}).encode()
    for register in (library.contacts, library.glossary, library.frameworks, library.recommendations):
        for node in register.values():
            yield node.model_dump_json(exclude={"waive", "todo_before_release"}).encode()


def _bytes(file: Path, root: Path) -> bytes:
    """What is in `file`; nothing where it cannot be read, which the build will say."""
    try:
        return read_bytes(file, root, LARGEST)
    except ContentError:
        return b""
