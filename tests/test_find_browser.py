"""How `make test` comes to a browser, on machines that have one, can get one, or cannot."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import find_browser
import pytest
from test_environment import program


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all programs of a machine, for a user who is not root; a browser that starts can be driven."""
    folder = tmp_path / "bin"
    program(folder, "env", 'while case "$1" in *=*) ;; *) false ;; esac; do shift; done; "$@"')
    program(folder, "python", f'echo "python $*" >> {tmp_path}/log')
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(find_browser, "driven", lambda: find_browser.installed() or "")
    return folder


def manager(machine: Path, name: str, brings: str = "chromium-headless-shell") -> None:
    """A package manager, which installs the one browser that it `brings`, or fails."""
    browser = machine / brings
    install = f"printf '#!/bin/sh\\necho Chromium 150' > {browser}; /bin/chmod +x {browser}"
    asked = f'case "$*" in install*" {brings} "*) {install};; install*) exit 100;; esac'
    program(machine, name, f'echo "{name} $*" >> {machine.parent}/log; {asked}')


def sudo(machine: Path, *, password: bool) -> None:
    done = "exit 1" if password else f'echo "sudo $*" >> {machine.parent}/log; shift; "$@"'
    program(machine, "sudo", done)
    program(machine, "id", "echo root")


def done(machine: Path) -> list[str]:
    """What the machine was asked to do."""
    log = machine.parent / "log"
    return log.read_text(encoding="utf-8").splitlines() if log.is_file() else []


APT = [
    "apt-get update -qq",
    "apt-get install --yes -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core libatomic1",
]
APT_CHROMIUM = "apt-get install --yes -qq --no-install-recommends chromium fonts-dejavu-core libatomic1"
FETCH = "python -m playwright install chromium"


@pytest.mark.parametrize("name", find_browser.NAMES)
def test_what_is_there_is_taken(name: str, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(machine, name, "echo Chromium 150")
    manager(machine, "apt-get")
    find_browser.main()
    assert capsys.readouterr().out == f"Browser: {machine / name}\n"
    assert done(machine) == []


def test_what_costs_least_is_taken_first(machine: Path) -> None:
    for name in find_browser.NAMES:
        program(machine, name, "echo Chromium 150")
    assert find_browser.installed() == str(machine / "chromium-headless-shell")


def test_a_program_that_only_says_how_to_get_a_browser_is_none(machine: Path) -> None:
    program(machine, "chromium-browser", "echo 'install the snap'; exit 1")
    program(machine, "google-chrome", "echo Google Chrome 150")
    assert find_browser.installed() == str(machine / "google-chrome")


def test_root_installs_one(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    manager(machine, "apt-get")
    find_browser.main()
    assert done(machine) == APT
    assert capsys.readouterr().out.splitlines() == [
        "Installing with apt-get: chromium-headless-shell, fonts-dejavu-core, libatomic1",
        f"Browser: {machine / 'chromium-headless-shell'}",
    ]


def test_a_system_without_the_shell_brings_the_whole_browser(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    manager(machine, "apt-get", brings="chromium")
    find_browser.main()
    assert done(machine) == [*APT, APT_CHROMIUM]
    assert find_browser.installed() == str(machine / "chromium")


def test_sudo_without_a_password_installs_one(machine: Path) -> None:
    sudo(machine, password=False)
    manager(machine, "dnf", brings="chromium")
    find_browser.main()
    assert done(machine)[1:] == [
        "sudo -n dnf install --assumeyes --quiet chromium dejavu-sans-fonts libatomic",
        "dnf install --assumeyes --quiet chromium dejavu-sans-fonts libatomic",
    ]


def test_nobody_is_asked_for_a_password(machine: Path) -> None:
    sudo(machine, password=True)
    manager(machine, "apt-get")
    with pytest.raises(SystemExit):
        find_browser.main()
    assert done(machine) == [FETCH]


def test_what_the_system_does_not_have_playwright_fetches_with_its_libraries(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    manager(machine, "apt-get", brings="nothing")
    with pytest.raises(SystemExit):
        find_browser.main()
    assert done(machine) == [*APT, APT_CHROMIUM, f"{FETCH} --with-deps"]


def test_what_playwright_has_fetched_is_taken(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = machine / "of-playwright"
    program(machine, "python", f'echo "python $*" >> {machine.parent}/log; : > {own}')
    monkeypatch.setattr(find_browser, "driven", lambda: str(own) if own.exists() else "")
    find_browser.main()
    assert done(machine) == [FETCH]
    assert capsys.readouterr().out.splitlines()[-1] == f"Browser: {own}"


@pytest.mark.usefixtures("machine")
def test_without_any_way_one_sentence_says_what_to_install() -> None:
    with pytest.raises(SystemExit) as end:
        find_browser.main()
    assert end.value.code == (
        "There is no browser that the tests can drive: install Chromium or Chrome"
        " (Debian: apt-get install chromium fonts-dejavu-core libatomic1)."
    )


@pytest.mark.browser
def test_the_browser_of_the_tests_is_one_that_playwright_can_drive() -> None:
    found = find_browser.driven()
    assert Path(found).is_file()
    assert find_browser.installed() in (found, None)
