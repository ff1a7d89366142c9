"""Many packages at once. A mistake in one module, or in one provider, stops that one only."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from scormpack.cache import NOTHING, Cache
from scormpack.check.content import check_library
from scormpack.check.content.subject import Collection
from scormpack.check.waivers import impossible, spent
from scormpack.content.library import Library
from scormpack.content.load import load_modules
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import ContentError, Diagnostic, Problems, Severity, has_error
from scormpack.processes import results_of
from scormpack.road import (
    Examined,
    Prepared,
    Presented,
    Written,
    examine,
    let_pass,
    pack,
    prepare,
    present,
    suits,
    write,
)
from scormpack.source.codes import FRM_04
from scormpack.source.node import Node, nearest, read
from scormpack.source.yaml import Mapping as Located
from scormpack.targets import ALIASES, COURSE_TARGETS, TARGETS, Target

Item = TypeVar("Item")
Staged = TypeVar("Staged", Examined, Prepared, Presented)


@dataclass(frozen=True)
class Built:
    """A package that was written, of a module or of a course of several."""

    kind: Literal["module", "course"]
    id: str
    version: str
    provider: str
    language: str
    target: str
    path: Path
    bytes: int
    sha256: str
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Refused:
    """What was not built, and why."""

    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Wanted:
    """What becomes one package for each provider and target: a module, or with `outline` a course of several."""

    modules: tuple[str, ...]
    outline: Outline | None = None


@dataclass(frozen=True)
class Plan:
    """What to build on a day: everything `wanted`, for every provider and every target.

    `findings` are about the library as a whole, and about modules and providers that cannot be read, which are not in
    `modules` and `providers`.
    With `stopped` nothing can be built until they are fixed. With `overdue` a review that is due stops nothing.
    """

    library: Library
    day: datetime.date
    modules: tuple[Module, ...]
    wanted: tuple[Wanted, ...]
    providers: tuple[Provider, ...]
    targets: tuple[Target, ...]
    findings: tuple[Diagnostic, ...] = ()
    stopped: bool = False
    overdue: bool = False

    @property
    def size(self) -> int:
        """How many packages that makes."""
        return len(self.wanted) * len(self.providers) * len(self.targets)

    @cached_property
    def by_id(self) -> dict[str, Module]:
        """The modules that could be read."""
        return {module.id: module for module in self.modules}

    @property
    def complete(self) -> bool:
        """Whether every module of the library was read."""
        return len(self.modules) == len(self.library.modules)


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
    barred = _barred(library, providers)
    found = [finding for waive in _shared_waivers(library) for finding in impossible(waive)]
    found += let_pass(check_library(Collection(library, {module.id: module for module in read}, day)), overdue)
    wanted = [Wanted(each.all_modules(), each) for each in outlines] or [Wanted((module.id,)) for module in read]
    return Plan(
        library,
        day,
        tuple(read),
        tuple(wanted),
        tuple(each for each in providers_of(library, providers) if each.id not in barred),
        _targets(library, targets or (COURSE_TARGETS if outlines else ())),
        findings=(*found, *(finding for each in barred.values() for finding in each), *broken),
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


def _barred(library: Library, named: Sequence[str]) -> dict[str, tuple[Diagnostic, ...]]:
    """What is wrong with the providers named, or with all: a mistake in one stops that provider only."""
    waived = {name: tuple(impossible(each.waive)) for name, each in library.providers.items()}
    wrong = {name: found for name, found in {**library.unread, **waived}.items() if found}
    return {name: found for name, found in wrong.items() if not named or name in named}


def _targets(library: Library, named: Iterable[str]) -> tuple[Target, ...]:
    names = [ALIASES.get(name, name) for name in named or library.settings.targets]
    problems = Problems()
    for name in names:
        if name not in TARGETS:
            place = library.settings.place("targets")
            problems.add(FRM_04, f"`targets`: there is no target `{name}`", place, nearest(name, list(TARGETS)))
    problems.stop()
    return tuple(TARGETS[name] for name in dict.fromkeys(names))


def providers_of(library: Library, named: Iterable[str] = ()) -> tuple[Provider, ...]:
    """Those named, else all of them; where a library has none its publisher is one, who has filled nothing."""
    names = tuple(named) or tuple(library.providers)
    if names or library.unread:
        return tuple(library.providers[name] for name in names if name in library.providers)
    publisher = Located(library.settings.place("publisher"))
    publisher.update(id="provider", name=library.settings.publisher[:60])
    return (read(Provider, publisher, publisher.place),)


def build_all(
    work: Plan, out: Path, strict: bool = False, cache: Cache = NOTHING, processes: int = 1
) -> Iterator[Built | Refused]:
    """Build what is planned, one package after the other, as `out/<provider>/<package>`.

    With `strict` a warning refuses a package as an error does. Pictures made before are in the `cache`. With several
    `processes`, as many modules are built at once, and come in the same order.
    """
    jobs = () if work.stopped else work.wanted
    return results_of(jobs, lambda wanted: _build(wanted, work, out, strict, cache), processes)


def _build(wanted: Wanted, work: Plan, out: Path, strict: bool, cache: Cache) -> Iterator[Built | Refused]:
    """Every package of what is `wanted`."""
    try:
        examined = _examined(wanted, work, strict, cache)
    except ContentError as error:
        yield Refused(error.diagnostics)
        return
    for provider in work.providers:
        yield from _build_for(provider, wanted, examined, work, out, strict)


def _examined(wanted: Wanted, work: Plan, strict: bool, cache: Cache) -> list[Examined]:
    """The modules of one package. Raises ContentError with the mistakes of all of them."""
    read = [work.by_id[name] for name in wanted.modules if name in work.by_id]
    found = _each(read, lambda module: examine(module, work.library, work.day, work.overdue, cache), strict)
    if len(read) < len(wanted.modules):
        raise ContentError(())  # why they could not be read is among the findings of the plan
    return found


def _build_for(
    provider: Provider, wanted: Wanted, examined: list[Examined], work: Plan, out: Path, strict: bool
) -> Iterator[Built | Refused]:
    about = [finding for each in examined for finding in each.findings]
    try:
        prepared = _each(examined, lambda each: prepare(each, provider), strict)
        presented = _each(prepared, present, strict)
    except ContentError as error:
        yield Refused((*about, *error.diagnostics))
        return
    about += (finding for stage in (prepared, presented) for each in stage for finding in each.findings)
    for target in work.targets:
        try:
            package, found = pack(presented, target, wanted.outline)
            refuse(found, strict)
            written = write(package, out / provider.id)
            yield _built(wanted.outline or examined[0].module, provider, target, written, (*about, *found))
        except ContentError as error:
            yield Refused((*about, *error.diagnostics))


def _built(
    about: Module | Outline, provider: Provider, target: Target, written: Written, findings: tuple[Diagnostic, ...]
) -> Built:
    return Built(
        kind="module" if isinstance(about, Module) else "course",
        id=about.id,
        version=about.version,
        provider=provider.id,
        language=about.language,
        target=target.name,
        path=written.path,
        bytes=written.bytes,
        sha256=written.sha256,
        findings=findings,
    )


def _each(items: Iterable[Item], stage: Callable[[Item], Staged], strict: bool) -> list[Staged]:
    """What `stage` gives for each item. Raises ContentError with what stops any of them."""
    made: list[Staged] = []
    mistakes: list[Diagnostic] = []
    for item in items:
        try:
            made.append(stage(item))
            refuse(made[-1].findings, strict)
        except ContentError as error:
            mistakes += error.diagnostics
    if mistakes:
        raise ContentError(mistakes)
    return made


def refuse(findings: Sequence[Diagnostic], strict: bool) -> None:
    """Raise ContentError if an error is among `findings`, or, with `strict`, a warning."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in grave for finding in findings):
        raise ContentError(findings)


def validate_all(work: Plan, cache: Cache = NOTHING, processes: int = 1) -> Iterator[Diagnostic]:
    """Everything that a build of `work` would find before it renders, each finding once.

    With several `processes`, as many modules are checked at once; what is found comes in the same order.
    """
    return iter(dict.fromkeys(_findings(work, cache, processes)))


class Checked(NamedTuple):
    """What was found in a module, and of that what is about each provider's course.

    None where a reference leads nowhere: then not everything was looked for.
    """

    findings: Sequence[Diagnostic]
    about_provider: Mapping[str, Sequence[Diagnostic]] | None


def _findings(work: Plan, cache: Cache, processes: int) -> Iterator[Diagnostic]:
    yield from work.findings
    whole = work.complete
    about_provider: dict[str, list[Diagnostic]] = {provider.id: [] for provider in work.providers}
    for found, about in results_of(work.modules, lambda module: [_checked(module, work, cache)], processes):
        yield from found
        whole = whole and about is not None  # a waiver may cover what was not looked for
        for name, findings in (about or {}).items():
            about_provider[name] += findings
    if whole:
        yield from _spent_elsewhere(work, about_provider)


def _checked(module: Module, work: Plan, cache: Cache) -> Checked:
    try:
        examined = examine(module, work.library, work.day, work.overdue, cache)
    except ContentError as error:
        return Checked(error.diagnostics, None)
    return check_examined(examined, work.providers, work.targets, _in_file(work, module), work.day)


def check_examined(
    examined: Examined,
    providers: Iterable[Provider],
    targets: Iterable[Target],
    beside: Sequence[Diagnostic],
    day: datetime.date,
) -> Checked:
    """What is found in a module for these providers and targets; `beside` is what the library's rules found in it."""
    found = [*examined.findings, *(each for target in targets for each in suits(examined, target))]
    about: dict[str, Sequence[Diagnostic]] = {each.id: _course_findings(examined, each) for each in providers}
    found += (finding for findings in about.values() for finding in findings)
    return Checked([*found, *spent(examined.module.waive, [*found, *beside], day)], about)


def _course_findings(examined: Examined, provider: Provider) -> list[Diagnostic]:
    try:
        return list(prepare(examined, provider).findings)
    except ContentError as error:
        return list(error.diagnostics)


def _spent_elsewhere(work: Plan, about_provider: Mapping[str, Sequence[Diagnostic]]) -> Iterator[Diagnostic]:
    """Needless waivers outside of modules: what they cover is known only when everything has been checked."""
    for provider in work.providers:
        yield from spent(provider.waive, about_provider[provider.id], work.day)
    for recommendation in work.library.recommendations.values():
        yield from spent(recommendation.waive, _in_file(work, recommendation), work.day)
    yield from spent(work.library.settings.waive, work.findings, work.day)


def _in_file(work: Plan, node: Node) -> list[Diagnostic]:
    """What was found about the library in the file of `node`, or in the folder if that is a module."""
    begin = node.place().path.removesuffix("module.yaml")
    return [finding for finding in work.findings if finding.place.path.startswith(begin)]
