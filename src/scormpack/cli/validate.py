"""`scormpack validate`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cli.library import library_option, planned
from scormpack.cli.show import counted, format_option, leave, plain, print_json, show, summary


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@format_option
def validate(modules: tuple[str, ...], folder: Path | None, strict: bool, form: str) -> None:
    """Find every mistake: file, line, reason and remedy. Nothing is written.

    \b
    scormpack validate
    scormpack validate your-role --format json
    """
    from scormpack.batch import validate_all

    work, findings = planned(folder, modules)
    if work is not None:
        findings += validate_all(work)
    if form == "json":
        print_json({"diagnostics": [plain(finding) for finding in findings]})
    else:
        show(findings)
        summary(findings, f"{counted(len(modules or work.library.modules) if work else 0, 'module')} read.")
    leave(findings, strict)
