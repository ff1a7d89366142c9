"""What `scormpack check --run` does: it plays a package, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormpack.cli.show import write

if TYPE_CHECKING:
    from scormpack.inspect.play.played import Played

_MISSING = (
    "To play packages, Playwright is needed: `pip install 'scormpack[play]'`, and then `playwright install chromium`."
)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that plays packages."""
    for option in (
        click.option(
            "--pictures",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIRECTORY",
            help="With --run: write a page for each package to this folder, with pictures of what happened.",
        ),
        click.option(
            "--patience",
            type=click.FloatRange(min=5),
            default=60.0,
            show_default=True,
            metavar="SECONDS",
            help="With --run: how long to play each package at most.",
        ),
        click.option("--run", is_flag=True, help="Play each package too, in Chromium, on platforms of our own."),
    ):
        command = option(command)
    return command


def played(file: Path, patience: float, pictures: Path | None) -> Played | None:
    """Play the package in `file`, say how far it came, and give back what happened; None if it cannot be read.

    It is written to the folder `pictures` too. Ends the command where nothing can be played.
    """
    try:
        from scormpack.inspect.play import NoBrowserError, as_html, play_file
    except ModuleNotFoundError:
        raise click.UsageError(_MISSING) from None
    try:
        found = play_file(file, patience=patience)
    except NoBrowserError as error:
        raise click.UsageError(str(error)) from None
    if found is None:
        return None
    click.echo(f"{file.name}: {found.reached}", err=True)
    if pictures is not None:
        write(as_html(found).encode(), pictures / f"{file.stem}.html")
    return found
