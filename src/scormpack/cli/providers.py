"""`scormpack providers`: a command for each way between the files of providers and a table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from scormpack.cache import Cache
from scormpack.cli.library import CACHE, library_folder, library_option
from scormpack.cli.making import reporting_errors
from scormpack.cli.show import counted, for_programs, leave, tell
from scormpack.cli.tables import ends_as_a_table, shown_value
from scormpack.content.load import load_library
from scormpack.providers.changes import Change, Plan, Update, plan_import
from scormpack.providers.table import as_table, table_file
from scormpack.source.files import shown
from scormpack.starter.files import add_files, replace_files


@click.group()
def providers() -> None:
    """Write all providers as a table for a spreadsheet, and take such a table in.

    A table has a row for each provider and a column for each field and each local detail.

    \b
    scormpack providers export --out providers.xlsx
    scormpack providers import providers.xlsx --dry-run
    scormpack providers import providers.xlsx
    """


@providers.command("export")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=ends_as_a_table,
    help="A new file .xlsx or .csv. Default: standard output, as CSV.",
)
@click.option("--empty", is_flag=True, help="Leave the providers out: a table to fill in.")
@library_option
def export(out: Path | None, empty: bool, folder: Path | None) -> None:
    """Write a table with a row for each provider.

    Row 1 has the names of the columns. The two rows below say what they mean and give an example; they begin with #,
    and so they are left out when the table is taken in. A file that exists is never overwritten.

    \b
    scormpack providers export --out providers.xlsx
    scormpack providers export --empty --out to-fill-in.xlsx
    """
    root = library_folder(folder)
    with reporting_errors(root):
        library = load_library(root)
        data = table_file(as_table(library, empty), out.suffix.lower() if out else ".csv")
        if out is None:
            for_programs(data.decode())
        else:
            add_files({out.name: data}, out.parent)
            click.echo(shown(out))
    unread = [] if empty else [finding for found in library.unread.values() for finding in found]
    tell(unread, "text", root)
    leave(unread, strict=False)


@providers.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@library_option
def import_(file: Path, dry_run: bool, folder: Path | None) -> None:
    """Take in a table: add new providers, and change what differs in the files of the others.

    FILE is a workbook (.xlsx) or CSV. Each row is shown: new, changed (what, from what, to what) or unchanged. If
    anything is wrong with any row, all of it is shown and nothing is written.

    What the table says holds: an empty cell empties the value. What it does not say stays as it is: a column that is
    left out, and a provider without a row. In a provider's file only the lines of values that change are touched, so
    comments stay. A logo is a picture that lies beside FILE, and is copied into providers/.

    \b
    scormpack providers import providers.xlsx --dry-run
    scormpack providers import providers.xlsx
    """
    root = library_folder(folder)
    with reporting_errors(root):
        plan = plan_import(load_library(root), file, Cache(CACHE))
        if not dry_run:
            replace_files(plan.files, root)
    for update in plan.updates:
        _show(update)
    click.echo(_summary(plan, dry_run), err=True)


def _show(update: Update) -> None:
    click.echo(f"{update.state:<9}  {update.id}")
    for change in update.changes:
        if not update.is_new:
            click.echo(f"    {change.name}: {shown_value(change.old)} → {shown_value(change.new)}{_note(change)}")
        elif change.note:
            click.echo(f"    {change.name}: {shown_value(change.new)}{_note(change)}")


def _note(change: Change) -> str:
    return f" ({change.note})" if change.note else ""


def _summary(plan: Plan, dry_run: bool) -> str:
    """One line: how many providers are new or changed, how many values are emptied, whether anything is written."""
    states = Counter(update.state for update in plan.updates)
    done = [f"{states[state]:,} {state}" for state in ("new", "changed", "unchanged") if states[state]]
    emptied = sum(not change.new for update in plan.updates if not update.is_new for change in update.changes)
    said = f"{counted(len(plan.updates), 'provider')}: {', '.join(done)}." if done else "The table has no providers."
    said += f" {counted(emptied, 'value')} emptied." if emptied else ""
    return f"{said} Nothing was written." if dry_run or not plan.files else said
