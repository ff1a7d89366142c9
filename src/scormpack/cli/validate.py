"""`scormpack validate`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.batch import validate_all
from scormpack.cli.library import library_folder, library_option, planned
from scormpack.cli.show import counted, is_left_to_do, leave, report_format, summary, tell
from scormpack.diagnostics import Diagnostic


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--all", "everything", is_flag=True, help="Show what is left to do before release too.")
@click.option("--watch", "watched", is_flag=True, help="Stay, and validate again after each change. Ctrl+C ends it.")
@report_format
def validate(
    modules: tuple[str, ...], folder: Path | None, strict: bool, everything: bool, watched: bool, form: str
) -> None:
    """Find every mistake: file, line, reason and remedy. Nothing is written.

    \b
    scormpack validate
    scormpack validate your-role --format json
    scormpack validate --watch
    """
    if not watched:
        leave(_validate(modules, library_folder(folder), everything, form), strict)
    elif form != "text":
        raise click.UsageError("--watch is for people: it goes with --format text only.")
    else:
        from scormpack.cli.watch import watch

        root = library_folder(folder)
        watch(root, lambda: _validate(modules, root, everything, form))


def _validate(modules: tuple[str, ...], root: Path, everything: bool, form: str) -> list[Diagnostic]:
    """Read and check everything once, and tell it."""
    work, findings = planned(root, modules)
    if work is not None:
        findings += validate_all(work)
    tell(findings, form, root, hidden=lambda finding: is_left_to_do(finding) and not everything)
    if form in ("text", "github"):
        notes = 0 if everything or form != "text" else sum(is_left_to_do(finding) for finding in findings)
        read = len(work.modules) if work else 0
        unread = len(modules or work.library.modules) - read if work else 0
        more = [
            f"{counted(unread, 'module')} could not be read to the end: mend this, then look again."
            if unread
            else "",
            f"`--all` shows what is left to do before release: {counted(notes, 'note')}." if notes else "",
        ]
        summary(findings, f"{counted(read, 'module')} read.", " ".join(filter(None, more)))
    return findings
