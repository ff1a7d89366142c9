"""`scormpack report`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormpack.batch import Plan, plan
from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.show import REFUSED, for_programs, leave, tell, write
from scormpack.clock import today
from scormpack.content.assessment import SelfAssessment, blank, load_assessment
from scormpack.content.library import Library
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError
from scormpack.release.record import read_history
from scormpack.release.told import versions_given
from scormpack.report import Report, gather
from scormpack.report.page import as_html
from scormpack.report.tables import as_csv, as_json
from scormpack.report.values import GivenOut

HTML, TABLES, RELEASES = Path("build/report.html"), Path("build/report"), Path("releases")


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option("--provider", "providers", multiple=True, metavar="ID", help="About this provider only. Repeatable.")
@click.option(
    "--self-assessment",
    "answers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A provider's own answers; the report becomes its evidence report.",
)
@click.option(
    "--new-assessment",
    "blank_for",
    metavar="ID",
    help="Instead of a report, write a self-assessment for this provider to fill in.",
)
@click.option(
    "--releases",
    type=click.Path(path_type=Path, file_okay=False),
    default=RELEASES,
    show_default=True,
    help="The folder of all releases: what its record says of versions is reported too.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "csv", "json"]),
    default="html",
    show_default=True,
    help="A page to read (html), tables for a spreadsheet (csv), or for programs (json).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A file, or for csv a folder. Default: build/report.html, build/report; for json, standard output.",
)
def report(
    modules: tuple[str, ...],
    folder: Path | None,
    providers: tuple[str, ...],
    answers: Path | None,
    blank_for: str | None,
    releases: Path,
    form: str,
    out: Path | None,
) -> None:
    """Report gaps and evidence: what is covered, out of date or left open.

    \b
    scormpack report
    scormpack report --format csv --out tables
    scormpack report --new-assessment willow-lane
    scormpack report --self-assessment modules/assessments/willow-lane.yaml
    """
    root = library_folder(folder)
    try:
        library = load_library(root)
        refuse_unknown("module", modules, library.modules)
        refuse_unknown("provider", providers, library.providers.names)
        if blank_for is not None:
            _write_blank(library, blank_for, out)
            return
        assessment = _assessment(library, answers, providers) if answers else None
        work = plan(library, today(), modules, [assessment.provider] if assessment else providers)
        _write_report(gather(work, modules, assessment, _versions(work, releases)), form, out)
    except ContentError as error:
        tell(error.diagnostics, "text", root)
        leave(error.diagnostics, strict=False)


def _versions(work: Plan, releases: Path) -> tuple[GivenOut, ...]:
    """What the record says of these modules and providers; nothing where nothing was given out."""
    history = read_history(releases)
    return versions_given(history, work.by_id, {each.id for each in work.providers})


def _assessment(library: Library, file: Path, providers: tuple[str, ...]) -> SelfAssessment:
    """The self-assessment in `file`. Ends the command if it has errors or is by another provider."""
    try:
        found = load_assessment(file, library)
    except ContentError as error:  # the file may lie anywhere, so its places are relative to its own folder
        tell(error.diagnostics, "text", file.parent)
        sys.exit(REFUSED)
    if set(providers) - {found.provider}:
        raise click.UsageError(f"The self-assessment is by `{found.provider}`: leave out --provider.")
    return found


def _write_report(found: Report, form: str, out: Path | None) -> None:
    if form == "csv":
        folder = out or TABLES
        tables = as_csv(found)
        for table in tables:
            write(table.data, folder / table.path)
        click.echo(f"{folder.as_posix()}: {len(tables)} tables")
    elif form == "json" and out is None:
        for_programs(as_json(found))
    else:
        file = out or HTML
        write((as_html(found) if form == "html" else as_json(found)).encode(), file)
        click.echo(file.as_posix())


def _write_blank(library: Library, provider: str, out: Path | None) -> None:
    """Write a new self-assessment; an existing one is never overwritten."""
    refuse_unknown("provider", [provider], library.providers.names)
    if provider in library.unread:
        raise ContentError(library.unread[provider])
    file = out or library.folder / "assessments" / f"{provider}.yaml"
    if file.exists():
        raise click.UsageError(f"{file.as_posix()} already exists and is left as it is. Choose another with --out.")
    write(blank(library, provider, today()).encode(), file)
    click.echo(file.as_posix())
