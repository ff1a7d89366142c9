"""`scormpack results`: what learners have achieved, fetched from a platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormpack.check.deployed import DPL_08
from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.report import NAMES_KEY
from scormpack.cli.show import counted, leave, tell, write
from scormpack.content.load import load_library
from scormpack.content.provider import Deploy, Provider
from scormpack.diagnostics import ContentError, Diagnostic

if TYPE_CHECKING:
    from scormpack.deploy.doors import Destination
    from scormpack.results.fetched import Fetched

FILE, FOLDER = Path("build/results.csv"), Path("build/results")


@click.group()
def results() -> None:
    """Fetch what learners have achieved from a platform, as a table that `report` reads.

    \b
    scormpack results moodle --site https://learning.example.org --course 12
    scormpack report --results build/results.csv
    """


_site = click.option("--site", default="", metavar="URL", help="The address of the platform, from https:// on.")
_course = click.option("--course", default="", metavar="ID", help="The course: its number, or its ID number.")
_provider = click.option("--provider", default="", metavar="ID", help="Site and course are in the file of this one.")
_every = click.option(
    "--all", "every", is_flag=True, help="For every provider whose file says where, each in a table of its own."
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The table: CSV, written whole or not at all; with --all, a folder. Default: build/results.csv, or "
    "build/results/PROVIDER.csv.",
)
_names = click.option("--names", is_flag=True, help="Say who people are. Otherwise nobody is named.")
_key = click.option(
    "--names-key",
    type=click.Path(path_type=Path, dir_okay=False),
    default=NAMES_KEY,
    show_default=True,
    help="Without --names: the file from which invented names are made. It is made at first. Keep it secret.",
)


def _options(command: Any) -> Any:
    modules = click.argument("modules", nargs=-1, metavar="[MODULE…]")
    for option in reversed((modules, _site, _course, _provider, _every, _out, _names, _key, library_option)):
        command = option(command)
    return command


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    platform: str
    modules: tuple[str, ...]
    site: str
    course: str
    provider: str
    every: bool
    out: Path | None
    names: bool
    names_key: Path
    folder: Path | None


@results.command("moodle")
@_options
def moodle(**options: Any) -> None:
    """Fetch results of a Moodle with our plugin, `local_scormpack`: of all modules in a course, or of some.

    The table has a row for each learner, module and attempt. Nobody is named in it: a learner is `Person 7KQ2M4XA`,
    always the same one with the same --names-key. With --names it has names, and email addresses if the token may
    see them.

    \b
    scormpack results moodle --site https://learning.example.org --course 12
    scormpack results moodle your-role --provider willow-lane --names --out named.csv
    scormpack results moodle --all
    """
    _fetch(Asked("moodle", **options))


@results.command("scorm-cloud")
@_options
def scorm_cloud(**options: Any) -> None:
    """Fetch registrations of SCORM Cloud: of all modules that were loaded by machine, or of some.

    --course is what the ids of the courses begin with, as in `scormpack deploy scorm-cloud`. The table is the same
    as that of `scormpack results moodle`.

    \b
    scormpack results scorm-cloud
    scormpack results scorm-cloud your-role --course willow-lane --names
    """
    _fetch(Asked("scorm-cloud", **options))


def _fetch(asked: Asked) -> None:
    """Fetch from one place or from many; where one comes to nothing, the others go on."""
    named = asked.every or asked.provider
    root = library_folder(asked.folder) if named else Path()
    try:
        findings = list(_of_providers(asked, root) if named else _of_one(asked))
    except ContentError as error:
        findings = list(error.diagnostics)
    tell(findings, "text", root)
    leave(findings, strict=False)


def _of_one(asked: Asked) -> Iterator[Diagnostic]:
    from scormpack.deploy.doors import destination

    to = destination(asked.platform, asked.site, asked.course)
    if to.lacks:
        raise click.UsageError("Say from where: with --site and --course, with --provider, or with --all.")
    yield from _written(asked, to, asked.out or FILE)


def _of_providers(asked: Asked, root: Path) -> Iterator[Diagnostic]:
    """The results of one provider, or of all whose files say where."""
    if asked.every and (asked.provider or asked.site or asked.course):
        raise click.UsageError("With --all, site and course stand in the files of the providers.")
    providers = load_library(root).providers
    refuse_unknown("provider", [asked.provider] if asked.provider else [], providers.names)
    for name in providers.names if asked.every else [asked.provider]:
        try:
            yield from _of_provider(asked, providers.read(name))
        except ContentError as error:
            yield from error.diagnostics


def _of_provider(asked: Asked, provider: Provider) -> Iterator[Diagnostic]:
    from scormpack.deploy.doors import destination

    said = provider.deploy
    to = destination(asked.platform, asked.site or said.site or "", asked.course or said.course or "")
    if asked.every and (provider.platform != asked.platform or said == Deploy()):
        return
    if to.lacks:
        hint = "Give `--site` and `--course`, or write both under `deploy:` in its file."
        yield DPL_08.finding(
            f"Neither the command nor the provider's file says {to.lacks}", provider.place("deploy"), hint
        )
        return
    file = f"{provider.id}.csv"
    out = (asked.out or FOLDER) / file if asked.every else asked.out or FOLDER / file
    yield from _written(asked, to, out, f"{provider.id}: ")


def _written(asked: Asked, to: Destination, out: Path, whose: str = "") -> Sequence[Diagnostic]:
    """Write the table of one place, once everything is there; what went wrong, if it did."""
    from scormpack.deploy.doors import open_door
    from scormpack.report.pseudonyms import key_in, pseudonyms
    from scormpack.results.fetched import as_table

    try:
        found = list(open_door(to).results(asked.modules))
        is_new = not (asked.names or asked.names_key.exists())
        data = as_table(found, None if asked.names else pseudonyms(key_in(asked.names_key)))
    except ContentError as error:
        click.echo(f"{out.as_posix()} was not written.", err=True)
        return error.diagnostics
    write(data, out)
    click.echo(out.as_posix())
    click.echo(f"{whose}{_summary(found)}", err=True)
    if is_new:
        click.echo(
            f"The names in it are made with {asked.names_key.as_posix()}, which is new: keep it secret.", err=True
        )
    return ()


def _summary(found: Sequence[Fetched]) -> str:
    people = {each.key for each in found}
    modules = {each.module for each in found}
    attempts = f"{counted(len(found), 'attempt')} of {counted(len(people), 'learner')}"
    return f"{attempts} at {counted(len(modules), 'module')}." if found else "Nobody has begun anything there yet."
