"""Our plugin for Moodle as a site installs it: which files, which bytes, and the command that writes it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from scormpack.cli import main
from scormpack.plugins import Plugin, moodle_plugin

VERSION = """<?php
$plugin->component = 'local_scormpack';
$plugin->version = 2026120100;
$plugin->release = '1.2.3';
$plugin->supported = [401, 502]; // As far as it was tried.
"""
FILES = {
    "version.php": VERSION,
    "LICENSE": "The terms.",
    "README.md": "What it is.",
    "lib.php": "<?php",
    "classes/local/loader.php": "<?php",
    "db/install.xml": "<XMLDB/>",
    "lang/en/local_scormpack.php": "<?php",
    "pix/icon.svg": "<svg/>",
    "templates/overview.mustache": "<ul></ul>",
}
LEFTOVERS = [".gitignore", ".phpcs.xml", "phpunit.xml", "lib.php~", "lib.php.orig", ".DS_Store", "notes.txt"]
LEFTOVERS += ["tests/put_package_test.php", "tests/behat/overview.feature", "db/install.xml.bak"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plugin, and what lies about where somebody works on it."""
    for name, text in [*FILES.items(), *dict.fromkeys(LEFTOVERS, "left").items()]:
        file = tmp_path / "local_scormpack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return tmp_path / "local_scormpack"


def test_it_holds_the_plugin_in_one_folder_and_nothing_that_lies_about(folder: Path) -> None:
    made = moodle_plugin(folder)
    assert (made.release, made.number, made.file) == ("1.2.3", 2026120100, "local_scormpack-1.2.3.zip")
    assert (made.oldest, made.newest) == (401, 502)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {f"scormpack/{name}": text for name, text in FILES.items()}


def test_equal_files_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    made = moodle_plugin(folder)
    assert moodle_plugin(folder.rename(tmp_path / "elsewhere")).data == made.data


def test_the_one_that_comes_with_the_program_is_written_and_written_again(tmp_path: Path) -> None:
    made = moodle_plugin()
    file = tmp_path / "for-it" / made.file
    for _ in range(2):
        result = CliRunner().invoke(main, ["plugin", "moodle", "--out", str(file.parent)])
        assert (result.exit_code, result.stdout) == (0, f"{file.as_posix()}\n")
        assert result.stderr == ("Install it in Moodle under “Site administration”, “Plugins”, “Install plugins”.\n")
        assert [each.name for each in file.parent.iterdir()] == [made.file]
        assert file.read_bytes() == made.data


def test_the_command_says_for_which_moodle_it_is() -> None:
    made = moodle_plugin()
    help_text = " ".join(CliRunner().invoke(main, ["plugin", "moodle", "--help"]).output.split())
    oldest, newest = (f"{branch // 100}.{branch % 100}" for branch in (made.oldest, made.newest))
    assert f"It is for Moodle {oldest} to {newest}" in help_text


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scormpack.cli.plugin.moodle_plugin", lambda: Plugin("1.0.0", 2026120100, 401, 501, b""))
    Path("taken").touch()
    result = CliRunner().invoke(main, ["plugin", "moodle", "--out", "taken/inside"])
    assert result.exit_code == 1
    assert "taken/inside/local_scormpack-1.0.0.zip: error PKG-11: cannot be written:" in result.stderr
