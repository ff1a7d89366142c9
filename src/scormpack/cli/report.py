"""`scormpack report`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormpack.batch import Plan, plan
from scormpack.blocks import Question
from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.show import REFUSED, for_programs, leave, tell, write
from scormpack.clock import today
from scormpack.content.assessment import SelfAssessment, blank, load_assessment
from scormpack.content.library import Library
from scormpack.content.load import load_library, title_of
from scormpack.diagnostics import ContentError, Place
from scormpack.release.record import read_history
from scormpack.release.told import versions_given
from scormpack.report import Report, gather
from scormpack.report.page import as_html
from scormpack.report.pseudonyms import key_in, pseudonyms
from scormpack.report.results import Names
from scormpack.report.results import results as told
from scormpack.report.tables import as_csv, as_json
from scormpack.report.values import GivenOut, Results
from scormpack.source.node import read_model

if TYPE_CHECKING:
    from scormpack.results.form import Form
    from scormpack.results.table import Asked

HTML, PDF, TABLES = Path("build/report.html"), Path("build/report.pdf"), Path("build/report")
RELEASES = Path("releases")
NAMES_KEY = Path("names.key")


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
    "--results",
    "results",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help="What a platform exports of its learners: who has finished what, and when. Repeatable.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="What the columns, the words or the activities of those files mean, where that is not known.",
)
@click.option(
    "--days",
    type=click.Choice(["day-first", "month-first"]),
    help="Which comes first in days such as 03/04/2026, where no day of the table shows it.",
)
@click.option("--zone", default="UTC", show_default=True, help="The time zone in which moments become days.")
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="By when all was to be finished: 2026-11-30."
)
@click.option(
    "--names",
    type=click.Choice(["keep", "omit", "replace"]),
    default="keep",
    show_default=True,
    help="Show who people are (keep), only how many (omit), or invented names that stay the same (replace).",
)
@click.option(
    "--names-key",
    type=click.Path(path_type=Path, dir_okay=False),
    default=NAMES_KEY,
    show_default=True,
    help="For replace: the file from which the names are made. It is made at first, and is to be kept secret.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "pdf", "csv", "json"]),
    default="html",
    show_default=True,
    help="A page to read (html), the same on paper (pdf), tables for a spreadsheet (csv), or for programs (json).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A file, or for csv a folder. Default: build/report.html, .pdf, or build/report; for json, standard output.",
)
def report(
    modules: tuple[str, ...],
    folder: Path | None,
    providers: tuple[str, ...],
    answers: Path | None,
    blank_for: str | None,
    releases: Path,
    results: tuple[Path, ...],
    form: str,
    out: Path | None,
    **asked: Any,
) -> None:
    """Report gaps and evidence: what is covered, out of date or left open.

    \b
    scormpack report
    scormpack report --format csv --out tables
    scormpack report --new-assessment willow-lane
    scormpack report --self-assessment modules/assessments/willow-lane.yaml --format pdf
    scormpack report --results completion.csv --due 2026-12-31
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
        versions = _versions(work, releases)
        found = _results(library, work, versions, results, Asking(**asked)) if results else None
        _write_report(gather(work, modules, assessment, versions, found), form, out)
    except ContentError as error:
        tell(error.diagnostics, "text", root)
        leave(error.diagnostics, strict=False)


@dataclass(frozen=True)
class Asking:
    """How results are read and told."""

    mapping: Path | None
    days: str | None
    zone: str
    due: datetime.datetime | None
    names: Names
    names_key: Path


def _results(
    library: Library, work: Plan, versions: Sequence[GivenOut], files: Sequence[Path], asking: Asking
) -> Results:
    """What `files` say of learners. What is left out of them is told."""
    from scormpack.results.reading import read_results  # which few reports need

    found = read_results(files, _asked(library, work, asking))
    tell(found.findings, "text", library.folder)
    alias = pseudonyms(key_in(asking.names_key)) if asking.names == "replace" else str
    due = asking.due.date() if asking.due else None
    return told(found, work.modules, work.day, versions, due, asking.names, alias)


def _asked(library: Library, work: Plan, asking: Asking) -> Asked:
    from scormpack.results.days import zone_of
    from scormpack.results.names import Names as Known
    from scormpack.results.table import Asked

    form = _mapping(asking.mapping, library) if asking.mapping else None
    try:
        zone = zone_of(asking.zone)
    except ValueError:
        raise click.UsageError(f"There is no time zone `{asking.zone}`. One is called `Europe/London`.") from None
    known = work.by_id
    titles = {
        name: known[name].title if name in known else _title(folder) for name, folder in library.modules.items()
    }
    names = Known(titles, library.providers.names, form.modules if form else {})
    order: Any = asking.days.replace("-", "_") if asking.days else "any"
    asks = frozenset(module.id for module in work.modules if next(module.blocks(Question), None))
    return Asked(names, zone, form, order, asks)


def _title(folder: Path) -> str:
    """The title of a module; its id where it cannot be read, of which others tell."""
    try:
        return title_of(folder)
    except ContentError:
        return folder.name


def _mapping(file: Path, library: Library) -> Form:
    """What somebody says that columns mean. Ends the command if it has errors."""
    from scormpack.results.form import Form

    try:
        form = read_model(Form, file, file.parent)
    except ContentError as error:
        tell(error.diagnostics, "text", file.parent)
        sys.exit(REFUSED)
    refuse_unknown("module", [*form.modules.values(), *([form.module] if form.module else [])], library.modules)
    return form


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
    elif form == "pdf":
        _write_paper(found, out or PDF)
    else:
        file = out or HTML
        write((as_html(found) if form == "html" else as_json(found)).encode(), file)
        click.echo(file.as_posix())


def _write_paper(found: Report, file: Path) -> None:
    from scormpack.report.paper import as_pdf  # which few reports need

    made = as_pdf(found, Place(file.as_posix(), outside=True))
    tell(made.findings, "text", file.parent)
    write(made.data, file)
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
