"""`scormpack build`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from scormpack.batch import Built, Refused, build_all
from scormpack.cli.library import cache_for, cache_option, jobs_option, library_folder, library_option
from scormpack.cli.planned import planned
from scormpack.cli.show import counted, leave, report_format, summary, tell
from scormpack.targets import ALIASES, COURSE_TARGETS, TARGETS


def _names() -> Iterator[str]:
    """The targets, each with its other names."""
    for name in TARGETS:
        others = [alias for alias, meant in ALIASES.items() if meant == name]
        yield f"{name} (also {', '.join(others)})" if others else name


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help=f"{', '.join(_names())}. Default: `targets` in library.yaml. Repeatable.",
)
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
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--overdue", is_flag=True, help="Build modules whose review is overdue too; a banner tells the learner."
)
@cache_option
@jobs_option
@report_format
def build(
    modules: tuple[str, ...],
    folder: Path | None,
    targets: tuple[str, ...],
    providers: tuple[str, ...],
    courses: tuple[str, ...],
    out: Path,
    strict: bool,
    overdue: bool,
    anew: bool,
    processes: int,
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
    built: list[Built] = []
    if work is not None:
        found += work.findings
        with _progress(work.size, form) as step:
            for each in build_all(work, out, strict, cache_for(anew), processes):
                step()
                found += each.findings
                if not isinstance(each, Refused):
                    built.append(each)
    findings = list(dict.fromkeys(found))
    tell(
        findings, form, root, {"built": [_built(each) for each in built]}, hidden=lambda each: each.severity == "info"
    )
    if form in ("text", "github"):
        for each in built:
            click.echo(f"{each.path.as_posix()}  {each.bytes / 1000:.1f} kB", err=form != "text")
        summary(findings, f"{counted(len(built), 'package')} built.")
    leave(findings, strict)


class _progress:  # noqa: N801
    """A bar on a terminal, and nothing anywhere else; talk goes to standard error."""

    def __init__(self, steps: int, form: str) -> None:
        shown = form == "text" and sys.stderr.isatty()
        self.bar = click.progressbar(length=steps, label="Building", file=sys.stderr) if shown else None

    def __enter__(self) -> Callable[[], None]:
        bar = self.bar.__enter__() if self.bar else None
        return lambda: bar.update(1) if bar else None

    def __exit__(self, *details: Any) -> None:
        if self.bar:
            self.bar.__exit__(*details)


def _built(each: Built) -> dict[str, Any]:
    return {
        each.kind: each.id,
        "version": each.version,
        "provider": each.provider,
        "language": each.language,
        "target": each.target,
        "path": each.path.as_posix(),
        "bytes": each.bytes,
        "sha256": each.sha256,
    }
