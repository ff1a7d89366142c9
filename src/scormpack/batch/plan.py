"""What to build or to check: the modules, the providers and the targets that were asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scormpack.check.content import check_library
from scormpack.check.content.subject import Collection
from scormpack.check.waivers import impossible
from scormpack.content.library import Library
from scormpack.content.load import load_modules
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import ContentError, Diagnostic, Problems, has_error
from scormpack.road import let_pass
from scormpack.source.codes import FRM_04
from scormpack.source.node import nearest, read
from scormpack.source.yaml import Mapping as Located
from scormpack.targets import ALIASES, COURSE_TARGETS, TARGETS, Target

PUBLISHER = "provider"  # where a library has no providers its publisher is one, who has filled in nothing


class Wanted(NamedTuple):
    """What becomes one package for each provider and target: a module, or with `outline` a course of several."""

    modules: tuple[str, ...]
    outline: Outline | None = None

    @property
    def id(self) -> str:
        """What the package is called after."""
        return self.outline.id if self.outline else self.modules[0]


@dataclass(frozen=True)
class Plan:
    """What to build on a day: everything `wanted`, for every provider that is `named` and every target.

    `findings` are about the library as a whole, and about modules that cannot be read, which are not in `modules`.
    `targets` are those of a provider that names no platform, or of all if they were `asked` for. With `stopped`
    nothing can be built until the findings are fixed. With `overdue` a review that is due stops nothing.
    """

    library: Library
    day: datetime.date
    modules: tuple[Module, ...]
    wanted: tuple[Wanted, ...]
    named: tuple[str, ...]
    targets: tuple[Target, ...]
    asked: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    stopped: bool = False
    overdue: bool = False

    @property
    def size(self) -> int:
        """How many modules and courses for how many providers that is: each in one target or several."""
        return len(self.wanted) * len(self.named)

    @cached_property
    def by_id(self) -> dict[str, Module]:
        """The modules that could be read."""
        return {module.id: module for module in self.modules}

    @property
    def complete(self) -> bool:
        """Whether every module of the library was read."""
        return len(self.modules) == len(self.library.modules)

    def provider(self, name: str) -> Provider:
        """A provider that is named. Raises ContentError with its mistakes: they stop no other provider."""
        if name not in self.library.providers.names:
            return _publisher(self.library)
        provider = self.library.providers.read(name)
        if found := tuple(impossible(provider.waive)):
            raise ContentError(found)
        return provider

    def targets_of(self, provider: Provider) -> tuple[Target, ...]:
        """What is built for a provider: what was asked for, or suits its platform, or what the library says."""
        if self.asked or provider.platform is None:
            return self.targets
        from scormpack.platforms.known import targets_for  # here, because few providers name one

        names = targets_for(provider.platform, (), tuple(each.name for each in self.targets))
        return tuple(TARGETS[name] for name in names)

    @cached_property
    def every_target(self) -> tuple[Target, ...]:
        """What is built for any of the providers."""
        if self.asked:
            return self.targets
        found: dict[str, Target] = {}
        for name in self.named:
            with suppress(ContentError):
                found |= {each.name: each for each in self.targets_of(self.provider(name))}
        return tuple(found.values()) or self.targets

    @cached_property
    def barred(self) -> dict[str, tuple[Diagnostic, ...]]:
        """What is wrong with providers that are named, by their names."""
        return {name: found for name in self.named if (found := self._mistakes(name))}

    def _mistakes(self, name: str) -> tuple[Diagnostic, ...]:
        try:
            self.provider(name)
        except ContentError as error:
            return error.diagnostics
        return ()

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """The providers that are named, without those that are barred."""
        return tuple(self.provider(name) for name in self.named if name not in self.barred)


def plan(
    library: Library,
    day: datetime.date,
    modules: Sequence[str] = (),
    providers: Sequence[str] = (),
    targets: Sequence[str] = (),
    overdue: bool = False,
    courses: Sequence[str] = (),
) -> Plan:
    """The plan for what was named; where nothing is named, for everything that the library has.

    A course says itself which modules it has, so `courses` and `modules` are not named together.

    The names have to be the library's. Raises ContentError for a target in library.yaml that does not exist.
    """
    outlines = [library.courses[name] for name in dict.fromkeys(courses)]
    names = [name for each in outlines for name in each.all_modules()] if outlines else modules
    read, broken = _read(library, names)
    found = [finding for waive in _shared_waivers(library) for finding in impossible(waive)]
    found += let_pass(check_library(Collection(library, {module.id: module for module in read}, day)), overdue)
    asked = targets or (COURSE_TARGETS if outlines else ())
    wanted = [Wanted(each.all_modules(), each) for each in outlines] or [Wanted((module.id,)) for module in read]
    return Plan(
        library,
        day,
        tuple(read),
        tuple(wanted),
        tuple(dict.fromkeys(providers)) or library.providers.names or (PUBLISHER,),
        _targets(library, asked),
        tuple(asked),
        findings=(*found, *broken),
        stopped=has_error(found),
        overdue=overdue,
    )


def _read(library: Library, names: Iterable[str]) -> tuple[list[Module], list[Diagnostic]]:
    """The modules called, each once, and what is wrong with those that cannot be read."""
    read: list[Module] = []
    broken: list[Diagnostic] = []
    for module in load_modules(library, tuple(dict.fromkeys(names))):
        if isinstance(module, ContentError):
            broken += module.diagnostics
        else:
            read.append(module)
    return read, broken


def _shared_waivers(library: Library) -> Iterator[Iterable[Waiver]]:
    """Those that stand in no module's file and in no provider's."""
    yield from (each.waive for each in library.recommendations.values() if each.status != "retired")
    yield library.settings.waive


def _targets(library: Library, named: Iterable[str]) -> tuple[Target, ...]:
    names = [ALIASES.get(name, name) for name in named or library.settings.targets]
    problems = Problems()
    for name in names:
        if name not in TARGETS:
            place = library.settings.place("targets")
            problems.add(FRM_04, f"`targets`: there is no target `{name}`", place, nearest(name, list(TARGETS)))
    problems.stop()
    return tuple(TARGETS[name] for name in dict.fromkeys(names))


def providers_of(library: Library) -> tuple[Provider, ...]:
    """All the providers that can be read; where a library has none its publisher is one."""
    return tuple(library.providers.values()) if library.providers.names else (_publisher(library),)


def _publisher(library: Library) -> Provider:
    publisher = Located(library.settings.place("publisher"))
    publisher.update(id=PUBLISHER, name=library.settings.publisher[:60])
    return read(Provider, publisher, publisher.place)
