"""Words in, words and an exit code out: 0 done, 1 content refused, 2 wrong command. A command is a file here."""

from __future__ import annotations

import atexit
import gc
import os

import click

from scormpack import __version__
from scormpack.cli.agree import agree
from scormpack.cli.build import build
from scormpack.cli.explain import explain
from scormpack.cli.init import init
from scormpack.cli.list_ import list_
from scormpack.cli.new import new
from scormpack.cli.report import report
from scormpack.cli.schema import schema
from scormpack.cli.validate import validate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scormpack")
def main() -> None:
    """Turn training written as plain files into packages that learning platforms load, track and resume.

    \b
    scormpack init my-library                   begin a library
    scormpack validate                          find every mistake in the library
    scormpack explain SAF-03                    say what a rule asks for, and why
    scormpack build                             build everything, for every provider
    scormpack build your-role --target scorm12  build one module for one standard
    scormpack report                            show gaps and evidence, for a manager to read
    """
    # A command is over in half a second. Looking for garbage in it, and taking it apart at the end, would cost
    # a fifth of that; so would looking for other people's Pydantic plugins.
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


for command in (init, new, build, validate, explain, list_, schema, report, agree):
    main.add_command(command)
