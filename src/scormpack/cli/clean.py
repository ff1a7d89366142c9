"""`scormpack clean`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from scormpack.cache import ours
from scormpack.cli.library import CACHE
from scormpack.cli.show import counted


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
def clean(dry_run: bool) -> None:
    """Remove what commands keep in .cache/scormpack/ so as to be quicker the next time.

    That is pictures made small, what a validation found, what is known of packages that were built, and how far each
    learner of the preview has got. Packages stay, and so does whatever else lies there.
    """
    found = [(Path(each), each.stat(follow_symlinks=False).st_size) for each in _kept()]
    if not found:
        click.echo(f"There is nothing to remove in {CACHE.as_posix()}/.")
        return
    size = f"{counted(len(found), 'file')}, {sum(size for _, size in found) / 1e6:,.1f} MB"
    if dry_run:
        click.echo(f"Would remove {size}, from {CACHE.as_posix()}/.")
        return
    left = [file for file, _ in found if not _removed(file)]
    _remove_empty_folders()
    if left:
        raise click.ClickException(f"{counted(len(left), 'file')} cannot be removed. The first is {left[0]}.")
    click.echo(f"Removed {size}, from {CACHE.as_posix()}/.")


def _kept() -> list[os.DirEntry[str]]:
    """What is kept here; nothing where a link leads elsewhere."""
    return [] if any(each.is_symlink() for each in (CACHE, CACHE.parent)) else list(ours(CACHE))


def _removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _remove_empty_folders() -> None:
    for folder in (
        *(each for each in CACHE.iterdir() if each.is_dir() and not each.is_symlink()),
        CACHE,
        CACHE.parent,
    ):
        with suppress(OSError):  # it is not empty
            folder.rmdir()
