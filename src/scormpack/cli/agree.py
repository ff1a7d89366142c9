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
@click.option("--workshop", "number", type=int, required=True, metavar="N", help="The workshop that agreed to it.")
@library_option
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def agree(name: str, number: int, folder: Path | None, dry_run: bool) -> None:
    """Keep on record which text partners agreed to in a workshop, as MODULE/agreed.yaml.

    From then on `scormpack validate` tells of every change that they have not seen.

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
        click.echo("Nothing is kept while there are mistakes in the files. Mend them first.", err=True)
        leave(error.diagnostics, strict=False)
        return
    workshop = _recorded(module, number, root)
    agreed = agreement(module, number, workshop.date)
    _tell_changes(module, agreed, root)
    if agreed != module.agreed:
        file = library.modules[name] / AGREED
        if not dry_run:
            write(_as_file(agreed), file)
        what = f"{counted(len(agreed.texts), 'text')}, agreed to in workshop {number} on {workshop.date}"
        click.echo(f"{shown(file)} {'would be ' if dry_run else ''}written: {what}.")


def _recorded(module: Module, number: int, root: Path) -> Workshop:
    """The workshop of this number; without its record, or before its day, the command ends."""
    workshops = {each.number: each for each in module.provenance.workshops}
    if number not in workshops:
        known = ", ".join(f"{each.number} ({each.date})" for each in workshops.values()) or "none"
        place = typed(module.provenance.place("workshops"), root)
        raise click.UsageError(
            f"Workshop {number} is not on record. Write it down first, under `provenance.workshops` in "
            f"{place.path}. Recorded there: {known}."
        )
    if workshops[number].date > today():
        raise click.UsageError(f"Workshop {number} is on {workshops[number].date}, and that is still to come.")
    return workshops[number]


def _tell_changes(module: Module, agreed: Agreement, root: Path) -> None:
    """What is no longer as the last agreement has it."""
    if module.agreed is None:
        click.echo("Partners have not agreed to any text of this module before.")
        return
    found = list(changes(module, module.agreed))
    for place, what in found:
        click.echo(f"{typed(place, root)}: {what}")
    last = f"workshop {module.agreed.workshop} on {module.agreed.date}"
    click.echo(f"{counted(len(found), 'change') if found else 'Nothing has changed'} since {last}.")
    if agreed == module.agreed:
        click.echo("What was agreed is on record already. Nothing is written.")


def _as_file(agreed: Agreement) -> bytes:
    comment = (
        "What workers and managers agreed to, as a check sum for each text that a learner reads.\n"
        "Written by `scormpack agree`, not by hand: a check sum that somebody types is worth nothing."
    )
    return written(agreed.model_dump(), comment).encode()
