"""How `make` comes to an environment, on machines that lack one thing or another."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import environment
import pytest
from paths import ROOT

import hatch_build

LIBRARIES = ".venv/.libraries"


def program(folder: Path, name: str, text: str) -> Path:
    """A program of the machine that does what a shell script says."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def lacking(*modules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without some of its parts, as Debian splits it."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in modules else found(name))


def test_what_is_there_gives_way(tmp_path: Path) -> None:
    folder = tmp_path / "an environment"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "left-over").touch()
    pip = environment.create(folder)
    assert pip == [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    assert not (folder / "bin" / "left-over").exists()
    ask = "import sys; print(sys.prefix)"
    said = subprocess.run([environment.python(folder), "-c", ask], capture_output=True, check=True, text=True)
    assert said.stdout == f"{folder}\n"


@pytest.mark.slow
@pytest.mark.parametrize("release", [None, "20.3.4", "22.2b1"])
def test_a_python_without_a_pip_that_will_do(
    release: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if release:
        monkeypatch.setattr("importlib.metadata.version", lambda _: release)
    else:
        lacking("pip", monkeypatch=monkeypatch)
    pip = environment.create(tmp_path / "made")
    assert pip == [str(tmp_path / "made" / "bin" / "python"), "-m", "pip"]
    subprocess.run([*pip, "--version"], check=True, stdout=subprocess.DEVNULL)


def test_a_python_with_neither_pip_nor_ensurepip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking("pip", "ensurepip", monkeypatch=monkeypatch)
    with pytest.raises(SystemExit) as end:
        environment.create(tmp_path / "made")
    assert str(end.value) == (
        f"{sys.executable} has neither pip nor ensurepip to make an environment with: install one of the two"
        f" (Debian, Ubuntu: apt-get install python3.{sys.version_info[1]}-venv)."
    )
    assert not (tmp_path / "made").exists()


def test_an_environment_in_use_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(SystemExit, match="is in use: leave it first"):
        environment.create(tmp_path)
    assert tmp_path.exists()


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or later"):
        environment.main(["folder", "runtime"])


def test_what_is_installed_is_locked(tmp_path: Path) -> None:
    pip = program(tmp_path, "pip", f'printf "%s\\n" "$@" > {tmp_path}/said')
    environment.install([str(pip)], tmp_path / "a.txt", tmp_path / "b.txt")
    said = (tmp_path / "said").read_text().splitlines()
    assert said[0] == "install"
    assert {"--require-hashes", "--no-deps", "--only-binary"} <= set(said)
    assert said[-4:] == ["--requirement", str(tmp_path / "a.txt"), "--requirement", str(tmp_path / "b.txt")]


def test_an_installation_that_fails_ends_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        environment.install([str(program(tmp_path, "pip", "exit 3"))], tmp_path / "a.txt")
    assert end.value.code == 3


def test_long_silence_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "PATIENCE", 0.05)
    assert environment.run([str(program(tmp_path, "slow", "sleep 0.5"))]) == 0
    assert set(capfd.readouterr().out.splitlines()) == {"  still at it …"}


def test_a_quiet_command_speaks_when_it_has_failed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    both = "echo out; echo why >&2"
    assert environment.run([str(program(tmp_path, "good", both))], quiet=True) == 0
    assert environment.run([str(program(tmp_path, "bad", f"{both}; exit 2"))], quiet=True) == 2
    assert capfd.readouterr() == ("", "why\n\n")


@pytest.mark.parametrize(
    ("version", "with_npm", "fits"),
    [
        ("v18.0.0", True, True),
        ("v24.1.0", True, True),
        ("v16.20.2", True, False),
        ("v9.0.0", True, False),
        ("v20.0.0", False, False),
        (None, True, False),
        ("", True, False),
    ],
)
def test_a_node_that_will_do(
    version: str | None, with_npm: bool, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if version is not None:
        program(tmp_path, "node", f"echo {version}")
    if with_npm:
        program(tmp_path, "npm", "exit 1")
    assert hatch_build.node_fits() is fits


def test_the_oldest_node_is_that_of_esbuild() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert package["engines"] == locked[""]["engines"] == locked["node_modules/esbuild"]["engines"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile and what it compares, in a folder of their own."""
    for name in (
        "Makefile",
        "tools/environment.py",
        *(f"requirements/{lock}.txt" for lock in ("runtime", "build", "node")),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def make(checkout: Path, *arguments: str, path: str = os.environ["PATH"]) -> str:
    """What make says there, as if it were not called by the make that runs the tests."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", *arguments, LIBRARIES]
    made = subprocess.run(
        command, cwd=checkout, env={**outer, "PATH": path}, capture_output=True, check=True, text=True
    )
    return made.stdout


def test_an_interrupted_environment_is_made_anew_and_a_whole_one_stays(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    assert "tools/environment.py .venv runtime build node" in make(checkout, "--dry-run")
    (checkout / LIBRARIES).touch()
    assert "tools/environment.py" not in make(checkout, "--dry-run")
    later = (checkout / LIBRARIES).stat().st_mtime + 1
    os.utime(checkout / "requirements" / "runtime.txt", (later, later))
    assert "tools/environment.py .venv runtime build node" in make(checkout, "--dry-run")


def test_the_environment_is_made_by_the_python_of_the_machine(checkout: Path) -> None:
    """Not by the one inside it, which `make` puts on the path."""
    program(checkout / ".venv", "nothing", "")
    program(checkout / ".venv" / "bin", "python3", "exit 7")
    program(checkout / "machine", "python3", "echo made by the machine")
    path = f"{checkout / 'machine'}{os.pathsep}{os.environ['PATH']}"
    assert make(checkout, path=path) == "made by the machine\n"
    assert (checkout / LIBRARIES).is_file()
