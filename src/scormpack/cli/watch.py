"""Do something again after each change in a library, until Ctrl+C."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from scormpack.source.changes import changes
from scormpack.source.files import shown

_NAMED = 3  # changed files


def watch(folder: Path, work: Callable[[], object]) -> None:
    """Call `work` now and after each change in the library `folder`, even while that is broken or missing."""
    click.echo(f"Watching {shown(folder)}. Press Ctrl+C to stop.", err=True)
    with suppress(KeyboardInterrupt):
        for number, changed in enumerate(changes(folder)):
            if number:
                click.echo(f"\n{time.strftime('%H:%M:%S')} {what_changed(changed, folder)}", err=True)
            _survive(work)


def _survive(work: Callable[[], object]) -> None:
    try:
        work()
    except click.ClickException as error:  # a module that was named and is no longer there
        error.show()
    except OSError as error:  # a file that went away between two looks at it
        click.echo(f"A file cannot be read: {error}", err=True)


def what_changed(changed: Sequence[Path], folder: Path) -> str:
    """The files that have changed, as a sentence."""
    if not changed:
        return f"{shown(folder)} is back."
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"{', '.join(shown(folder / path) for path in changed[:_NAMED])}{more} changed."
