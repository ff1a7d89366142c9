"""`scormpack validate`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cache import Cache
from scormpack.cli.library import cache_for, cache_option, jobs_option, library_folder, library_option
from scormpack.cli.outcome import outcome_of
from scormpack.cli.show import counted, is_left_to_do, leave, report_format, summary, tell
from scormpack.diagnostics import Diagnostic


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--all", "everything", is_flag=True, help="Also show what is left to do before release.")
@click.option("--watch", "watched", is_flag=True, help="Validate again after each change, until Ctrl+C.")
@cache_option
@jobs_option
@report_format
def validate(
    modules: tuple[str, ...],
    folder: Path | None,
    strict: bool,
    everything: bool,
    watched: bool,
    anew: bool,
    processes: int,
    form: str,
) -> None:
    """Check the library and show every problem: file, line, reason and fix.

    \b
    scormpack validate
    scormpack validate your-role --format json
    scormpack validate --watch
    """
    if watched and form != "text":
        raise click.UsageError("--watch works with --format text only.")
    root, cache = library_folder(folder), cache_for(anew)
    if not watched:
        leave(_validate(modules, root, everything, form, cache, processes), strict)
    else:
        from scormpack.cli.watch import watch

        watch(root, lambda: _validate(modules, root, everything, form, cache, processes))


def _validate(
    modules: tuple[str, ...], root: Path, everything: bool, form: str, cache: Cache, processes: int
) -> tuple[Diagnostic, ...]:
    """Read and check everything once, and show the findings."""
    outcome = outcome_of(root, modules, cache, processes)
    findings = outcome.findings
    reasons = outcome.reasons if form in ("text", "json") else None
    tell(findings, form, root, hidden=lambda each: is_left_to_do(each) and not everything, reasons=reasons)
    if form in ("text", "github"):
        notes = 0 if everything or form != "text" else sum(is_left_to_do(finding) for finding in findings)
        more = [
            f"{counted(outcome.unread, 'module')} could not be read to the end: fix this, then run it again."
            if outcome.unread
            else "",
            f"`--all` shows what is left to do before release: {counted(notes, 'note')}." if notes else "",
        ]
        summary(findings, f"{counted(outcome.read, 'module')} read.", " ".join(filter(None, more)))
    return findings
