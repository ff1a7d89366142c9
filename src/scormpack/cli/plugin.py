"""`scormpack plugin`: a command for each platform that we have a plugin for."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cli.show import write
from scormpack.plugins import moodle_plugin


@click.group()
def plugin() -> None:
    """Write the plugin by which a platform takes packages from here.

    \b
    scormpack plugin moodle
    """


@plugin.command("moodle")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default=True,
    help="The folder to write to.",
)
def moodle(out: Path) -> None:
    """Write the plugin for Moodle, `OUT/local_scormpack-<version>.zip`.

    An administrator of the site installs it once; from then on packages can be loaded by machine. It is for Moodle
    4.1 to 5.1. A release for a provider whose platform is Moodle brings it too. The same version has the same bytes
    wherever it is written.

    \b
    scormpack plugin moodle
    scormpack plugin moodle --out for-the-administrator
    """
    made = moodle_plugin()
    file = out / made.file
    write(made.data, file)
    click.echo(file.as_posix())
    click.echo("Install it in Moodle under “Site administration”, “Plugins”, “Install plugins”.", err=True)
