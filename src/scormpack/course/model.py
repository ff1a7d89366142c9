"""Course: a module together with everything that its words refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self, TypeVar

from scormpack.blocks import Block
from scormpack.content.library import Contact, Framework, Settings, Term
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.content.recommendation import Recommendation
from scormpack.course.iri import module_iri
from scormpack.course.words import Words
from scormpack.package import stamped

Kind = TypeVar("Kind", bound=Block)


@dataclass(frozen=True)
class Asset:
    """A media file: its path in the package, the file it is copied from, its bytes."""

    path: str
    file: Path
    data: bytes

    def stamped(self) -> Self:
        """The same, called by what is in it: see `stamped` in package.py."""
        return replace(self, path=stamped(self.path, self.data))


@dataclass(frozen=True)
class Picture(Asset):
    """A picture with its size in pixels, and the same one in other widths: a phone takes the one that it needs."""

    width: int
    height: int
    others: tuple[Picture, ...] = ()

    def stamped(self) -> Self:
        """The same, and its other widths, called by what is in them."""
        return replace(super().stamped(), others=tuple(each.stamped() for each in self.others))

    def srcset(self) -> str:
        """All the widths, for a browser to choose from (HTML, `srcset` of <img>)."""
        widths = sorted((self, *self.others), key=lambda picture: picture.width)
        return ", ".join(f"{picture.path} {picture.width}w" for picture in widths)


@dataclass(frozen=True)
class LocalDetail:
    """A slot as the provider filled it; `value` is None where it has not."""

    name: str
    label: str
    kind: str
    value: str | None


@dataclass(frozen=True)
class Course:
    """What is rendered and packed: the authors' own blocks, and a place to find each thing they name.

    `recalled` has the titles of the modules that its questions bring back. `overdue` says that the review of the
    module is overdue, which a banner shows to the learner.
    """

    module: Module
    provider: Provider
    settings: Settings
    words: Words
    contacts: Mapping[str, Contact]
    local: Mapping[str, LocalDetail]
    assets: Mapping[str, Asset]
    glossary: Mapping[str, Term]
    recommendations: Mapping[str, Recommendation]
    frameworks: Mapping[str, Framework]
    recalled: Mapping[str, str] = field(default_factory=dict)
    logo: Picture | None = None
    overdue: bool = False

    @property
    def iri(self) -> str:
        """The module's name in learning records; empty where the library controls no IRI."""
        return module_iri(self.settings.authority, self.module.id)

    def files(self) -> Iterator[Asset]:
        """Every media file of the package."""
        yield from self.media()
        if self.logo:
            yield self.logo

    def media(self) -> Iterator[Asset]:
        """Every media file of the module, the same for all providers."""
        for asset in self.assets.values():
            yield asset
            if isinstance(asset, Picture):
                yield from asset.others

    def blocks(self, kind: type[Kind]) -> Iterator[Kind]:
        """Every block of this kind, in the order of the pages."""
        return self.module.blocks(kind)
