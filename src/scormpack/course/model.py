"""Course: a module together with everything that its words refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scormpack.blocks import Block
from scormpack.content.library import Contact, Settings
from scormpack.content.module import Module
from scormpack.content.provider import Provider

Kind = TypeVar("Kind", bound=Block)


@dataclass(frozen=True)
class Asset:
    """A media file: its path in the package, the file it is copied from, its bytes."""

    path: str
    file: Path
    data: bytes


@dataclass(frozen=True)
class LocalDetail:
    """A slot as the provider filled it; `value` is None where it has not."""

    name: str
    label: str
    kind: str
    value: str | None


@dataclass(frozen=True)
class Course:
    """What is rendered and packed: the authors' own blocks, and a place to find each thing they name."""

    module: Module
    provider: Provider
    settings: Settings
    words: Mapping[str, str]
    contacts: Mapping[str, Contact]
    local: Mapping[str, LocalDetail]
    assets: Mapping[str, Asset]
    logo: Asset | None = None

    def blocks(self, kind: type[Kind]) -> Iterator[Kind]:
        """Every block of this kind, in the order of the pages."""
        return self.module.blocks(kind)
