"""The command line, one file per command. Exit codes: 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click

from scormpack import __version__

# What `--help` lists; a command's file is imported when the command is called.
COMMANDS: Final[Mapping[str, str]] = {
    "init": "Start a library that builds straight away, with notes on each part.",
    "new": "Add a module, a card, a recommendation, a provider or a language.",
    "build": "Build packages: by default, every module for every provider.",
    "print": "Make papers of modules: cards, posters, hand-outs, a pack to lead a group; and slides to show.",
    "release": "Give out a folder for each provider, and keep a record of who got what.",
    "deploy": "Put what was released into a platform's course, where learners keep their progress.",
    "verify": "Check that a provider's folder is what was given out: nothing missing, changed or added.",
    "releases": "List who has what: which provider, which version of which module, since when.",
    "validate": "Check the library and show every problem: file, line, reason and fix.",
    "preview": "Show the course while you write it, and what a platform would record.",
    "check": "Check any package, ours or not: what is wrong with it, and which platforms will stumble.",
    "diff": "Compare two packages: what has changed, and whether progress stays when NEW takes the place of OLD.",
    "explain": "Explain what a rule asks for, why, and how to fix what it finds.",
    "list": "List modules, courses, recommendations, providers and targets.",
    "providers": "Write all providers as a table for a spreadsheet, and take such a table in.",
    "schema": "Write JSON Schemas, so that editors can help with the files of a library.",
    "doctor": "Look whether a platform is ready to be loaded: plugin, token, limits and settings.",
    "plugin": "Write the plugin by which a platform takes packages from here.",
    "report": "Report gaps and evidence: what is covered, out of date or left open.",
    "results": "Fetch what learners have achieved from a platform, as a table that `report` reads.",
    "assess": "Write a provider's self-assessment as a table to fill in, and take such a table in.",
    "agree": "Record which text partners agreed to in a workshop, as MODULE/agreed.yaml.",
    "clean": "Remove what commands keep in .cache/scormpack/ so as to be quicker the next time.",
}

_FILES: Final[Mapping[str, str]] = {"list": "list_", "print": "print_"}  # Python has names like theirs


def _hurry() -> None:
    """Spare a command what would cost it a fifth of its half second, before anything is imported.

    That is looking for garbage, taking it apart at the end, and looking for other people's Pydantic plugins.
    """
    gc.set_threshold(1_000_000, 50, 50)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _never_choke() -> None:
    """Show an escape for a sign that a pipe's code page does not have, as standard error does: `\\u0177`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


class LazyGroup(click.Group):
    """A group whose commands are files beside this one; each is imported only when it is called."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command that is asked for."""
        _hurry()
        _never_choke()
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """The command's result. Ctrl+C ends it as it ends a shell's, also while it has nothing yet to say of it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from scormpack.cli.show import INTERRUPTED

            click.echo("Stopped.", err=True)
            sys.exit(INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which they are listed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{_FILES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, module.__name__.rpartition(".")[2])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list that `--help` shows, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scormpack")
def main() -> None:
    """Turn training written as plain files into packages that learning platforms load, track and resume.

    \b
    scormpack init my-library                   start a library
    scormpack validate                          show every problem in the library
    scormpack explain SAF-03                    explain a rule
    scormpack preview                           see it while you write it
    scormpack build                             build every module for every provider
    scormpack build your-role --target scorm12  build one module for one standard
    scormpack report                            report gaps and evidence, for a manager

    Exit codes: 0 done, perhaps with warnings; 1 refused, because of errors in the content or files in the way;
    2 wrong usage.
    """
