"""`scormpack assess`: a command for each way between a provider's self-assessment and a table to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.assess.changes import Change, Plan, file_of, plan_import
from scormpack.assess.form import as_table
from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.making import reporting_errors
from scormpack.cli.show import counted
from scormpack.cli.tables import ends_as_a_table, shown_value
from scormpack.clock import today
from scormpack.content.assessment import SelfAssessment, load_assessment
from scormpack.content.library import Library
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError
from scormpack.source.files import shown
from scormpack.starter.files import add_files, replace_files
from scormpack.tables import comma


@click.group()
def assess() -> None:
    """Write a provider's self-assessment as a table to fill in, and take such a table in.

    A self-assessment has a question for each measure of the recommendations. `scormpack report --self-assessment`
    makes the evidence report of it.

    \b
    scormpack assess export willow-lane
    scormpack assess import willow-lane.xlsx --dry-run
    scormpack assess import willow-lane.xlsx
    """


@assess.command("export")
@click.argument("provider", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=ends_as_a_table,
    help="A new file .xlsx or .csv. Default: ID.xlsx.",
)
@library_option
def export(provider: str, out: Path | None, folder: Path | None) -> None:
    """Write the self-assessment of the provider ID as a table: a row for each question.

    What assessments/ID.yaml answers already is filled in. In a workbook each answer is chosen from a list that says
    what the words mean. A file that exists is never overwritten.

    \b
    scormpack assess export willow-lane
    scormpack assess export willow-lane --out for-the-manager.xlsx
    """
    root = library_folder(folder)
    with reporting_errors(root):
        library = load_library(root)
        refuse_unknown("provider", [provider], library.providers.names)
        if provider in library.unread:
            raise ContentError(library.unread[provider])
        file = out or Path(f"{provider}.xlsx")
        add_files({file.name: _file(library, provider, file.suffix.lower())}, file.parent)
        click.echo(shown(file))


def _file(library: Library, provider: str, ending: str) -> bytes:
    kept = file_of(library, provider)
    found = load_assessment(kept, library) if kept.exists() else _unanswered(provider)
    if found.provider != provider:
        raise click.UsageError(f"{shown(kept)} is about `{found.provider}`.")
    table = as_table(library, found)
    if ending == ".csv":
        return comma.written(table)
    from scormpack.assess.workbook import written  # here, because openpyxl takes its time

    return written(table, library.providers[provider].name)


def _unanswered(provider: str) -> SelfAssessment:
    return SelfAssessment.model_validate({"provider": provider, "date": today(), "prepared_by": ""})


@assess.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@library_option
def import_(file: Path, dry_run: bool, folder: Path | None) -> None:
    """Take in a table that somebody has filled in: write or change assessments/<provider>.yaml.

    FILE is a workbook (.xlsx) or CSV. Each change is shown. If anything is wrong in any row, all of it is shown with
    its cell, and nothing is written.

    In a file that is there already only the lines of values that change are touched. What the table has no row or no
    column for stays as it is; an empty cell empties the value.

    \b
    scormpack assess import willow-lane.xlsx --dry-run
    scormpack assess import willow-lane.xlsx
    """
    root = library_folder(folder)
    with reporting_errors(root):
        plan = plan_import(load_library(root), file)
        if plan.text and not dry_run:
            replace_files({plan.path: plan.text.encode()}, root)
    for change in plan.changes:
        click.echo(_shown(change))
    if plan.text and not dry_run:
        click.echo(shown(root / plan.path))
    click.echo(_summary(plan, dry_run), err=True)


def _shown(change: Change) -> str:
    about = f"{change.about}: " if change.about else ""
    return f"{about}{change.name}: {shown_value(change.old)} → {shown_value(change.new)}"


def _summary(plan: Plan, dry_run: bool) -> str:
    """One line: how much has changed, and whether anything is written."""
    questions = len({change.about for change in plan.changes if change.about})
    said = f"{plan.provider}: {counted(len(plan.changes), 'value')} changed, in {counted(questions, 'question')}."
    return f"{said} Nothing was written." if dry_run or not plan.text else said
