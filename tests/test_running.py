"""How the tests are run: what `make quick` leaves out, by how many, and what becomes of a test that never ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SLOW
from paths import ROOT, TESTS

pytestmark = pytest.mark.slow
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]


def quick() -> str:
    """What `make quick` asks for."""
    found = re.search(r'^QUICK = -m "([^"]+)"', (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_what_is_slow_by_its_place_is_left_out() -> None:
    collect = [*PYTEST, "--collect-only", "-q", "-m", quick()]
    done = subprocess.run([*collect, *(TESTS / place for place in SLOW)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done.stdout.decode()


@pytest.mark.parametrize(("wanted", "workers"), [("", 3), (quick(), 2)], ids=["all", "quick"])
def test_while_one_waits_for_a_browser_another_works(wanted: str, workers: int) -> None:
    two_cores = {**os.environ, "PYTEST_XDIST_AUTO_NUM_WORKERS": "2"}
    run = [*PYTEST, "-n", "auto", "-m", wanted, str(TESTS / "test_duration.py")]
    done = subprocess.run(run, cwd=ROOT, env=two_cores, capture_output=True, check=False, text=True)
    assert f"created: {workers}/{workers} workers" in done.stdout, done.stdout


def test_a_test_that_stands_still_says_where_and_the_others_go_on(tmp_path: Path) -> None:
    still = "from threading import Event\n\ndef test_still():\n    Event().wait()\n\ndef test_other(): pass\n"
    (tmp_path / "test_it.py").write_text(still, encoding="utf-8")
    ours = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), "-o", "faulthandler_timeout=1", "-n", "1"]
    done = subprocess.run([*PYTEST, *ours, str(tmp_path)], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert re.search(r'test_it.py", line 4 in test_still$', done.stderr, re.MULTILINE)
    assert re.search(r"^worker 'gw0' crashed while running 'test_it.py::test_still'$", done.stdout, re.MULTILINE)
    assert "1 failed, 1 passed" in done.stdout
