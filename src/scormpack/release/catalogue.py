"""The trainer's catalogue of a release: what every module is, and which provider has what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from scormpack.content.module import Module
from scormpack.inspect.judgement import ORDER, Change
from scormpack.release.record import Head, ProviderLine
from scormpack.render.brand import brand_css
from scormpack.report.words import counted, dated, listed
from scormpack.targets import TARGETS
from scormpack.templates import render_template

_COLOUR = "#1F5F6B"  # of a page that is not one provider's


@dataclass
class Tally:
    """A module in a release: which versions it takes the place of, for how many packages it is what, and why.

    `sizes` has the largest package for each target, `waived` what was found in it and let pass, `printed` the kinds
    of papers that come with it.
    """

    module: Module
    was: set[str] = field(default_factory=set)
    changes: Counter[Change] = field(default_factory=Counter)
    reasons: dict[str, None] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    waived: dict[str, None] = field(default_factory=dict)
    printed: dict[str, None] = field(default_factory=dict)

    @property
    def before(self) -> list[str]:
        """The other versions that it takes the place of."""
        return sorted(self.was - {self.module.version})

    @property
    def gravest(self) -> int:
        """What comes first, as a trainer has to act on it: the gravest change that it has."""
        return min((ORDER.index(change) for change, count in self.changes.items() if count), default=len(ORDER))

    def plain(self) -> dict[str, object]:
        """The module for programs."""
        return {
            "module": self.module.id,
            "version": self.module.version,
            "was": sorted(self.was),
            "title": self.module.title,
            "minutes": self.module.duration_minutes,
            "audiences": list(self.module.audiences),
            "changes": {change.value: count for change, count in self.changes.items()},
            "reasons": list(self.reasons),
            "sizes": self.sizes,
            "waived": list(self.waived),
            "printed": list(self.printed),
        }


@dataclass(frozen=True)
class Holder:
    """A provider in the catalogue: where its folder is, and in what it differs from having the newest of all."""

    id: str
    name: str
    release: str
    folder: str
    newest: int
    older: tuple[str, ...]
    missing: tuple[str, ...]


def holder(line: ProviderLine, release: str, newest: Mapping[str, Module], folder: str) -> Holder:
    """What to say of a provider that got its last packages in `release`."""
    has = {row.module: row.version for row in line.has}
    return Holder(
        id=line.provider,
        name=line.name,
        release=release,
        folder=folder,
        newest=sum(has.get(name) == module.version for name, module in newest.items()),
        older=tuple(
            f"{module.title} {has[name]}"
            for name, module in newest.items()
            if name in has and has[name] != module.version
        ),
        missing=tuple(module.title for name, module in newest.items() if name not in has),
    )


def catalogue_page(
    head: Head,
    publisher: str,
    tallies: Mapping[str, Tally],
    holders: Iterator[Holder],
    plugins: Mapping[str, int],
) -> str:
    """The page: it reads without its script, which searches. `plugins` has how many were given each, by its file."""
    return render_template(
        "release/catalogue.html.j2",
        head=head,
        publisher=publisher,
        modules=sorted(tallies.values(), key=lambda each: (each.gravest, each.module.title)),
        holders=list(holders),
        plugins=plugins,
        Change=Change,
        kinds={name: target.title for name, target in TARGETS.items()},
        colours=brand_css(_COLOUR),
        counted=counted,
        dated=dated,
        listed=listed,
        megabytes=lambda size: f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{max(size / 1000, 1):.0f} kB",
    )


def as_json(
    head: Head,
    tallies: Mapping[str, Tally],
    plugins: Mapping[str, int],
    lines: Iterator[ProviderLine],
    file: TextIO,
) -> None:
    """Write the catalogue for programs: what was given out, provider by provider."""
    modules = [each.plain() for each in tallies.values()]
    found = {**head.model_dump(mode="json"), "modules": modules, "plugins": plugins}
    file.write(json.dumps(found, ensure_ascii=False)[:-1])
    file.write(', "providers": [')
    for number, line in enumerate(lines):
        file.write(",\n" if number else "\n")
        file.write(json.dumps(line.model_dump(mode="json"), ensure_ascii=False))
    file.write("\n]}\n")
