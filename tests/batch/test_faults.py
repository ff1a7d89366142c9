"""Whatever goes wrong while packages are built: those that are there are whole, and the next build is right."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from many_providers import built, files, planned, write
from paths import ROOT, TESTS
from permissions import permissions_hold

from scormpack.batch import Refused, build_all
from scormpack.batch import build as building
from scormpack.cache import Cache
from scormpack.cli import main

LIBRARY, OUT, KEPT = Path("modules"), Path("build"), Path(".cache", "scormpack")
TARGETS = ("scorm12", "web")
PYTHON = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{TESTS}", "SOURCE_DATE_EPOCH": "0"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def library() -> Path:
    return write(LIBRARY, ("full", "hostile", "welsh"))


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def clean() -> dict[str, bytes]:
    """What a build makes that nothing disturbs."""
    shutil.rmtree("clean", ignore_errors=True)
    built(build_all(planned(LIBRARY, targets=TARGETS), Path("clean")))
    return files(Path("clean"))


def refused(out: Path = OUT) -> list[tuple[str, str, str, set[str]]]:
    """What a build refuses, and by which codes."""
    results = build_all(planned(LIBRARY, targets=TARGETS), out, cache=Cache(KEPT))
    return [
        (each.id, each.provider, each.target, {found.code for found in each.findings if found.severity == "error"})
        for each in results
        if isinstance(each, Refused)
    ]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a build is killed in a copy of a process")
def test_a_build_that_is_killed_leaves_whole_packages_and_the_next_one_is_right() -> None:
    script = TESTS / "batch" / "killing.py"
    done = subprocess.run([sys.executable, script], env=PYTHON, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("left []\nkilled True\n", "")


# Where nothing can be written


@pytest.mark.usefixtures("library")
def test_a_folder_that_cannot_be_written_is_named_for_each_package() -> None:
    (OUT / "full").mkdir(parents=True)
    (OUT / "full").chmod(0o555)
    with permissions_hold():
        found = refused()
    (OUT / "full").chmod(0o755)
    modules = ("every-block", "second")
    assert found == [(module, "full", target, {"PKG-11"}) for module in modules for target in TARGETS]
    assert refused() == []
    assert files(OUT) == clean()


@pytest.mark.usefixtures("library")
def test_what_is_in_the_way_of_a_package_is_left_as_it_is() -> None:
    (OUT / "full" / "second-1.2.3-web.zip" / "mine").mkdir(parents=True)
    (OUT / "welsh").write_text("mine")
    expected = [(module, "welsh", target, {"PKG-11"}) for module in ("every-block", "second") for target in TARGETS]
    assert sorted(refused()) == sorted([("second", "full", "web", {"PKG-11"}), *expected])
    assert (OUT / "welsh").read_text() == "mine"
    there = set(files(OUT))
    assert {name for name in there if name.endswith(".part")} == set()
    assert len(there) == 3 * len(TARGETS) * 2 - 5 + 1


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The system lets no file become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("library")
def test_a_full_disk_leaves_no_half_package() -> None:
    sizes = {name: len(data) for name, data in clean().items()}
    limit = sorted(sizes.values())[len(sizes) // 2]
    with room_for(limit):
        found = refused()
    assert len(found) == sum(size > limit for size in sizes.values())
    assert all(codes == {"PKG-11"} for *_, codes in found)
    assert {name: len(data) for name, data in files(OUT).items()} == {
        name: size for name, size in sizes.items() if size <= limit
    }
    assert refused() == []
    assert files(OUT) == clean()


# Two at once


@pytest.mark.slow
@pytest.mark.usefixtures("library")
def test_two_builds_at_once_make_what_one_makes() -> None:
    command = [sys.executable, "-m", "scormpack", "build", "--target", "scorm12", "--target", "web", "--jobs", "2"]
    both = [subprocess.Popen(command, env=PYTHON, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(timeout=120) for each in both] == [0, 0]
    assert files(OUT) == clean()
    again = subprocess.run(command, env=PYTHON, capture_output=True, text=True)
    assert again.stderr.splitlines()[-1].startswith("0 packages built. 12 unchanged.")


# A mistake of ours


def broken(monkeypatch: pytest.MonkeyPatch, stage: str, name: str) -> None:
    """A stage fails for the provider or the module of this name."""
    right = getattr(building, stage)

    def fail(first: object, *others: object) -> object:
        if f"id='{name}'" in repr((first, *others)):
            raise RuntimeError("a mistake of ours")
        return right(first, *others)

    monkeypatch.setattr(building, stage, fail)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("stage", ["prepare", "assemble"])
def test_a_mistake_of_ours_stops_one_provider(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = clean()
    broken(monkeypatch, stage, "welsh")
    result = run("--target", "scorm12", "--target", "web", "--jobs", "1")
    assert result.exit_code == 1
    assert files(OUT) == {name: data for name, data in whole.items() if not name.startswith("welsh/")}
    assert result.stderr.count("error PKG-12: RuntimeError: a mistake of ours (test_faults.py:") == 1
    assert "modules/providers/welsh.yaml: error PKG-12" in result.stderr
    told = [line for line in result.stderr.splitlines() if line.startswith("Not built:")]
    assert told == ["Not built: every-block for welsh", "Not built: second for welsh"]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("stage", ["examine", "draft"])
def test_a_mistake_of_ours_stops_one_module(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = clean()
    broken(monkeypatch, stage, "second")
    result = run("--target", "scorm12", "--target", "web", "--jobs", "1")
    assert result.exit_code == 1
    assert files(OUT) == {name: data for name, data in whole.items() if "/every-block-" in name}
    assert "modules/second/module.yaml: error PKG-12: RuntimeError: a mistake of ours" in result.stderr
    told = [line for line in result.stderr.splitlines() if line.startswith("Not built:")]
    assert told == ["Not built: second"]
