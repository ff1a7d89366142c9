"""`scormpack schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormpack.authoring import differences, write_schemas
from scormpack.cli.show import REFUSED, counted


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas", "authoring"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--check", is_flag=True, help="Write nothing, and list files that are out of date, missing or surplus.")
def schema(out: Path, check: bool) -> None:
    """Write JSON Schemas, so that editors can help with the files of a library.

    There is one for each kind of file, `OUT/<kind>.schema.json`, and one for each kind of block,
    `OUT/blocks/<kind>.schema.json`. `--check` exits with 1 if one differs.

    \b
    scormpack schema
    scormpack schema --out our-library/schemas
    scormpack schema --check
    """
    if check:
        found = list(differences(out))
        for file, what in found:
            click.echo(f"{file.as_posix()}  {what}")
        click.echo(f"{counted(len(found), 'difference')}." if found else "All schemas are up to date.", err=True)
        sys.exit(REFUSED if found else 0)
    try:
        written = write_schemas(out)
    except OSError as error:
        raise click.ClickException(f"{out.as_posix()} cannot be written: {error.strerror or error}") from None
    for file in written:
        click.echo(file.as_posix())
    click.echo(f"{counted(len(written), 'schema')} written.", err=True)
