"""A small library to give out: two modules, three providers, a day in November."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from rule_files import BASE

from scormpack.cli import main

MODULES = Path("modules")
TEA = MODULES / "tea-and-talk"
PAGE = TEA / "pages" / "over-tea.md"
RELEASES = Path("releases")
DAYS = {"2026-11-23": "1795392000", "2026-12-01": "1796083200", "2027-01-04": "1799020800"}
FIRST = RELEASES / "2026-11-23"
SECOND = RELEASES / "2026-12-01"

OAK = 'id: oak\nname: Oak Care\nlocal: {office_phone: "01632 960 001"}\n'
ELM = 'id: elm\nname: Elm & Daughters\nlocal: {office_phone: "01632 960 002"}\n'
CARD = """
```card
id: cold-tea
title: The tea goes cold
front: What if nobody drinks the tea?
steps: [Sit., Wait., Make a fresh one.]
```
"""


def lay_out(folder: Path) -> None:
    """Put the library into `folder`, with modules that differ little: few pages, no media."""
    shutil.copytree(BASE, folder)
    shutil.rmtree(folder / "night-call")
    edit(folder / "tea-and-talk" / "module.yaml", "prerequisites: [night-call]\n", "")
    edit(folder / "library.yaml", "  - {id: nights, title: Calls at night}\n", "")
    (folder / "recommendations" / "test-a1.yaml").unlink()
    (folder / "providers" / "bridge.yaml").unlink()
    (folder / "providers" / "oak.yaml").write_text(OAK, encoding="utf-8")
    (folder / "providers" / "elm.yaml").write_text(ELM, encoding="utf-8")


def run(*arguments: str) -> Result:
    """A command that ends as commands do."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def give_out(*arguments: str, papers: bool = False) -> Any:
    """What a release that succeeds says of itself; with `papers` it prints too."""
    result = run("release", "--jobs", "1", "--format", "json", *arguments, *(() if papers else ("--no-print",)))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def edit(file: Path, old: str, new: str) -> None:
    """Another text in the place of one that stands there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def slip(folder: Path) -> Any:
    """The slip in a provider's folder."""
    return json.loads((folder / "release.json").read_text(encoding="utf-8"))


def changes(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """What has become of each module in a provider's folder, and why."""
    return {each["module"]: (each["change"], each["reasons"]) for each in slip(folder)["packages"]}


def everything(folder: Path) -> dict[str, bytes]:
    """The bytes of all files in a folder, and in the folders in it."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files(folder)}


def files(folder: Path) -> Iterable[Path]:
    """All files in a folder, and in the folders in it, hidden ones too."""
    return (file for file in folder.rglob("*") if file.is_file())
