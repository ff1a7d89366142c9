"""The documents are true: their examples build, and they name every command, option and block."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from paths import ROOT

from scormpack.blocks import KINDS
from scormpack.cli import main
from scormpack.diagnostics import Place
from scormpack.source.node import read
from scormpack.source.yaml import Mapping, parse

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = Place("docs/authoring.md")
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")


def examples(text: str) -> dict[str, str]:
    """The files that a document shows: a path as code, then the file in a fence."""
    found = re.findall(r"`(modules/[^`]+)`:?\n\n(`{3,})\w+\n(.*?)\n\2", text, re.DOTALL)
    return {path: body for path, _, body in found}


def without_sizes(text: str) -> str:
    """The text of a build, whatever its packages weigh."""
    return re.sub(r"[0-9.]+ kB", "kB", text)


def test_the_first_package_of_the_readme_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = examples(README)
    assert sorted(files) == [
        "modules/calling-for-help/module.yaml",
        "modules/calling-for-help/pages/who-to-call.md",
        "modules/library.yaml",
        "modules/providers/our-homecare.yaml",
    ]
    monkeypatch.chdir(tmp_path)
    provider = files.pop("modules/providers/our-homecare.yaml")
    for path, body in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(body, encoding="utf-8")
    first = CliRunner().invoke(main, ["build"])
    assert first.exit_code == 0
    (shown,) = re.findall(r"^\$ scormpack build\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert without_sizes(shown) == without_sizes(first.output)
    Path("modules/providers").mkdir()
    Path("modules/providers/our-homecare.yaml").write_text(provider, encoding="utf-8")
    second = CliRunner().invoke(main, ["build", "--strict"])
    assert second.exit_code == 0
    assert second.stdout.startswith("build/our-homecare/calling-for-help-1.0.0-scorm12.zip  ")


def test_the_readme_names_every_command_and_option() -> None:
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"`scormpack {name}" in README
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or f"`{option}" in README, (name, option)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "prose"])
def test_the_guide_shows_every_block(kind: str) -> None:
    shown = re.findall(rf"^```{kind}\n(.*?)^```$", AUTHORING, re.DOTALL | re.MULTILINE)
    assert shown
    for body in shown:
        data = parse(body, GUIDE.path)
        read(KINDS[kind], Mapping(GUIDE) if data is None else data, GUIDE)
