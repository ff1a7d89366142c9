"""`scormpack init`."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from scormpack.cli.making import reporting_errors
from scormpack.clock import today
from scormpack.starter.begin import begin


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[FOLDER]")
@click.option("--title", default="Our training", show_default=True, help="The title of the library.")
@click.option("--publisher", default="Our organisation", show_default=True, help="Who publishes it.")
def init(folder: Path, title: str, publisher: str) -> None:
    """Start a library that builds straight away, with notes on each part.

    It has one short module, one recommendation and one provider. FOLDER is the current folder by default.
    Existing files are never overwritten.

    \b
    scormpack init my-library
    scormpack init my-library --title "Training for Willow Lane" --publisher "Willow Lane Homecare"
    """
    with reporting_errors(folder):
        made = begin(folder, today(), title, publisher)
    for name in made:
        click.echo((folder / name).as_posix())
    click.echo("One module, one recommendation and one provider, ready to build. Next:", err=True)
    if folder.resolve() != Path().resolve():
        click.echo(f"  cd {_as_typed(folder)}", err=True)
    click.echo("  scormpack validate\n  scormpack build\n  scormpack preview", err=True)


def _as_typed(folder: Path) -> str:
    """The folder for a command line, in quotes where it needs them."""
    if os.name == "nt":
        return f'"{folder}"' if " " in str(folder) else str(folder)
    return shlex.quote(str(folder))
