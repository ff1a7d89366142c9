"""Printing what is planned: modules, for each provider, as files of other kinds than packages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scormpack.batch.build import Refused, refuse
from scormpack.batch.plan import Plan
from scormpack.cache import NOTHING, Cache
from scormpack.content.module import Module
from scormpack.diagnostics import ContentError, Diagnostic, Place, our_mistake
from scormpack.outputs import Output
from scormpack.outputs.output import USUAL, Sheet
from scormpack.package import PKG_11, PKG_12
from scormpack.processes import results_of
from scormpack.road import Examined, Prepared, examine, prepare
from scormpack.sink import Sink


@dataclass(frozen=True)
class Printed:
    """A file that was written: of which module, for which provider, and which kind of output it is."""

    module: str
    version: str
    provider: str
    output: str
    address: str
    bytes: int
    sha256: str
    findings: tuple[Diagnostic, ...]

    @property
    def id(self) -> str:
        """Of what it is, as with what is built."""
        return self.module

    @property
    def path(self) -> Path:
        """Where it is on the disk, if it was put into a folder."""
        return Path(self.address)


def print_all(
    work: Plan,
    outputs: Sequence[Output],
    out: Sink,
    sheet: Sheet = USUAL,
    strict: bool = False,
    cache: Cache = NOTHING,
    processes: int = 1,
    folder: str = "",
) -> Iterator[Printed | Refused]:
    """Every kind of `outputs` of all modules, for each provider, as `out/<provider>/<file>`.

    With `folder` they are put into a folder of this name in that of the provider.

    A module that has nothing for a kind of output gives no file of it. With `strict` a warning refuses a file as an
    error does. Files made before are in the `cache`. With several `processes` as many modules are done at once.
    """
    if not work.stopped:
        printer = _Printer(work, outputs, out, sheet, strict, cache, folder)
        yield from results_of(work.modules, printer.do, processes if out.is_shared else 1)


@dataclass(frozen=True)
class _Printer:
    work: Plan
    outputs: Sequence[Output]
    out: Sink
    sheet: Sheet
    strict: bool
    cache: Cache
    folder: str

    def do(self, module: Module) -> Iterator[Printed | Refused]:
        """All files of a module."""
        try:
            examined = examine(module, self.work.library, self.work.day, self.work.overdue, self.cache)
            refuse(examined.findings, self.strict)
        except ContentError as error:
            yield Refused(error.diagnostics, module.id)
            return
        for name in self.work.named:
            yield from self._for_provider(examined, name)

    def _for_provider(self, examined: Examined, name: str) -> Iterator[Printed | Refused]:
        try:
            prepared = prepare(examined, self.work.provider(name))
            refuse(prepared.findings, self.strict)
        except ContentError as error:
            yield Refused((*examined.findings, *error.diagnostics), examined.module.id, name)
            return
        for output in self.outputs:
            yield from self._printed(prepared, output)

    def _printed(self, prepared: Prepared, output: Output) -> Iterator[Printed | Refused]:
        """The file, if there is one. What goes wrong with it, whatever it is, leaves all others alone."""
        course, about = prepared.course, (*prepared.examined.findings, *prepared.findings)
        module, provider = course.module, course.provider.id
        try:
            made = output.make(course, self.sheet, self.cache)
            if made is None:
                return
            refuse(made.findings, self.strict)
            place = self.out.inside(provider)
            place = place.inside(self.folder) if self.folder else place
            written = place.put(output.file(course, self.sheet), made.data)
        except Exception as error:
            found = _told(error, Place(f"{self.out.address}/{provider}", outside=True), module.place())
            yield Refused((*about, *found), module.id, provider, output.name)
            return
        findings = (*about, *made.findings)
        yield Printed(
            module.id, module.version, provider, output.name, written.address, written.bytes, written.sha256, findings
        )


def _told(error: Exception, folder: Place, module: Place) -> tuple[Diagnostic, ...]:
    if isinstance(error, ContentError):
        return error.diagnostics
    if isinstance(error, OSError):
        return (PKG_11.finding(f"cannot be written: {error.strerror or error}", folder),)
    return (our_mistake(PKG_12, error, module),)
