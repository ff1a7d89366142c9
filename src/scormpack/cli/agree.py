"""`scormpack agree`."""

from __future__ import annotations

from pathlib import Path

import click

from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.show import counted, leave, tell, write
from scormpack.clock import today
from scormpack.content.agreed import agreement, changes
from scormpack.content.agreement import Agreement
from scormpack.content.load import AGREED, load_library, load_module
from scormpack.content.module import Module
from scormpack.content.provenance import Workshop
from scormpack.diagnostics import ContentError
from scormpack.source.excerpt import typed
from scormpack.source.files import shown
from scormpack.source.yaml import written


@click.command()
@click.argument("name", metavar="MODULE")
@click.option(
    "--workshop",
    "number",
    type=int,
    required=True,
    metavar="N",
    help="Its number under `provenance.workshops` in module.yaml.",
)
@library_option
@click.option("--dry-run", is_flag=True, help="Show what has changed and what would be written, and write nothing.")
def agree(name: str, number: int, folder: Path | None, dry_run: bool) -> None:
    """Record which text partners agreed to in a workshop, as MODULE/agreed.yaml.

    From then on, `scormpack validate` and `scormpack report` show every change that they have not seen.

    \b
    scormpack agree your-role --workshop 3
    """
    root = library_folder(folder)
    try:
        library = load_library(root)
        refuse_unknown("module", [name], library.modules)
        module = load_module(library.modules[name])
    except ContentError as error:
        tell(error.diagnostics, "text", root)
        click.echo("Nothing was written, because there are errors in the files. Fix them first.", err=True)
        leave(error.diagnostics, strict=False)
        return
    workshop = _recorded(module, number, root)
    agreed = agreement(module, number, workshop.date)
    _show_changes(module, agreed, root)
    if agreed != module.agreed:
        file = library.modules[name] / AGREED
        if not dry_run:
            write(_as_file(agreed), file)
        what = f"{counted(len(agreed.texts), 'text')}, agreed to in workshop {number} on {workshop.date}"
        click.echo(f"{shown(file)} {'would be ' if dry_run else ''}written: {what}.")


def _recorded(module: Module, number: int, root: Path) -> Workshop:
    """The workshop of this number. Raises UsageError if it is not recorded or still to come."""
    workshops = {each.number: each for each in module.provenance.workshops}
    if number not in workshops:
        known = ", ".join(f"{each.number} ({each.date})" for each in workshops.values()) or "none"
        place = typed(module.provenance.place("workshops"), root)
        raise click.UsageError(
            f"Workshop {number} is not recorded. Add it first, under `provenance.workshops` in "
            f"{place.path}. Recorded so far: {known}."
        )
    if workshops[number].date > today():
        raise click.UsageError(f"Workshop {number} is on {workshops[number].date}, which is still to come.")
    return workshops[number]


def _show_changes(module: Module, agreed: Agreement, root: Path) -> None:
    """Show what has changed since the last agreement."""
    if module.agreed is None:
        click.echo("This is the first agreement on this module.")
        return
    found = list(changes(module, module.agreed))
    for place, what in found:
        click.echo(f"{typed(place, root)}: {what}")
    last = f"workshop {module.agreed.workshop} on {module.agreed.date}"
    click.echo(f"{counted(len(found), 'change') if found else 'Nothing has changed'} since {last}.")
    if agreed == module.agreed:
        click.echo("This agreement is already recorded. Nothing was written.")


def _as_file(agreed: Agreement) -> bytes:
    comment = (
        "What partners agreed to, as a checksum for each text that a learner reads.\n"
        "Written by `scormpack agree`. Do not edit it by hand: a checksum that somebody types proves nothing."
    )
    return written(agreed.model_dump(), comment).encode()
