"""The library that a command works on: where it is, and which parts of it were named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormpack.processes import cores

if TYPE_CHECKING:
    from scormpack.cache import Cache

library_option = click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder that holds library.yaml. Default: ./modules, else the current folder.",
)


CACHE = Path(".cache", "scormpack")  # in the current folder, as what is built is

cache_option = click.option(
    "--no-cache", "anew", is_flag=True, help=f"Work everything out anew, and keep nothing in {CACHE.as_posix()}/."
)


def cache_for(anew: bool) -> Cache:
    """What earlier commands have kept; nothing with `--no-cache`."""
    from scormpack.cache import Cache  # which is not for packages of strangers

    return Cache(None if anew else CACHE)


jobs_option = click.option(
    "--jobs",
    "processes",
    type=click.IntRange(1),
    default=cores,
    metavar="N",
    help="How many processes to work with. Default: one for each core.",
)


def library_folder(folder: Path | None) -> Path:
    """The folder that was given, else the library in the current folder. Raises UsageError if there is none."""
    if folder is not None:
        return folder
    here = Path()
    for candidate in (here / "modules", here):
        if (candidate / "library.yaml").is_file():
            return candidate
    raise click.UsageError(f"There is no library here. {_where_one_is(here)}")


def _where_one_is(here: Path) -> str:
    """What to do without a library: after `init`, many forget to change into the new folder."""
    near = [found.parent for pattern in ("*/modules/library.yaml", "*/library.yaml") for found in here.glob(pattern)]
    for folder in sorted(each.parent if each.name == "modules" else each for each in near):
        return f"There is one in `{folder.as_posix()}`: run `cd {folder.as_posix()}` first."
    return "Start one with `scormpack init`, or give its folder with --library."


def refuse_unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError if one of `names` is not `known`."""
    known = list(known)
    for name in names:
        if name not in known:
            from scormpack.source.node import nearest  # which needs Pydantic

            raise click.UsageError(f"There is no {kind} `{name}`. {nearest(name, known) if known else ''}".strip())
