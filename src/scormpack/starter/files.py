"""New files: made from those that lie here, and written all or none; and others in the place of old ones."""

from __future__ import annotations

import datetime
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from scormpack.source.files import shown

_HOLE = re.compile(r"\{\{ (\w+) \}\}")
_NEEDS_NO_QUOTES = re.compile(r"[^\W\d_](?:[\w ,.;’()?-]*[\w.)?])?|\d{4}-\d\d-\d\d")
_NOT_TEXT = {"true", "false", "yes", "no", "on", "off", "null"}  # for us or for an editor

Value = str | datetime.date | tuple[str, ...] | dict[str, str]


class RefusedError(Exception):
    """Why nothing was made."""


def in_the_way(paths: Iterable[Path]) -> RefusedError:
    """A refusal because `paths` exist."""
    listed = "".join(f"\n  {shown(path)}" for path in paths)
    return RefusedError(f"this already exists:{listed}\nMove it away, or choose another name.")


def filled(folder: Path, values: Mapping[str, Value]) -> dict[str, str]:
    """The texts in `folder` by their paths, each `{{ name }}` filled."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): fill(path, values) for path in found}


def fill(path: Path, values: Mapping[str, Value]) -> str:
    """The text in `path`, each `{{ name }}` filled; in YAML, as YAML writes such a value."""
    written = in_yaml if path.suffix == ".yaml" else _in_text
    return _HOLE.sub(lambda hole: written(values[hole[1]]), path.read_text(encoding="utf-8"))


def in_yaml(value: Value) -> str:
    """`value` as it stands behind a key, between quotes where it might be taken for anything else."""
    if isinstance(value, dict):  # names to be filled in, each with a note of what it is
        return "".join(f'\n  {name}: ""  # {" ".join(note.split())}' for name, note in value.items()) or " {}"
    if isinstance(value, str) and (value.lower() in _NOT_TEXT or not _NEEDS_NO_QUOTES.fullmatch(value)):
        return json.dumps(value, ensure_ascii=False)
    return _in_text(value)


def _in_text(value: Value) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


def add_files(files: Mapping[str, str | bytes], folder: Path) -> None:
    """Write `files`, by their paths in `folder`, which need not exist. After a RefusedError nothing is left.

    They are written aside first, where a full disk does no harm, and then moved: a whole folder at once if it is new.
    """
    folder = folder.absolute()
    if found := _standing([folder / name for name in files]):
        raise in_the_way(found)
    base = next(each for each in (folder, *folder.parents) if each.is_dir())
    aside = base / f".scormpack-{secrets.token_hex(4)}"
    made: list[Path] = []
    try:
        _write(files, aside / folder.relative_to(base))
        _move(aside, base, made)
    except BaseException as error:
        for path in reversed(made):
            _remove(path)
        if isinstance(error, OSError):
            message = f"{shown(folder)} cannot be written: {error.strerror or error}."
            raise RefusedError(message) from None
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def replace_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files`, by their paths in `folder`, over those that exist. After a RefusedError all is as it was.

    New ones and copies of old ones lie aside before the first is put in its place, so that a full disk does no harm.
    """
    places = {name: (folder / name).resolve() for name in files}
    aside = folder / f".scormpack-{secrets.token_hex(4)}"
    new, old = aside / "new", aside / "old"
    done: list[str] = []
    try:
        for name, data in files.items():
            _write_aside(data, new / name)
            _keep(places[name], old / name, new / name)
        for name in files:
            places[name].parent.mkdir(parents=True, exist_ok=True)
            done.append(name)
            (new / name).replace(places[name])
    except BaseException as error:
        for name in done:
            _put_back(old / name, places[name])
        if isinstance(error, OSError):
            raise RefusedError(f"{shown(folder)} cannot be written: {error.strerror or error}.") from None
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _keep(path: Path, old: Path, new: Path) -> None:
    """Copy what stands at `path`, if anything does, to `old`, and its permissions to `new`."""
    if path.exists():
        _write_aside(path.read_bytes(), old)
        shutil.copystat(path, old)
        shutil.copymode(path, new)


def _put_back(old: Path, path: Path) -> None:
    with suppress(OSError):  # another program has it open: that one was not replaced
        if old.exists():
            old.replace(path)
        else:
            path.unlink(missing_ok=True)


def _write_aside(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _standing(paths: Iterable[Path]) -> list[Path]:
    """Those of `paths` that exist, and files that stand where one of their folders would be."""
    found: dict[Path, None] = {}
    for path in paths:
        for each in (*reversed(path.parents), path):
            if os.path.lexists(each) and (each == path or not each.is_dir()):
                found[each] = None
    return list(found)


def _write(files: Mapping[str, str | bytes], folder: Path) -> None:
    for name, text in files.items():
        _write_aside(text.encode() if isinstance(text, str) else text, folder / name)


def _move(source: Path, target: Path, made: list[Path]) -> None:
    """Move what is in the folder `source` into the folder `target`, and note in `made` what is new there."""
    for child in sorted(source.iterdir()):
        there = target / child.name
        if not os.path.lexists(there):
            child.rename(there)
            made.append(there)
        elif child.is_dir() and there.is_dir():
            _move(child, there, made)
        else:
            raise in_the_way([there])  # since we looked


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
