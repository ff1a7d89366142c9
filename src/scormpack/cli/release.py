"""`scormpack release`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from scormpack import __version__
from scormpack.cli.build import target_option
from scormpack.cli.library import cache_for, cache_option, jobs_option, library_folder, library_option
from scormpack.cli.planned import planned
from scormpack.cli.progress import Progress
from scormpack.cli.show import INTERRUPTED, counted, leave, report_format, summary, tell
from scormpack.diagnostics import ContentError
from scormpack.inspect.judgement import Change
from scormpack.release.catalogue import Tally
from scormpack.release.making import Released
from scormpack.release.making import release as give_out

RELEASES = Path("releases")
_WORDS = {
    Change.LOST: "changed: progress is lost",
    Change.STAYS: "changed: progress stays",
    Change.NEW: "new",
    Change.UNCHANGED: "unchanged",
}
_MOST = 8  # reasons shown for a module; the catalogue has all of them


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@target_option
@click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Give out to this provider only. Repeatable."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=RELEASES,
    show_default=True,
    help="The folder of all releases, with their record.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--overdue", is_flag=True, help="Give out modules whose review is overdue too.")
@click.option(
    "--print/--no-print",
    "to_print",
    default=True,
    show_default=True,
    help="Put papers beside the packages: those of all modules, as `print` makes them, and the load sheet.",
)
@cache_option
@jobs_option
@report_format
def release(
    modules: tuple[str, ...],
    folder: Path | None,
    targets: tuple[str, ...],
    providers: tuple[str, ...],
    out: Path,
    strict: bool,
    overdue: bool,
    to_print: bool,
    anew: bool,
    processes: int,
    form: str,
) -> None:
    """Give out a folder for each provider, and keep a record of who got what.

    A release is `OUT/<day>/`, with a folder for each provider for which something has changed: the packages, how to
    load them, what has changed and whether progress stays, papers to print, and checksums. `index.html` in it is a
    catalogue for you. The record is in `OUT/history/`: keep it. A version that was given out cannot be given out
    again with other content.

    \b
    scormpack release
    scormpack release your-role --provider willow-lane
    scormpack verify releases/2026-11-30/willow-lane
    """
    root = library_folder(folder)
    work, found = planned(root, modules, providers, targets, overdue)
    done = None
    if work is not None:
        asked = len(set(modules)) or len(work.library.modules)
        try:
            with Progress("Building", work.size * (2 if to_print else 1), form) as progress:
                more = (strict, cache_for(anew), processes, to_print, progress.step)
                done = give_out(work, out, __version__, asked, *more)
        except KeyboardInterrupt:
            click.echo("Stopped. Nothing was given out.", err=True)
            sys.exit(INTERRUPTED)
        except ContentError as error:
            found += error.diagnostics
        else:
            found += done.findings
    findings = list(dict.fromkeys(found))
    tell(findings, form, root, _plain(done) if done else None, hidden=lambda each: each.severity == "info")
    if form in ("text", "github"):
        for line in _review(done) if done else ():
            click.echo(line, err=form != "text")
        summary(findings, _outcome(done))
    leave(findings, strict)


def _outcome(done: Released | None) -> str:
    """One sentence: what was given out, or why nothing."""
    if done is None:
        return "Nothing was given out."
    if done.folder is None:
        return (
            "Nothing has changed, so nothing was given out."
            if done.unchanged and not done.left_out
            else "Nothing was given out."
        )
    papers = f" and {counted(done.printed, 'file')} to print or to show" if done.printed else ""
    given = f"{counted(done.packages, 'package')}{papers} for {counted(len(done.given), 'provider')}"
    return f"{done.folder.as_posix()}: {given}."


def _review(done: Released) -> Iterator[str]:
    """What to look at before anything is sent."""
    if done.folder is not None:
        yield "Look over before you send it:"
        for each in done.modules:
            yield from _of_module(each)
        yield f"  {(done.folder / 'index.html').as_posix()}  the catalogue: who has what"
    for names, what in ((done.unchanged, "Nothing has changed for"), (done.left_out, "Left out, see above:")):
        if names:
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            yield f"{what} {', '.join(names[:_MOST])}{more}"


def _of_module(each: Tally) -> Iterator[str]:
    counts = ((words, each.changes[change]) for change, words in _WORDS.items())
    changes = "; ".join(f"{words} ({count})" for words, count in counts if count)
    before = f"{', '.join(each.before)} → " if each.before else ""
    yield f"  {each.module.id} {before}{each.module.version}  {changes}"
    for reason in list(each.reasons)[:_MOST]:
        yield f"      {reason}"
    if len(each.reasons) > _MOST:
        yield f"      and {len(each.reasons) - _MOST} more"


def _plain(done: Released) -> dict[str, Any]:
    return {
        "release": done.head.release if done.folder else None,
        "folder": done.folder.as_posix() if done.folder else None,
        "packages": done.packages,
        "printed": done.printed,
        "given": list(done.given),
        "unchanged": list(done.unchanged),
        "left_out": list(done.left_out),
        "modules": [each.plain() for each in done.modules if each.changes],
    }
