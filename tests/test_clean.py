"""`scormpack clean`: what commands have kept is gone, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from paths import EVERY_BLOCK
from permissions import permissions_hold

from scormpack.cache import Cache, named, ours
from scormpack.cli import main

KEPT = Path(".cache", "scormpack")
NAME = named(b"something")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_what_every_command_keeps_is_removed_and_made_again() -> None:
    shutil.copytree(EVERY_BLOCK, "modules")
    for command in (("validate",), ("build", "--target", "web")):
        assert run(*command).exit_code == 0
    Cache(KEPT).put("preview", f"{NAME}.json", b"{}")
    assert {each.parts[2] for each in KEPT.rglob("*") if each.is_file()} == {
        "built.sqlite",
        "pictures",
        "preview",
        "validate",
    }
    before = sorted(each for each in Path().rglob("*") if not each.is_relative_to(".cache"))
    told = run("clean", "--dry-run")
    assert told.output.startswith("Would remove ")
    assert KEPT.is_dir()
    assert run("clean").output == told.output.replace("Would remove", "Removed")
    assert sorted(Path().rglob("*")) == before
    assert run("clean").output == "There is nothing to remove in .cache/scormpack/.\n"
    assert run("build", "--target", "web").stderr.splitlines()[-1].startswith("1 package built.")


def test_what_somebody_else_has_put_there_stays() -> None:
    Cache(KEPT).put("pictures", NAME, b"one")
    others = [KEPT / "notes.txt", KEPT / "pictures" / "hands.png", Path(".cache", "another", NAME)]
    for each in others:
        each.parent.mkdir(exist_ok=True)
        each.write_text("mine")
    assert run("clean").output == "Removed 1 file, 0.0 MB, from .cache/scormpack/.\n"
    assert all(each.read_text() == "mine" for each in others)


def test_what_is_half_written_is_removed_too() -> None:
    folder = KEPT / "pictures"
    folder.mkdir(parents=True)
    for name in (f".{NAME}.0123456789abcdef.part", f".{NAME}.json.0123456789abcdef.part"):
        (folder / name).write_text("half")
    (KEPT / "built.sqlite-journal").write_text("half")
    assert run("clean").output.startswith("Removed 3 files, ")


@pytest.mark.parametrize("link", [Path(".cache"), KEPT, KEPT / "pictures", KEPT / "pictures" / NAME])
def test_no_link_is_followed(link: Path) -> None:
    elsewhere = Path("elsewhere")
    Cache(elsewhere / "scormpack").put("pictures", NAME, b"one")
    Cache(elsewhere).put("pictures", NAME, b"one")
    (elsewhere / NAME).write_text("one")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to((elsewhere / NAME if link.name == NAME else elsewhere).resolve())
    before = sorted(elsewhere.rglob("*"))
    assert run("clean").output == "There is nothing to remove in .cache/scormpack/.\n"
    assert sorted(elsewhere.rglob("*")) == before
    assert link.is_symlink()


def test_what_cannot_be_removed_is_said() -> None:
    Cache(KEPT).put("pictures", NAME, b"one")
    (KEPT / "pictures").chmod(0o555)
    with permissions_hold():
        result = run("clean")
    (KEPT / "pictures").chmod(0o755)
    assert (result.exit_code, result.output) == (
        1,
        f"Error: 1 file cannot be removed. The first is .cache/scormpack/pictures/{NAME}.\n",
    )


def test_where_there_is_no_cache_nothing_is_found() -> None:
    assert list(ours(Path("nowhere"))) == []
