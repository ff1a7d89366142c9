"""Many packages at once. A mistake in one module stops that module only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scormpack.build import Built, Rendered, build, prepare
from scormpack.check import CONTENT_RULES, check, course_rules
from scormpack.content.library import Library
from scormpack.content.load import load_modules
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError, Diagnostic, Problems
from scormpack.source.node import nearest, read
from scormpack.source.yaml import Mapping
from scormpack.targets import ALIASES, TARGETS, Target


@dataclass(frozen=True)
class Refused:
    """What was not built, and why."""

    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Plan:
    """What to build: every module for every provider and every target."""

    library: Library
    modules: tuple[str, ...]
    providers: tuple[Provider, ...]
    targets: tuple[Target, ...]

    @property
    def size(self) -> int:
        """How many packages that makes."""
        return len(self.modules) * len(self.providers) * len(self.targets)


def plan(
    library: Library, modules: Sequence[str] = (), providers: Sequence[str] = (), targets: Sequence[str] = ()
) -> Plan:
    """The plan for what was named; where nothing is named, for everything that the library has.

    The names have to be the library's. Raises ContentError for a target in library.yaml that does not exist.
    """
    names = [ALIASES.get(name, name) for name in targets or library.settings.targets]
    problems = Problems()
    for name in names:
        if name not in TARGETS:
            place = library.settings.place("targets")
            problems.add("FRM-04", f"`targets`: there is no target `{name}`", place, nearest(name, list(TARGETS)))
    problems.stop()
    chosen = [library.providers[name] for name in providers] or list(library.providers.values())
    nobody = _provider_from(library)
    return Plan(
        library,
        tuple(dict.fromkeys(modules)) or tuple(library.modules),
        tuple(chosen) or (nobody,),
        tuple(TARGETS[name] for name in dict.fromkeys(names)),
    )


def _provider_from(library: Library) -> Provider:
    """Where a library has no providers its publisher is one, who has filled nothing."""
    publisher = Mapping(library.settings.place("publisher"))
    publisher.update(id="provider", name=library.settings.publisher[:60])
    return read(Provider, publisher, publisher.place)


def build_all(work: Plan, out: Path, strict: bool = False) -> Iterator[Built | Refused]:
    """Build what is planned, one after the other."""
    for module in load_modules(work.library, work.modules):
        if isinstance(module, ContentError):
            yield Refused(module.diagnostics)
            continue
        for provider in work.providers:
            yield from _build_for(module, provider, work, out, strict)


def _build_for(module: Module, provider: Provider, work: Plan, out: Path, strict: bool) -> Iterator[Built | Refused]:
    try:
        rendered: Rendered = prepare(module, provider, work.library, strict)
    except ContentError as error:
        yield Refused(error.diagnostics)
        return
    for target in work.targets:
        try:
            yield build(rendered, target, out, strict)
        except ContentError as error:
            yield Refused(error.diagnostics)


def validate_all(work: Plan) -> Iterator[Diagnostic]:
    """Everything that a build of `work` would find before it packs, each finding once."""
    seen: set[Diagnostic] = set()
    for module in load_modules(work.library, work.modules):
        for finding in _findings(module, work):
            if finding not in seen:
                seen.add(finding)
                yield finding


def _findings(module: Module | ContentError, work: Plan) -> Iterator[Diagnostic]:
    if isinstance(module, ContentError):
        yield from module.diagnostics
        return
    for provider in work.providers:
        try:
            course = resolve(module, provider, work.library)
        except ContentError as error:
            yield from error.diagnostics
            continue
        yield from check(CONTENT_RULES, course)
        for target in work.targets:
            yield from check(course_rules(target.name), course)
