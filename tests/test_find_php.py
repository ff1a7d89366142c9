"""How `make` comes to a PHP, on machines that have one, can get one, or cannot."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import find_php
import pytest
from test_environment import program
from test_find_browser import done, machine

__all__ = ["machine"]
PACKAGES = "phpunit php-cli php-mbstring php-xml php-zip php-codesniffer"


def give(folder: Path, *, php: str = "echo PHP 8.2.1") -> None:
    """The programs of a machine that has everything."""
    program(folder, "php", php)
    for name in ("phpunit", "phpcs"):
        program(folder, name, "exit 0")


def manager(machine: Path, *, brings: bool) -> None:
    """A package manager, which has everything or fails."""
    ready = machine.parent / "ready"
    give(ready)
    move = f"/bin/cp {ready}/* {machine}" if brings else "exit 100"
    program(machine, "apt-get", f'echo "apt-get $*" >> {machine.parent}/log; case "$1" in install) {move};; esac')


def test_what_is_there_is_taken(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    give(machine)
    find_php.main()
    assert capsys.readouterr().out == "PHP 8.2.1\n"


@pytest.mark.parametrize("lacking", ["php", "phpunit", "phpcs", "an extension"])
def test_root_installs_what_is_missing(lacking: str, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    give(machine, php="exit 1" if lacking == "an extension" else "echo PHP 8.2.1")
    (machine / lacking).unlink(missing_ok=True)
    manager(machine, brings=True)
    find_php.main()
    assert done(machine) == [
        "apt-get update -qq",
        f"apt-get install --yes -qq --no-install-recommends {PACKAGES}",
    ]


@pytest.mark.parametrize("brings", [True, False])
def test_without_any_way_one_sentence_says_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch, brings: bool
) -> None:
    manager(machine, brings=brings)
    if not brings:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit) as end:
        find_php.main()
    assert end.value.code == (
        "There is no PHP from 8.1 on, with its extensions dom, mbstring and zip, PHPUnit and PHP_CodeSniffer, to lint"
        f" and test the plugins with (Debian: apt-get install {PACKAGES})."
    )


@pytest.mark.skipif(not shutil.which("php"), reason="there is no PHP: `make test` gets one")
def test_the_php_of_this_machine_says_its_version() -> None:
    assert find_php.installed().startswith("PHP 8.")
