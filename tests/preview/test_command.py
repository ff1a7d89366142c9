"""`scormpack preview` begins, says where, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_library import write

from preview.client import Client
from scormpack.cli import main
from scormpack.package import Entry, Package, zip_bytes

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "modules")
    return tmp_path


@pytest.fixture
def start(here: Path) -> Iterator[Start]:
    """Starts `scormpack preview --no-open`."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "scormpack", "preview", "--no-open", *arguments]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=here, env=dict(os.environ)))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    """The first line: the address."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_when_told(start: Start, sign: signal.Signals) -> None:
    process = start()
    client = Client(said(process))
    assert client.get("").status == 200
    assert client.news()["library"]["title"] == "A small library"
    process.send_signal(sign)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert err.splitlines() == ["Press Ctrl+C to end the preview.", "The preview has ended."]
    with pytest.raises(ConnectionRefusedError):
        client.get("")


@pytest.mark.slow
def test_it_comes_back_to_the_same_address(start: Start) -> None:
    addresses = set()
    for _ in range(2):
        process = start("first")
        addresses.add(said(process))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    (address,) = addresses
    assert address.endswith("/m/first")


def test_a_zip_needs_no_library(start: Start, here: Path) -> None:
    zip_ = here / "elsewhere" / "a.zip"
    zip_.parent.mkdir()
    zip_.write_bytes(zip_bytes(Package.of("a.zip", [Entry("index.html", b"<p>A course</p>")])))
    process = start(str(zip_), "--library", str(here / "modules"))
    address = said(process)
    assert address.endswith("/zip")
    library = Client(address).news()["library"]
    assert (library["zip"], library["modules"]) == ("a.zip", [])


def test_from_outside_it_shows_what_to_scan(start: Start) -> None:
    process = start("--host", "127.0.0.2", "--review")
    address = said(process)
    assert address.startswith("http://127.0.0.2:")
    client = Client(address)
    assert client.get("").status == 403
    assert client.get(address.removeprefix(client.origin + "/")).status == 303
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "Each address opens it once, for one browser." in err
    assert err.count("?token=") == 2
    assert err.count("▀") > 100


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["frist"], "There is no module `frist`. Did you mean `first`?"),
        (["none.zip"], "There is no file `none.zip`."),
        (["--host", "192.0.2.77"], "This machine cannot be reached at 192.0.2.77."),
        (["--host", "no such name"], "This machine cannot be reached at no such name."),
        (["--library", "nowhere"], "Directory 'nowhere' does not exist."),
    ],
)
def test_what_is_not_there_is_told(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["preview", "--no-open", *arguments])
    assert result.exit_code == 2
    assert says in result.output


def test_a_course_is_shown_by_its_modules(here: Path) -> None:
    library = here / "modules" / "library.yaml"
    outline = "{id: weeks, version: 1.0.0, title: Weeks, summary: All of it, modules: [first, second]}"
    library.write_text(f"{library.read_text()}courses:\n  - {outline}\n")
    result = CliRunner().invoke(main, ["preview", "--no-open", "weeks"])
    assert result.exit_code == 2
    assert "`weeks` is a course: its modules are shown one by one. It has first, second." in result.output
