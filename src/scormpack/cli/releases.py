"""`scormpack releases`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from scormpack.cli.release import RELEASES
from scormpack.cli.show import REFUSED, for_programs, print_json, tell
from scormpack.diagnostics import ContentError
from scormpack.release.record import Held, History, read_history
from scormpack.release.told import given_ever
from scormpack.report.tables import as_table

_COLUMNS = ("provider", "module", "version", "target", "release", "bytes", "sha256")
_Row = tuple[str, Held]


@click.command()
@click.option("--provider", "providers", multiple=True, metavar="ID", help="Only this provider. Repeatable.")
@click.option("--module", "modules", multiple=True, metavar="ID", help="Only this module. Repeatable.")
@click.option("--all", "ever", is_flag=True, help="Everything that was ever given, not only what they have now.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=RELEASES,
    show_default=True,
    help="The folder of all releases.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="To read (text), for programs (json), for a spreadsheet (csv).",
)
def releases(providers: tuple[str, ...], modules: tuple[str, ...], ever: bool, out: Path, form: str) -> None:
    """List who has what: which provider, which version of which module, since when.

    \b
    scormpack releases
    scormpack releases --module your-role --format csv > who-has-what.csv
    scormpack releases --provider willow-lane --all
    """
    try:
        history = read_history(out)
        found = (
            (name, row)
            for name, row in (_ever(history) if ever else _now(history))
            if (not providers or name in providers) and (not modules or row.module in modules)
        )
        _SHOWN[form](found)
    except ContentError as error:
        tell(error.diagnostics, "text", Path())
        sys.exit(REFUSED)
    if not history.releases:
        click.echo(f"Nothing has been given out from {out.as_posix()}/ yet.", err=True)


def _now(history: History) -> Iterator[_Row]:
    return ((line.provider, row) for _, line in history.providers() for row in line.has)


def _ever(history: History) -> Iterator[_Row]:
    return ((provider, row) for provider, _, row in given_ever(history))


def _text(rows: Iterator[_Row]) -> None:
    for provider, group in groupby(rows, key=lambda row: row[0]):
        click.echo(provider)
        for (module, version, since), held in groupby((row for _, row in group), key=_what):
            kinds = ", ".join(each.target for each in held)
            click.echo(f"  {module} {version}  since {since}  ({kinds})")


def _what(row: Held) -> tuple[str, str, str]:
    return row.module, row.version, row.since


def _values(rows: Iterator[_Row]) -> Iterator[tuple[str, str, str, str, str, int, str]]:
    for provider, row in rows:
        yield provider, row.module, row.version, row.target, row.since, row.bytes, row.sha256


def _json(rows: Iterator[_Row]) -> None:
    print_json([dict(zip(_COLUMNS, values, strict=True)) for values in _values(rows)])


def _csv(rows: Iterator[_Row]) -> None:
    for_programs(as_table([_COLUMNS, *_values(rows)]).decode())


_SHOWN = {"text": _text, "json": _json, "csv": _csv}
