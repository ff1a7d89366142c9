"""`scormpack new`: a command for each kind of thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from scormpack.cli.library import library_folder, library_option, refuse_unknown
from scormpack.cli.making import reporting_errors
from scormpack.clock import today
from scormpack.content.library import Library
from scormpack.content.load import load_library
from scormpack.source.files import shown
from scormpack.source.word import Slug
from scormpack.starter.add import add_card, add_language, add_module, add_provider, add_recommendation
from scormpack.starter.fitting import lacking
from scormpack.vocabulary import LANGUAGE

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group()
def new() -> None:
    """Add a module, a card, a recommendation, a provider or a language.

    Each is a skeleton to write over: valid at once, and in each place a sentence about what to write there.

    \b
    scormpack new module first-visit --title "Your first visit"
    scormpack new card new-task --module first-visit
    """


def _id(context: click.Context, parameter: click.Parameter, value: str) -> str:

    if Slug.fits(value):
        return value
    near = re.sub(r"[^a-z0-9]+", "-", value.lower()).lstrip("-0123456789")[: Slug.longest].strip("-")
    hint = f" Perhaps `{near}`?" if Slug.fits(near) else ""
    rule = f"lower-case letters, digits and single hyphens, starting with a letter, at most {Slug.longest} characters"
    raise click.BadParameter(f"`{value}` is not a valid id. Use {rule}: `who-to-call`.{hint}", context, parameter)


def _asks_for(title: str) -> Callable[[Command], Command]:
    """The argument and the options that every kind has."""

    def add(command: Command) -> Command:
        command = library_option(command)
        command = click.option("--title", metavar="TEXT", help=title)(command)
        return click.argument("name", metavar="ID", callback=_id)(command)

    return add


def _made(paths: list[Path], then: str) -> None:
    for path in paths:
        click.echo(shown(path))
    click.echo(then, err=True)


@new.command()
@_asks_for("The title of the module. Default: the ID in words.")
def module(name: str, title: str | None, folder: Path | None) -> None:
    """Add a module: pages, a card, a story, questions and a guide for groups.

    \b
    scormpack new module first-visit --title "Your first visit"
    """
    root = library_folder(folder)
    with reporting_errors(root):
        library = load_library(root)
        made = add_module(library, today(), name, title)
    then = "Start with module.yaml, then write over the pages. Next:"
    _made(made, "\n".join([*lacking(library), then, f"  scormpack validate {name}"]))


@new.command()
@_asks_for("The title of the card. Default: the ID in words.")
@click.option("--module", "of", metavar="MODULE", help="The module that the card belongs to, if there are several.")
def card(name: str, title: str | None, folder: Path | None, of: str | None) -> None:
    """Add a what-if card to a module.

    \b
    scormpack new card new-task --module first-visit
    """
    root = library_folder(folder)
    with reporting_errors(root):
        library = load_library(root)
        made = add_card(library, _module_meant(library, of), name, title)
    _made(made, f"Write over it, and place it on a page of the module:\n\n```card\nuse: {name}\n```")


def _module_meant(library: Library, named: str | None) -> str:
    """The module that was named, or the only one that there is."""
    if named is None and len(library.modules) == 1:
        return next(iter(library.modules))
    if named is None:
        known = f"This library has: {', '.join(library.modules)}." if library.modules else "There is none yet."
        raise click.UsageError(f"Which module does the card belong to? Add --module ID. {known}")
    refuse_unknown("module", [named], library.modules)
    return named


@new.command()
@_asks_for("The statement: one sentence that says who should do what, “Managers should …”.")
def recommendation(name: str, title: str | None, folder: Path | None) -> None:
    """Add a recommendation: who should do what, so that training is useful and possible.

    \b
    scormpack new recommendation time-to-talk --title "Managers should plan time to talk."
    """
    root = library_folder(folder)
    with reporting_errors(root):
        made = add_recommendation(load_library(root), today(), name, title)
    _made(made, f"Write over it. When it is agreed: `status: current`, and `addresses: [{name}]` in a module.")


@new.command()
@_asks_for("The name of the provider. Default: the ID in words.")
def provider(name: str, title: str | None, folder: Path | None) -> None:
    """Add a provider: an organisation that gives the training to its workers. Its phone numbers are left to fill in.

    \b
    scormpack new provider oak-house --title "Oak House Care"
    """
    root = library_folder(folder)
    with reporting_errors(root):
        made = add_provider(load_library(root), today(), name, title)
    _made(made, f"Fill in its numbers. Next:\n  scormpack build --provider {name}")


def _tag(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if re.fullmatch(LANGUAGE, value) and len(value) <= 35:
        return value
    raise click.BadParameter(f"`{value}` is no language tag. Write it as in `so`, `pt-BR`.", context, parameter)


@new.command()
@click.argument("tag", callback=_tag)
@library_option
def language(tag: str, folder: Path | None) -> None:
    """Add a file with the player's words in a language, to write over: `locales/TAG.yaml`.

    Where the tool has the language, its words are there as comments, for those that you want to say otherwise.

    \b
    scormpack new language so
    """
    root = library_folder(folder)
    with reporting_errors(root):
        made = add_language(load_library(root), tag)
    _made(made, f"Write over the words. Then write `language: {tag}` in a module.yaml. Next:\n  scormpack validate")
