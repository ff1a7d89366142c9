"""Building what is planned: what is the same for all providers is made once, and filled for each of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from scormpack.batch.memory import NO_FILE, Memory, Own, Row, memory_of
from scormpack.batch.plan import Plan, Wanted
from scormpack.cache import NOTHING, Cache
from scormpack.content.load import PROVIDERS
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Diagnostic, Place, Severity, our_mistake
from scormpack.package import PKG_12, Package
from scormpack.processes import results_of
from scormpack.road import (
    Drafted,
    Examined,
    Prepared,
    Presented,
    assemble,
    draft,
    examine,
    pack,
    prepare,
    present,
    write,
)
from scormpack.sink import Sink, sink_of
from scormpack.targets import Target

AT_ONCE: Final = 500  # providers that are built for before the next ones are read
_JOBS: Final = 4  # for each process, so that none is idle for long at the end

Item = TypeVar("Item")
Staged = TypeVar("Staged", Examined, Drafted, Prepared)


@dataclass(frozen=True)
class Built:
    """A package that was written, of a module or of a course of several."""

    kind: Literal["module", "course"]
    id: str
    version: str
    provider: str
    language: str
    target: str
    address: str  # the path in a folder, or such as `s3://bucket/folder/file.zip`
    bytes: int
    sha256: str
    findings: tuple[Diagnostic, ...]
    unchanged: bool = False  # since it was built the last time, so it was not built again

    @property
    def path(self) -> Path:
        """Where it is on the disk, if it was built into a folder."""
        return Path(self.address)


@dataclass(frozen=True)
class Refused:
    """What was not built, and why: a module or a course, for one provider, or for all where none is named."""

    findings: tuple[Diagnostic, ...]
    id: str = ""
    provider: str = ""
    target: str = ""


class ClusterError(Exception):
    """Why nothing, or nothing more, can be built on other machines."""


class Job(NamedTuple):
    """What a process does at a time: all packages of what is wanted, for some of the providers."""

    wanted: Wanted
    providers: tuple[str, ...]


def build_all(
    work: Plan,
    out: str | Path,
    strict: bool = False,
    cache: Cache = NOTHING,
    processes: int = 1,
    remember: bool = True,
    scheduler: str = "",
) -> Iterator[Built | Refused]:
    """Build what is planned, one package after the other, as `out/<provider>/<package>`.

    `out` is a folder, or an address such as `s3://bucket/folder`. Raises ValueError for one that nothing can
    write to.

    With `strict` a warning refuses a package as an error does. In the `cache` are pictures made before, and what is
    known of packages built before: what has not changed is not built again. With several `processes`, as many jobs
    are done at once, and their packages come in the same order. Packages that will not stay where they are written
    need not be remembered.

    With the address of a dask `scheduler` its workers build what one process would. Raises ClusterError where they
    cannot.
    """
    sink = sink_of(out)
    memory = memory_of(work, strict, cache) if remember else None
    if work.size > AT_ONCE:  # or what each provider leaves behind would lie there until it is a hundred megabytes
        gc.set_threshold(50_000, 50, 50)
    rows: list[Row] = []
    try:
        if scheduler:
            made = _made_at(scheduler, work, sink, strict, memory)
        else:
            processes = processes if sink.is_shared else 1
            jobs = tuple(jobs_of(work, processes))
            made = results_of(jobs, Builder(work, sink, strict, cache, memory).do, processes)
        for result, row in made:
            rows += [row] if row else []
            if memory and len(rows) >= AT_ONCE:
                memory.keep(rows)
                rows.clear()
            yield result
    finally:
        if memory:
            memory.keep(rows)
            memory.kept.close()


def _made_at(scheduler: str, work: Plan, out: Sink, strict: bool, memory: Memory | None) -> Iterator[Made]:
    try:
        from scormpack.batch.cluster import made_at  # here, because one machine needs none of it
    except ImportError:
        raise ClusterError("A scheduler needs dask: pip install 'scormpack[cluster]'") from None
    return made_at(scheduler, work, out, strict, memory)


def jobs_of(work: Plan, processes: int) -> Iterator[Job]:
    """What is to be done, in parts: all that is wanted for some providers, then for the next ones.

    So no provider is read twice, and memory does not grow with their number. Parts are large: each process that has
    to do with a module drafts it for itself.
    """
    if work.stopped:
        return
    parts = -(-_JOBS * processes // len(work.wanted)) if processes > 1 and work.wanted else 1
    for some in _sliced(work.named, AT_ONCE):
        for wanted in work.wanted:
            yield from (Job(wanted, names) for names in _sliced(some, max(-(-len(some) // parts), 1)))


def _sliced(names: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    return (names[at : at + size] for at in range(0, len(names), size))


Made: TypeAlias = tuple[Built | Refused, Row | None]  # and what is to be kept of it


class _Foundation(NamedTuple):
    """What all packages of a module or a course stand on: its modules, drafted, and what was found in them."""

    about: Module | Outline
    drafted: tuple[Drafted, ...]
    findings: tuple[Diagnostic, ...]
    judged: dict[str, tuple[Diagnostic, ...]]  # what was found in the first package for a target, by its name


class Builder:
    """Does jobs of `work`, and keeps the foundations of what it has to do with."""

    def __init__(self, work: Plan, out: Sink, strict: bool, cache: Cache, memory: Memory | None) -> None:
        self._work = work
        self._out = out
        self._strict = strict
        self._cache = cache
        self._memory = memory
        self._foundations: dict[Wanted, _Foundation | ContentError] = {}
        self._providers: dict[str, tuple[Provider, Own]] = {}

    def do(self, job: Job) -> Iterator[Made]:
        """The packages of a job, as they are written."""
        for name in job.providers:
            if known := self._known(job.wanted, name):
                yield from known
                continue
            foundation = self._foundation(job.wanted)
            if isinstance(foundation, ContentError):
                yield Refused(foundation.diagnostics, job.wanted.id), None
                return
            yield from self._guarded(job.wanted, name, foundation)

    def _known(self, wanted: Wanted, name: str) -> list[Made]:
        """The packages for a provider, if all of them are there as they would be built now."""
        about = wanted.outline or self._work.by_id.get(wanted.id)
        if self._memory is None or about is None:
            return []
        rows = self._memory.find(self._out.inside(name), wanted, name)
        return [(_built(about, name, row, unchanged=True), None) for row in rows]

    def _foundation(self, wanted: Wanted) -> _Foundation | ContentError:
        """What goes wrong with one module, whatever it is, leaves all others alone."""
        if wanted not in self._foundations:
            try:
                self._foundations[wanted] = self._laid(wanted)
            except ContentError as error:
                self._foundations[wanted] = error
            except Exception as error:
                place = wanted.outline.place() if wanted.outline else Place(f"{wanted.id}/module.yaml")
                self._foundations[wanted] = ContentError([our_mistake(PKG_12, error, place)])
        return self._foundations[wanted]

    def _laid(self, wanted: Wanted) -> _Foundation:
        """Raises ContentError with the mistakes of all modules."""
        work = self._work
        read = [work.by_id[name] for name in wanted.modules if name in work.by_id]
        examined = self._each(read, lambda module: examine(module, work.library, work.day, work.overdue, self._cache))
        if len(read) < len(wanted.modules):
            raise ContentError(())  # why they could not be read is among the findings of the plan
        about = [finding for each in examined for finding in each.findings]
        try:
            drafted = self._each(examined, draft)
        except ContentError as error:
            raise ContentError((*about, *error.diagnostics)) from None
        about += (finding for each in drafted for finding in each.findings)
        return _Foundation(wanted.outline or read[0], tuple(drafted), tuple(about), {})

    def _provider(self, name: str) -> tuple[Provider, Own]:
        """A provider, and its file as it was before it was read. Raises ContentError with its mistakes."""
        if name not in self._providers:
            while len(self._providers) >= 2 * AT_ONCE:
                self._providers.pop(next(iter(self._providers)))
            before = self._memory.file_of(name) if self._memory else NO_FILE
            self._work.library.providers.forget(name)
            self._providers[name] = self._work.provider(name), before
        return self._providers[name]

    def _guarded(self, wanted: Wanted, name: str, foundation: _Foundation) -> Iterator[Made]:
        """What goes wrong with one provider's packages, whatever it is, leaves all others alone."""
        try:
            yield from self._anew(wanted, name, foundation)
        except Exception as error:
            found = our_mistake(PKG_12, error, Place(f"{PROVIDERS}/{name}.yaml"))
            yield Refused((*foundation.findings, found), wanted.id, name), None

    def _anew(self, wanted: Wanted, name: str, foundation: _Foundation) -> Iterator[Made]:
        memory = self._memory
        try:
            provider, file = self._provider(name)
            logo = provider.brand.logo or ""
            picture = memory.logo(logo) if memory else NO_FILE
            prepared = self._each(foundation.drafted, lambda each: prepare(each.examined, provider))
        except ContentError as error:
            yield Refused((*foundation.findings, *error.diagnostics), wanted.id, name), None
            return
        made = list(self._written(wanted, provider, foundation, prepared))
        is_true = memory is not None and memory.is_as_it_was(name, file, logo, picture)
        made_from = memory.made_from(wanted, file, picture) if memory and is_true else ""
        for each in made:
            if isinstance(each, Refused):
                yield each, None
            else:
                row = each._replace(made_from=made_from)
                yield _built(foundation.about, name, row), row if made_from else None

    def _written(
        self, wanted: Wanted, provider: Provider, foundation: _Foundation, prepared: Sequence[Prepared]
    ) -> Iterator[Row | Refused]:
        """The package for each target, where it belongs; what it was made from is yet to be said."""
        presented = [present(*each) for each in zip(foundation.drafted, prepared, strict=True)]
        about, own = foundation.findings, tuple(finding for each in prepared for finding in each.findings)
        targets = self._work.targets_of(provider)
        for target in targets:
            try:
                package, found = self._packed(presented, target, wanted, foundation)
                made = write(package, self._out.inside(provider.id))
            except ContentError as error:
                yield Refused((*about, *own, *error.diagnostics), wanted.id, provider.id, target.name)
            else:
                yield Row(
                    address=made.address,
                    id=wanted.id,
                    target=target.name,
                    targets=tuple(each.name for each in targets),
                    bytes=made.bytes,
                    sha256=made.sha256,
                    mark=made.mark,
                    made_from="",
                    logo=provider.brand.logo or "",
                    about=about,
                    own=(*own, *found),
                )

    def _packed(
        self, presented: Sequence[Presented], target: Target, wanted: Wanted, foundation: _Foundation
    ) -> tuple[Package, tuple[Diagnostic, ...]]:
        """A package, and what is found in it: the same as in the first one of its kind."""
        judged = foundation.judged
        if target.name not in judged:
            package, found = pack(presented, target, wanted.outline)
            refuse(found, self._strict)
            judged[target.name] = found
            return package, found
        return assemble(presented, target, wanted.outline), judged[target.name]

    def _each(self, items: Iterable[Item], stage: Callable[[Item], Staged]) -> list[Staged]:
        """What `stage` gives for each item. Raises ContentError with what stops any of them."""
        made: list[Staged] = []
        mistakes: list[Diagnostic] = []
        for item in items:
            try:
                made.append(stage(item))
                refuse(made[-1].findings, self._strict)
            except ContentError as error:
                mistakes += error.diagnostics
        if mistakes:
            raise ContentError(mistakes)
        return made


def _built(about: Module | Outline, provider: str, row: Row, unchanged: bool = False) -> Built:
    return Built(
        kind="module" if isinstance(about, Module) else "course",
        id=about.id,
        version=about.version,
        provider=provider,
        language=about.language,
        target=row.target,
        address=row.address,
        bytes=row.bytes,
        sha256=row.sha256,
        findings=(*row.about, *row.own) if row.own else row.about,
        unchanged=unchanged,
    )


def refuse(findings: Sequence[Diagnostic], strict: bool) -> None:
    """Raise ContentError if an error is among `findings`, or, with `strict`, a warning."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in grave for finding in findings):
        raise ContentError(findings)
