"""`scormpack verify`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cli.show import counted, leave, report_format, summary, tell
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.release.verify import verify as held_against


@click.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="FOLDER…",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
)
@click.option(
    "--history",
    "releases",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="RELEASES",
    help="The folder of all releases: compare with the trainer's record there too.",
)
@report_format
def verify(folders: tuple[str, ...], releases: Path | None, form: str) -> None:
    """Check that a provider's folder is what was given out: nothing missing, changed or added.

    It needs no library: the folder's own `release.json` says what belongs in it. Whoever has changed a package may
    have changed that too; only the trainer's record shows it.

    \b
    scormpack verify willow-lane
    scormpack verify willow-lane --history releases
    """
    findings: list[Diagnostic] = []
    for folder in map(Path, folders):
        try:
            findings += held_against(folder, releases)
        except ContentError as error:
            findings += error.diagnostics
    found = list(dict.fromkeys(findings))
    tell(found, form, Path())
    if form in ("text", "github"):
        summary(found, f"{counted(len(folders), 'folder')} checked.")
    leave(found, strict=False)
