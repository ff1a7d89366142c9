"""What commands share that write tables for a spreadsheet and take them in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from scormpack.source.signs import legible

_ENDINGS: Final = (".csv", ".xlsx")


def ends_as_a_table(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Let pass what is called as a table is; a callback of an option."""
    if value is not None and value.suffix.lower() not in _ENDINGS:
        raise click.BadParameter(f"`{value.name}` ends neither in .xlsx nor in .csv.", context, parameter)
    return value


def shown_value(text: str) -> str:
    """A value as it is shown where it changes: in one line, and plainly where it is empty."""
    return f"“{legible(' '.join(text.split()))}”" if text else "(empty)"
