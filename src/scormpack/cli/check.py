"""`scormpack check`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cli.show import counted, leave, report_format, summary, tell
from scormpack.inspect import inspect


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="ZIP|FOLDER…",
    type=click.Path(path_type=Path, exists=True),
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@report_format
def check(files: tuple[Path, ...], strict: bool, form: str) -> None:
    """Check any package, ours or not: what is wrong with it, and which platforms will stumble.

    It needs no library. What only scormpack asks of its own packages is not asked of others.

    \b
    scormpack check course.zip
    scormpack check unpacked/ --format json
    """
    verdicts = [inspect(file) for file in files]
    found = [finding for verdict in verdicts for finding in verdict.findings]
    tell(found, form, Path())
    if form in ("text", "github"):
        summary(found, f"{counted(len(verdicts), 'package')} checked.")
    leave(found, strict)
