"""Work in several processes: the same results in the same order, whatever becomes of a process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from paths import EVERY_BLOCK

from scormpack.processes import results_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")

# The tests themselves may run beside threads, where no copies are made: so each asks a process of its own.
# Whoever runs the tests in the background may have told them to ignore Ctrl+C.
BEGIN = """\
import os, signal, sys
from scormpack.processes import results_of
signal.signal(signal.SIGINT, signal.default_int_handler)
me = os.getpid()
"""


def said(script: str) -> str:
    """What a script prints that has succeeded."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN + script], check=True, timeout=60, capture_output=True, text=True
    ).stdout


def test_results_come_in_the_order_of_the_jobs_from_other_processes() -> None:
    script = """
found = list(results_of(range(9), lambda job: [(job, os.getpid()), (-job, os.getpid())], 3))
print([job for job, _ in found], me in {process for _, process in found})"""
    assert said(script) == f"{[sign * job for job in range(9) for sign in (1, -1)]} False\n"


@pytest.mark.parametrize(("processes", "working"), [(1, 1), (3, 3), (100, 4)])
def test_no_more_processes_work_than_are_asked_for_and_have_two_jobs(processes: int, working: int) -> None:
    script = f"print(len(set(results_of(range(8), lambda job: [os.getpid()], {processes}))))"
    assert 1 <= int(said(script)) <= working


def test_without_jobs_there_are_no_results() -> None:
    assert list(results_of([], lambda job: [job], 4)) == []


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(1)", "1 / 0"])
def test_what_a_process_leaves_undone_is_done_by_the_first(end: str) -> None:
    script = f"""
def work(job):
    if job in (2, 5) and os.getpid() != me:
        {end}
    return [job]
print(list(results_of(range(9), work, 2)))"""
    assert said(script) == f"{list(range(9))}\n"


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), signal.SIGKILL)", "1 / 0"])
@pytest.mark.parametrize("at", [0, 1, 39, 40, 41, 99])
def test_of_the_results_of_a_process_that_dies_none_is_lost_and_none_comes_twice(end: str, at: int) -> None:
    script = f"""
def work(job):
    for number in range(100):
        if job in (1, 4) and number == {at} and os.getpid() != me:
            {end}
        yield job, number
print(list(results_of(range(6), work, 2)) == [(job, number) for job in range(6) for number in range(100)])"""
    assert said(script) == "True\n"


def test_many_results_of_a_job_are_not_kept_until_it_ends() -> None:
    script = """
import resource
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
count = sum(1 for _ in results_of(range(8), lambda job: ("x" * 1_000 for _ in range(10_000)), 2))
print(count, peak() - before < 40_000)"""  # kB, half of what they are together
    assert said(script) == "80000 True\n"


def test_who_wants_no_more_results_leaves_no_process_behind() -> None:
    script = """
import multiprocessing
results = results_of(range(6), lambda job: iter(int, 1), 2)
print([next(results) for _ in range(3)])
results.close()
print(multiprocessing.active_children())"""
    assert said(script) == "[0, 0, 0]\n[]\n"


def test_an_exception_is_raised_as_ever() -> None:
    script = """
try:
    for result in results_of(range(9), lambda job: [1 / (job - 3)], 2):
        print(result)
except ZeroDivisionError:
    print("so it is")"""
    assert said(script).splitlines()[2:] == ["-1.0", "so it is"]


def test_where_the_system_gives_no_process_one_does_it_all() -> None:
    script = """
def refuse():
    raise BlockingIOError
os.fork = refuse
print(list(results_of(range(9), lambda job: [os.getpid() == me], 2)) == [True] * 9)"""
    assert said(script) == "True\n"


def test_large_results_do_not_get_stuck() -> None:
    script = "print(sum(map(len, results_of(range(8), lambda job: ['x' * 3_000_000], 2))))"
    assert said(script) == "24000000\n"


@pytest.mark.parametrize("everybody", [True, False])
def test_nobody_goes_on_after_ctrl_c(everybody: bool, tmp_path: Path) -> None:
    """Each process says that it has begun, and then waits for ever."""
    script = f"""
def work(job):
    try:
        os.write(1, b"begun\\n")  # at once: of what is printed, the ends of the lines may come by themselves
        signal.pause()
    finally:
        open(os.path.join({str(tmp_path)!r}, str(os.getpid())), "x").close()
list(results_of(range(4), work, 2))"""
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as begun:
        assert begun.stdout is not None
        try:
            assert [begun.stdout.readline() for _ in range(2)] == [b"begun\n"] * 2
            os.kill(-begun.pid if everybody else begun.pid, signal.SIGINT)
            assert begun.communicate(timeout=60)[1].count(b"Traceback") == 1  # its own
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(begun.pid, signal.SIGKILL)
            raise
    with pytest.raises(ProcessLookupError):
        os.kill(-begun.pid, 0)
    assert len(list(tmp_path.iterdir())) == 2  # both have put in order what they had begun


def library(folder: Path) -> Path:
    """Five modules, one of which cannot be built, and one that cannot even be read."""
    shutil.copytree(EVERY_BLOCK, folder)
    for name in ("a", "b", "c", "d"):
        shutil.copytree(folder / "every-block", folder / name)
        file = folder / name / "module.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("id: every-block", f"id: {name}", 1))
    (folder / "b" / "media" / "dot.png").unlink()
    (folder / "c" / "pages" / "start.md").write_text("# Start\n\n```nothing\n```\n")
    return folder


def scormpack(*arguments: str, folder: Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "scormpack", *arguments, "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    library(tmp_path / "modules")
    one, two = (scormpack("validate", "--all", "--jobs", number, folder=tmp_path) for number in ("1", "2"))
    assert one == two
    assert "modules/b/" in one[2]


@pytest.mark.slow
def test_two_processes_build_what_one_builds_to_the_byte(tmp_path: Path) -> None:
    library(tmp_path / "modules")
    told, packages = [], []
    for number in ("1", "2"):
        told.append(scormpack("build", "--format", "json", "--jobs", number, folder=tmp_path))
        packages.append({file.name: file.read_bytes() for file in sorted(tmp_path.glob("build/*/*"))})
        shutil.rmtree(tmp_path / "build")
    assert told[0] == told[1]
    assert packages[0] == packages[1]
    assert {name.partition("-1.2.3")[0] for name in packages[0]} == {"a", "d", "every-block"}
