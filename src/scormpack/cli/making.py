"""Errors of the commands that create files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from scormpack.cli.show import leave, tell
from scormpack.diagnostics import ContentError
from scormpack.starter.files import RefusedError


@contextmanager
def reporting_errors(root: Path) -> Iterator[None]:
    """End the command with a message if files cannot be created in the folder `root`."""
    try:
        yield
    except ContentError as error:
        tell(error.diagnostics, "text", root)
        click.echo("Nothing was written.", err=True)
        leave(error.diagnostics, strict=False)
    except RefusedError as error:
        raise click.ClickException(f"Nothing was written: {error}") from None
