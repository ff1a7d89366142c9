"""`scormpack results`: what learners have achieved, fetched from a platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormpack.cli.report import NAMES_KEY
from scormpack.cli.show import counted, leave, tell, write
from scormpack.diagnostics import ContentError

if TYPE_CHECKING:
    from scormpack.results.fetched import Fetched

FILE = Path("build/results.csv")


@click.group()
def results() -> None:
    """Fetch what learners have achieved from a platform, as a table that `report` reads.

    \b
    scormpack results moodle --site https://learning.example.org --course 12
    scormpack report --results build/results.csv
    """


_site = click.option("--site", metavar="URL", required=True, help="The address of the site, from https:// on.")
_course = click.option(
    "--course", metavar="ID", required=True, help="The number of the course, or its ID number: 12, HC-2024."
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=FILE,
    show_default=True,
    help="The table: CSV, written whole or not at all.",
)
_names = click.option("--names", is_flag=True, help="Say who people are. Otherwise nobody is named.")
_key = click.option(
    "--names-key",
    type=click.Path(path_type=Path, dir_okay=False),
    default=NAMES_KEY,
    show_default=True,
    help="Without --names: the file from which invented names are made. It is made at first. Keep it secret.",
)


@results.command("moodle")
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@_site
@_course
@_out
@_names
@_key
def moodle(modules: tuple[str, ...], site: str, course: str, out: Path, names: bool, names_key: Path) -> None:
    """Fetch results of a Moodle with our plugin: of all modules in a course, or of some.

    The table has a row for each learner, module and attempt. Nobody is named in it: a learner is `Person 7KQ2M4XA`,
    always the same one with the same --names-key. With --names it has names, and email addresses if the token may
    see them.

    \b
    scormpack results moodle --site https://learning.example.org --course 12
    scormpack results moodle your-role --site https://learning.example.org --course HC-2024 --names --out named.csv
    """
    from scormpack.deploy.http import address
    from scormpack.deploy.moodle.client import Moodle
    from scormpack.deploy.moodle.client import course as where
    from scormpack.deploy.moodle.results import fetch
    from scormpack.deploy.token import token_for

    def rows() -> Iterable[Fetched]:
        at = address(site)
        return fetch(Moodle(at, token_for(at.origin)), where(course), modules)

    _write(rows, out, None if names else names_key)


def _write(rows: Callable[[], Iterable[Fetched]], out: Path, key: Path | None) -> None:
    """Write the table of all `rows`, once every one of them is there. What goes wrong ends the command."""
    from scormpack.report.pseudonyms import key_in, pseudonyms
    from scormpack.results.fetched import as_table

    try:
        found = list(rows())
        data = as_table(found, pseudonyms(key_in(key)) if key else None)
    except ContentError as error:
        tell(error.diagnostics, "text", Path())
        click.echo("Nothing was written.", err=True)
        leave(error.diagnostics, strict=False)
        return
    write(data, out)
    click.echo(out.as_posix())
    click.echo(_summary(found), err=True)


def _summary(found: list[Fetched]) -> str:
    people = {each.key for each in found}
    modules = {each.module for each in found}
    attempts = f"{counted(len(found), 'attempt')} of {counted(len(people), 'learner')}"
    return f"{attempts} at {counted(len(modules), 'module')}." if found else "Nobody has begun anything there yet."
