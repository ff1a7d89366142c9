"""`scormpack print`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, get_args

import click

from scormpack.batch import Refused
from scormpack.batch.papers import Printed, print_all
from scormpack.cli.library import cache_for, cache_option, jobs_option, library_folder, library_option
from scormpack.cli.planned import planned
from scormpack.cli.progress import Progress
from scormpack.cli.show import INTERRUPTED, counted, leave, report_format, summary, tell
from scormpack.diagnostics import Diagnostic
from scormpack.outputs import OUTPUTS
from scormpack.outputs.output import Paper, Sheet, Turn
from scormpack.sink import sink_of

OUT: Final = Path("build/print")


@click.command("print")
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Print for this provider only. Repeatable."
)
@click.option(
    "--what",
    "kinds",
    multiple=True,
    type=click.Choice(list(OUTPUTS)),
    metavar="NAME",
    help=f"{'; '.join(f'{name} ({each.title})' for name, each in OUTPUTS.items())}. Default: all. Repeatable.",
)
@click.option(
    "--paper", type=click.Choice(get_args(Paper)), default="a4", show_default=True, help="What the printer holds."
)
@click.option(
    "--turn",
    type=click.Choice(get_args(Turn)),
    default="long",
    show_default=True,
    help="The edge of the sheet over which the printer turns it for the backs of cards.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=OUT,
    show_default=True,
    help="The folder to write to.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--overdue", is_flag=True, help="Print modules whose review is overdue too.")
@cache_option
@jobs_option
@report_format
def print_(
    modules: tuple[str, ...],
    folder: Path | None,
    providers: tuple[str, ...],
    kinds: tuple[str, ...],
    paper: Paper,
    turn: Turn,
    out: Path,
    strict: bool,
    overdue: bool,
    anew: bool,
    processes: int,
    form: str,
) -> None:
    """Make papers of modules: cards, posters, hand-outs, a pack to lead a group; and slides to show.

    A file is written to `OUT/<provider>/<module>-<version>-<name>-<paper>.pdf`, slides to `…-slides.pptx`. Print
    cards on both sides, at their actual size. An error in one module does not stop the others.

    \b
    scormpack print
    scormpack print may-have-died --provider willow-lane --what cards
    scormpack print --what cards --paper letter --turn short
    """
    root = library_folder(folder)
    work, found = planned(root, modules, providers, (), overdue)
    findings: dict[Diagnostic, None] = dict.fromkeys(found)
    results: list[Printed | Refused] = []
    if work is not None:
        findings.update(dict.fromkeys(work.findings))
        outputs = [OUTPUTS[name] for name in dict.fromkeys(kinds)] or list(OUTPUTS.values())
        with Progress("Printing", work.size, form) as progress:
            try:
                made = print_all(work, outputs, sink_of(out), Sheet(paper, turn), strict, cache_for(anew), processes)
                for each in made:
                    progress.step((each.id, each.provider))
                    results.append(each)
                    findings.update(dict.fromkeys(each.findings))
            except KeyboardInterrupt:
                click.echo("Stopped; the same command goes on from here.", err=True)
                sys.exit(INTERRUPTED)
    _show(results, findings, form, root)
    leave(findings, strict)


def _show(results: Sequence[Printed | Refused], findings: Iterable[Diagnostic], form: str, root: Path) -> None:
    files = [each for each in results if isinstance(each, Printed)]
    result = {"printed": [_plain(each) for each in files]} if form == "json" else None
    tell(findings, form, root, result, hidden=lambda each: each.severity == "info")
    if form not in ("text", "github"):
        return
    for each in files:
        click.echo(f"{each.address}  {each.bytes / 1000:.1f} kB", err=form != "text")
    for refused in results:
        if isinstance(refused, Refused):
            click.echo(_not_printed(refused), err=True)
    summary(findings, f"{counted(len(files), 'file')} printed.")


def _not_printed(each: Refused) -> str:
    whose = f" for {each.provider}" if each.provider else ""
    return f"Not printed: {each.id}{whose}{f' ({each.target})' if each.target else ''}"


def _plain(each: Printed) -> dict[str, Any]:
    return {
        "module": each.module,
        "version": each.version,
        "provider": each.provider,
        "output": each.output,
        "path": each.address,
        "bytes": each.bytes,
        "sha256": each.sha256,
    }
