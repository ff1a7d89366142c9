"""`scormpack build`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from scormpack.batch import Built, ClusterError, Refused, build_all
from scormpack.cli.library import cache_for, cache_option, jobs_option, library_folder, library_option
from scormpack.cli.planned import planned
from scormpack.cli.progress import Progress
from scormpack.cli.show import INTERRUPTED, counted, leave, report_format, summary, tell
from scormpack.diagnostics import Diagnostic
from scormpack.sink import sink_of
from scormpack.targets import ALIASES, COURSE_TARGETS, TARGETS

_FEW: Final = 50  # lines that a person still reads


def _names() -> Iterator[str]:
    """The targets, each with its other names."""
    for name in TARGETS:
        others = [alias for alias, meant in ALIASES.items() if meant == name]
        yield f"{name} (also {', '.join(others)})" if others else name


class _Out(click.Path):
    """A folder, or an address that something here can write to."""

    def __init__(self) -> None:
        super().__init__(file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            sink_of(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return value if "://" in value else super().convert(value, param, ctx)


target_option = click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help=f"{', '.join(_names())}. Default: what suits the provider's `platform`, else `targets` in library.yaml."
    " Repeatable.",
)


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@target_option
@click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Build for this provider only. Repeatable."
)
@click.option(
    "--course",
    "courses",
    multiple=True,
    metavar="ID",
    help=f"A course of several modules, as one package for {' or '.join(COURSE_TARGETS)}. Repeatable.",
)
@click.option(
    "--out",
    type=_Out(),
    default="build",
    show_default=True,
    help="The folder to write to, or an address such as s3://bucket/folder.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--overdue", is_flag=True, help="Build modules whose review is overdue too; a banner tells the learner."
)
@cache_option
@jobs_option
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Build with the workers of a dask scheduler: tcp://host:8786."
)
@report_format
def build(
    modules: tuple[str, ...],
    folder: Path | None,
    targets: tuple[str, ...],
    providers: tuple[str, ...],
    courses: tuple[str, ...],
    out: str,
    strict: bool,
    overdue: bool,
    anew: bool,
    processes: int,
    scheduler: str,
    form: str,
) -> None:
    """Build packages: by default, every module for every provider.

    A package is written to `OUT/<provider>/<module>-<version>-<target>.zip`. An error in one module does not stop
    the others. `library.yaml` lists the courses.

    \b
    scormpack build
    scormpack build your-role --provider willow-lane --target scorm12 --target web
    scormpack build --course first-weeks
    """
    if courses and (modules or set(targets) - set(COURSE_TARGETS)):
        kinds = " or ".join(COURSE_TARGETS)
        raise click.UsageError(f"--course cannot be combined with module names, or with a target other than {kinds}.")
    root = library_folder(folder)
    work, found = planned(root, modules, providers, targets, overdue, courses)
    outcome = _Outcome(form)
    outcome.found(found)
    if work is not None:
        outcome.found(work.findings)
        with Progress("Building", work.size, form) as progress:
            try:
                for each in build_all(work, out, strict, cache_for(anew), processes, scheduler=scheduler):
                    progress.step((each.id, each.provider))
                    outcome.add(each)
            except ClusterError as error:
                raise click.ClickException(str(error)) from None
            except KeyboardInterrupt:
                outcome.stop()
    outcome.show(root)
    leave(outcome.findings, strict)


class _Outcome:
    """What a build has come to. Paths go to a pipe as soon as they are known; many of them are not for a terminal."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._pipes = form in ("text", "github") and not (form == "text" and sys.stdout.isatty())
        self._listed: list[Built] = []
        self._refused: dict[tuple[str, str, str], None] = {}
        self._written = self._unchanged = self._bytes = 0
        self._last: tuple[Diagnostic, ...] = ()
        self.findings: dict[Diagnostic, None] = {}

    def found(self, findings: Iterable[Diagnostic]) -> None:
        """Note what was found, each finding once."""
        self.findings.update(dict.fromkeys(findings))

    def add(self, each: Built | Refused) -> None:
        """Note a package, or what was not built."""
        if each.findings is not self._last:  # those of a module come with each of its packages
            self.found(each.findings)
            self._last = each.findings
        if isinstance(each, Refused):
            self._refused[each.id, each.provider, each.target] = None
            return
        self._written += not each.unchanged
        self._unchanged += each.unchanged
        self._bytes += each.bytes
        if self._pipes:
            click.echo(_line(each), err=self._form != "text")
        elif self._form != "text" or len(self._listed) <= _FEW:
            self._listed.append(each)

    def stop(self) -> NoReturn:
        """Say after Ctrl+C what there is, and end the command."""
        there = counted(self._written + self._unchanged, "package")
        click.echo(f"Stopped after {there}; the same command goes on from here.", err=True)
        sys.exit(INTERRUPTED)

    def show(self, root: Path) -> None:
        """Show everything: findings, paths, what could not be built, and how much there is of each."""
        built = {"built": [_built(each) for each in self._listed]} if self._form == "json" else None
        tell(self.findings, self._form, root, built, hidden=lambda each: each.severity == "info")
        if self._form not in ("text", "github"):
            return
        if not self._pipes:
            self._show_paths()
        for line in self._not_built():
            click.echo(line, err=True)
        unchanged = f" {self._unchanged:,} unchanged." if self._unchanged else ""
        summary(self.findings, f"{counted(self._written, 'package')} built.{unchanged}")

    def _show_paths(self) -> None:
        number = self._written + self._unchanged
        if number <= _FEW:
            for each in self._listed:
                click.echo(_line(each))
        else:
            click.echo(f"{number:,} packages, {self._bytes / 1e6:,.0f} MB")

    def _not_built(self) -> Iterator[str]:
        """What was refused, as far as a person reads on."""
        named = [each for each in self._refused if any(each)]
        for module, provider, target in named[:_FEW]:
            whose = f" for {provider}" if provider else ""
            yield f"Not built: {module}{whose}{f' ({target})' if target else ''}"
        if len(named) > _FEW:
            yield f"Not built: {len(named) - _FEW:,} more"


def _line(each: Built) -> str:
    return f"{each.address}  {each.bytes / 1000:.1f} kB"


def _built(each: Built) -> dict[str, Any]:
    return {
        each.kind: each.id,
        "version": each.version,
        "provider": each.provider,
        "language": each.language,
        "target": each.target,
        "path": each.address,
        "bytes": each.bytes,
        "sha256": each.sha256,
        "unchanged": each.unchanged,
    }
