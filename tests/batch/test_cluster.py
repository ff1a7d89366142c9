"""Work on a cluster: what one process gives, in its order, whatever becomes of a worker."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from buckets import BUCKET, s3
from paths import EVERY_BLOCK

from scormpack.batch import Built, ClusterError, Refused, build_all, cluster, plan
from scormpack.cache import NOTHING, Cache
from scormpack.clock import today
from scormpack.content.load import load_library

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="it has other signals")]
PROVIDERS = 24


def begin() -> Any:
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    )


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with begin() as workers:
        yield workers.scheduler_address


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EVERY_BLOCK, "lib")
    for number in range(PROVIDERS - 1):
        provider(f"p{number:02}", f"name: Provider {number}\n")


def provider(name: str, text: str) -> None:
    Path("lib", "providers", f"{name}.yaml").write_text(f"id: {name}\n{text}", encoding="utf-8")


def build(out: str, scheduler: str = "", cache: Cache = NOTHING) -> Iterator[Built | Refused]:
    work = plan(load_library(Path("lib")), today(), targets=("web", "scorm12"))
    return build_all(work, out, cache=cache, scheduler=scheduler)


def files(folder: str) -> dict[str, bytes]:
    """Whatever is in a folder, parts of files included."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in Path(folder).rglob("*.*")}


def alone() -> tuple[list[Built | Refused], dict[str, bytes]]:
    """What one process gives and writes."""
    found, there = list(build("out")), files("out")
    shutil.rmtree("out")
    return found, there


def test_workers_build_what_one_process_builds_and_in_its_order(scheduler: str) -> None:
    provider("p07", "name: A Provider\nbrand: {logo: not-there.png}\n")
    found, there = alone()
    assert [each.provider for each in found if isinstance(each, Refused)] == ["p07"]
    assert list(build("out", scheduler)) == found
    assert files("out") == there


def test_what_has_not_changed_is_not_built_again(scheduler: str) -> None:
    cache = Cache(Path("kept"))
    list(build("out", scheduler, cache))
    provider("p03", "name: Another Name\n")
    Path("out", "p04", "every-block-1.2.3-web.zip").write_bytes(b"something else")
    anew = [each for each in build("out", scheduler, cache) if isinstance(each, Built) and not each.unchanged]
    assert {each.provider for each in anew} == {"p03", "p04"}
    assert files("out") == alone()[1]
    list(build("out", cache=cache))  # and here they know what was built there
    assert all(each.unchanged for each in build("out", scheduler, cache) if isinstance(each, Built))


def test_a_worker_that_is_killed_costs_nothing_but_time(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker stands still before it is given its jobs, and is ended once the other one has written something."""
    found, there = alone()
    with distributed.Client(scheduler, set_as_default=False) as client:
        victim = min(client.run(os.getpid).values())
    results = cluster._results

    def kill() -> None:
        while not files("out"):
            pass
        os.kill(victim, signal.SIGKILL)

    def from_one(*arguments: Any) -> Iterator[Any]:
        os.kill(victim, signal.SIGSTOP)
        Path("out").mkdir()
        killer = threading.Thread(target=kill)
        killer.start()
        yield from results(*arguments)
        killer.join()

    monkeypatch.setattr(cluster, "_results", from_one)
    assert list(build("out", scheduler)) == found
    assert files("out") == there
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def fails_for_one(name: str, wanted: str, providers: tuple[str, ...], rows: list[Any]) -> Any:
    if "p05" in providers:
        raise ZeroDivisionError("so it is")
    return DO(name, wanted, providers, rows)


DO = cluster._do


def test_a_job_that_fails_stops_no_other(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_do", fails_for_one)
    found = list(build("out", scheduler))
    refused = {each.provider: each.findings[0] for each in found if isinstance(each, Refused)}
    assert "p05" in refused
    assert len(refused) < PROVIDERS / 2
    assert {(each.code, each.message) for each in refused.values()} == {("PKG-12", "ZeroDivisionError: so it is")}
    assert {each.provider for each in found if isinstance(each, Built)} == {
        each.parent.name for each in Path("out").rglob("*.zip")
    }
    assert len({each.provider for each in found}) == PROVIDERS


def test_who_stops_a_build_leaves_nothing_of_it_to_the_workers(scheduler: str) -> None:
    made = build("out", scheduler)
    next(made)
    made.close()  # type: ignore[attr-defined]  # it is a generator
    with distributed.Client(scheduler, set_as_default=False) as client:
        plugins = client.run(lambda dask_worker: [each for each in dask_worker.plugins if "scormpack" in each])
        assert set(map(tuple, plugins.values())) == {()}
        left = client.run(lambda dask_worker: list(Path(dask_worker.local_directory).glob("scormpack-*")))
        assert set(map(tuple, left.values())) == {()}


# Whoever runs the tests in the background may have told them to ignore Ctrl+C.
MAIN = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from scormpack.cli import main; main()"
)


def scormpack(*arguments: str) -> list[str]:
    return [sys.executable, "-c", MAIN, "build", "--library", "lib", "--target", "web", *arguments]


def test_the_command_builds_with_workers_and_stops_at_ctrl_c(scheduler: str) -> None:
    done = subprocess.run([*scormpack("--scheduler", scheduler)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0].startswith("build/full/every-block-1.2.3-web.zip  ")
    assert len(done.stdout.splitlines()) == PROVIDERS == len(list(Path("build").rglob("*.zip")))
    for number in range(300):
        provider(f"q{number:03}", f"name: Provider {number}\n")
    command = scormpack("--scheduler", scheduler, "--no-cache")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as begun:
        assert begun.stdout is not None
        assert begun.stdout.readline()
        begun.send_signal(signal.SIGINT)
        said = begun.communicate(timeout=60)[1]
    assert begun.returncode == 130, said
    assert said.splitlines()[-1].startswith("Stopped after "), said


def test_workers_put_packages_into_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec import filesystem

    found, there = alone()
    with s3(monkeypatch), begin() as workers:
        made = list(build(f"s3://{BUCKET}/shelf", workers.scheduler_address))
        s3_files = filesystem("s3")
        stored = {name.partition("/shelf/")[2]: s3_files.cat_file(name) for name in s3_files.find(f"{BUCKET}/shelf")}
    assert stored == there
    assert [each.sha256 for each in made if isinstance(each, Built)] == [
        each.sha256 for each in found if isinstance(each, Built)
    ]


# What keeps a build from a cluster


def refused(out: str, scheduler: str) -> str:
    with pytest.raises(ClusterError) as caught:
        list(build(out, scheduler))
    assert not Path(out).exists()
    return str(caught.value)


@pytest.mark.parametrize("late", [False, True])
def test_workers_of_another_release_are_refused(late: bool, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "version", lambda name: "9.9.9" if name == "scormpack" else version(name))
    if late:
        monkeypatch.setattr(cluster, "_refuse_others", lambda _: None)  # they come after all were looked at
    said = refused("out", scheduler)
    assert said.startswith("The worker tcp://")
    assert " has scormpack 0.1.0 (" in said
    assert ", and here it is 9.9.9 (" in said


def test_a_scheduler_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cluster._PATIENCE < 10
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    assert refused("out", "tcp://127.0.0.1:9").startswith("No scheduler answers at tcp://127.0.0.1:9: ")


def test_what_nobody_else_would_see_is_not_left_to_workers(scheduler: str) -> None:
    assert refused("memory://out", scheduler) == "Nobody else sees what a worker writes to memory://out."


def test_a_package_on_a_disk_of_the_worker_is_no_package() -> None:
    (found, *_) = alone()[0]
    with pytest.raises(
        ClusterError, match=r"^out/full/every-block-1\.2\.3-web\.zip is not there: a worker has it on"
    ):
        cluster._as_asked((found, None), "out", "out")


def test_a_library_that_is_written_while_it_is_sent_is_not_built(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "looks", lambda *_: b"otherwise")
    assert refused("out", scheduler) == "The library was written while it was read. Run the command again."


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scormpack.batch.cluster", None)
    assert refused("out", "tcp://127.0.0.1:9") == "A scheduler needs dask: pip install 'scormpack[cluster]'"
