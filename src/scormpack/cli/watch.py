"""Do something again after each change in a library, until Ctrl+C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import click
from watchfiles import watch as changes_in

from scormpack.source.files import shown
from scormpack.source.word import Slug

OUT = "build"  # where packages are written: inside the library when that is the current folder
_READ = (".yaml", ".yml", ".md", ".vtt", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".m4a", ".mp4", ".webm")
_OFTEN = 200  # milliseconds between two looks at whether the folder is still the same one
_NAMED = 3  # changed files


def watch(folder: Path, work: Callable[[], object]) -> None:
    """Call `work` now and after each change in the library `folder`, even while that is broken or missing."""
    click.echo(f"Watching {shown(folder)}. Press Ctrl+C to stop.", err=True)
    with suppress(KeyboardInterrupt):
        for number, changed in enumerate(_rounds(folder)):
            if number:
                click.echo(f"\n{time.strftime('%H:%M:%S')} {_what_changed(changed, folder)}", err=True)
            _survive(work)


def _survive(work: Callable[[], object]) -> None:
    try:
        work()
    except click.ClickException as error:  # a module that was named and is no longer there
        error.show()
    except OSError as error:  # a file that went away between two looks at it
        click.echo(f"A file cannot be read: {error}", err=True)


def _what_changed(changed: list[str], folder: Path) -> str:
    if not changed:
        return f"{shown(folder)} is back."
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"{', '.join(changed[:_NAMED])}{more} changed."


def _rounds(folder: Path) -> Iterator[list[str]]:
    """Yield once when the watch has started, then the changed files after each change.

    A folder that is deleted and created again, as a checkout may do, is watched anew.
    """
    while True:
        watched, begun = _identity(folder), False
        with suppress(FileNotFoundError):
            for found in changes_in(
                folder,
                watch_filter=lambda _, path: matters(Path(path), folder),
                rust_timeout=_OFTEN,
                yield_on_timeout=True,
            ):
                if found or not begun:
                    begun = True
                    yield sorted({shown(Path(path)) for _, path in found})
                if _identity(folder) != watched:
                    break
        while _identity(folder) is None:
            time.sleep(_OFTEN / 1000)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def matters(path: Path, folder: Path) -> bool:
    """Whether `path` may be part of a library: not an editor's own files, and not what a build writes."""
    inside = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(folder)))
    if not inside.parts or any(part.startswith((".", "~")) for part in inside.parts):
        return False
    if inside.parts[0] == OUT and not (folder / OUT / "module.yaml").exists():
        return False
    return inside.suffix in _READ or Slug.fits(inside.name)  # a folder has no suffix
