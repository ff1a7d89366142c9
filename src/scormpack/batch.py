"""Many packages at once. A mistake in one module stops that module only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scormpack.build import Built, Rendered, build, build_course, examine, let_pass, prepare
from scormpack.check import check_course, check_library, check_module, waivable
from scormpack.check.subject import Collection, Manuscript
from scormpack.check.waiving import spent
from scormpack.content.library import Library
from scormpack.content.load import load_modules
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.course.resolve import LookedUp, for_provider, look_up
from scormpack.diagnostics import ContentError, Diagnostic, Problems, Severity
from scormpack.source.clock import today
from scormpack.source.node import Node, nearest, read
from scormpack.source.yaml import Mapping
from scormpack.targets import ALIASES, TARGETS, Target, cmi5


@dataclass(frozen=True)
class Refused:
    """What was not built, and why."""

    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Plan:
    """What to build: every module for every provider and every target; or else `courses` for every provider.

    `findings` are about the library as a whole, and about modules that cannot be read, which are not in `modules`.
    With `stopped` nothing can be built until they are mended. With `overdue` a review that is due stops nothing.
    """

    library: Library
    modules: tuple[Module, ...]
    providers: tuple[Provider, ...]
    targets: tuple[Target, ...]
    findings: tuple[Diagnostic, ...] = ()
    stopped: bool = False
    overdue: bool = False
    courses: tuple[Outline, ...] = ()

    @property
    def size(self) -> int:
        """How many packages that makes."""
        if self.courses:
            return len(self.courses) * len(self.providers)
        return len(self.modules) * len(self.providers) * len(self.targets)


def plan(
    library: Library,
    modules: Sequence[str] = (),
    providers: Sequence[str] = (),
    targets: Sequence[str] = (),
    overdue: bool = False,
    courses: Sequence[str] = (),
) -> Plan:
    """The plan for what was named; where nothing is named, for everything that the library has.

    A course is a package of all its modules for cmi5, so with `courses` neither modules nor targets are named.

    The names have to be the library's. Raises ContentError for a target in library.yaml that does not exist.
    """
    outlines = tuple(library.courses[name] for name in dict.fromkeys(courses))
    if outlines:
        modules, targets = [name for each in outlines for name in each.all_modules()], [cmi5.TARGET.name]
    names = [ALIASES.get(name, name) for name in targets or library.settings.targets]
    problems = Problems()
    for name in names:
        if name not in TARGETS:
            place = library.settings.place("targets")
            problems.add("FRM-04", f"`targets`: there is no target `{name}`", place, nearest(name, list(TARGETS)))
    problems.stop()
    loaded: list[Module] = []
    broken: list[Diagnostic] = []
    for module in load_modules(library, tuple(dict.fromkeys(modules))):
        if isinstance(module, ContentError):
            broken += module.diagnostics
        else:
            loaded.append(module)
    read: dict[str, Module] = {module.id: module for module in loaded}
    about = tuple(let_pass(check_library(Collection(library, read, today())), overdue))
    return Plan(
        library,
        tuple(loaded),
        tuple(library.providers[name] for name in providers)
        or tuple(library.providers.values())
        or (_provider_from(library),),
        tuple(TARGETS[name] for name in dict.fromkeys(names)),
        findings=(*about, *broken),
        stopped=any(finding.severity is Severity.ERROR for finding in about),
        overdue=overdue,
        courses=outlines,
    )


def _provider_from(library: Library) -> Provider:
    """Where a library has no providers its publisher is one, who has filled nothing."""
    publisher = Mapping(library.settings.place("publisher"))
    publisher.update(id="provider", name=library.settings.publisher[:60])
    return read(Provider, publisher, publisher.place)


def build_all(work: Plan, out: Path, strict: bool = False) -> Iterator[Built | Refused]:
    """Build what is planned, one after the other."""
    if work.stopped:
        return
    if work.courses:
        yield from _build_courses(work, out, strict)
        return
    for module in work.modules:
        try:
            about = examine(module, work.library, work.overdue, strict)
            found = look_up(module, work.library)
        except ContentError as error:
            yield Refused(error.diagnostics)
            continue
        for provider in work.providers:
            for result in _build_for(found, provider, work, out, strict):
                yield replace(result, findings=(*about, *result.findings))


def _build_for(found: LookedUp, provider: Provider, work: Plan, out: Path, strict: bool) -> Iterator[Built | Refused]:
    try:
        rendered: Rendered = prepare(found, provider, strict)
    except ContentError as error:
        yield Refused(error.diagnostics)
        return
    for target in work.targets:
        try:
            yield build(rendered, target, out, strict)
        except ContentError as error:
            yield Refused(error.diagnostics)


def _build_courses(work: Plan, out: Path, strict: bool) -> Iterator[Built | Refused]:
    for outline in work.courses:
        for provider in work.providers:
            try:
                yield build_course(outline, _all_rendered(outline, provider, work, strict), out, strict)
            except ContentError as error:
                yield Refused(error.diagnostics)


def _all_rendered(outline: Outline, provider: Provider, work: Plan, strict: bool) -> tuple[Rendered, ...]:
    """Every module of a course as `provider` gets it. Raises ContentError with the mistakes of all of them."""
    modules: dict[str, Module] = {module.id: module for module in work.modules}
    rendered: list[Rendered] = []
    mistakes: list[Diagnostic] = []
    for name in outline.all_modules():
        try:
            module = modules[name]
            about = examine(module, work.library, work.overdue, strict)
            each = prepare(look_up(module, work.library), provider, strict)
            rendered.append(replace(each, findings=(*about, *each.findings)))
        except KeyError:  # it cannot be read, which the plan tells
            continue
        except ContentError as error:
            mistakes += error.diagnostics
    if mistakes or len(rendered) < len(outline.all_modules()):
        raise ContentError(mistakes)
    return tuple(rendered)


def validate_all(work: Plan) -> Iterator[Diagnostic]:
    """Everything that a build of `work` would find before it packs, each finding once."""
    seen: set[Diagnostic] = set()
    for finding in _all_findings(work):
        if finding not in seen:
            seen.add(finding)
            yield finding


def _all_findings(work: Plan) -> Iterator[Diagnostic]:
    yield from work.findings
    about_provider: dict[str, list[Diagnostic]] = {provider.id: [] for provider in work.providers}
    for module in work.modules:
        found = list(check_module(Manuscript(module, work.library, today())))
        for name, about in _for_providers(module, work):
            about_provider[name] += about
            found += about
        yield from found
        yield from spent(module.waive, waivable(), [*found, *_in_file(work, module)], today())
    for provider in work.providers:
        yield from spent(provider.waive, waivable(), about_provider[provider.id], today())
    if len(work.modules) == len(work.library.modules):  # else not everything was looked for
        for recommendation in work.library.recommendations.values():
            yield from spent(recommendation.waive, waivable(), _in_file(work, recommendation), today())
        yield from spent(work.library.settings.waive, waivable(), work.findings, today())


def _in_file(work: Plan, node: Node) -> list[Diagnostic]:
    """What was found about the library in the file of `node`."""
    return [finding for finding in work.findings if finding.place.path == node.place().path]


def _for_providers(module: Module, work: Plan) -> Iterator[tuple[str, list[Diagnostic]]]:
    """The id of each provider, and what is found in the course that it gets."""
    try:
        found = look_up(module, work.library)
    except ContentError as error:
        yield work.providers[0].id, list(error.diagnostics)
        return
    for provider in work.providers:
        yield provider.id, _course_findings(found, provider, work)


def _course_findings(found: LookedUp, provider: Provider, work: Plan) -> list[Diagnostic]:
    try:
        course = for_provider(found, provider)
    except ContentError as error:
        return list(error.diagnostics)
    about = list(check_course(course))
    for target in work.targets:
        about += check_course(course, target.name)
    return about
