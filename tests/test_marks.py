"""What `make quick` leaves out."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import SLOW
from paths import ROOT, TESTS


@pytest.mark.slow
def test_what_is_slow_by_its_place_is_left_out() -> None:
    left_out = re.search(r'^QUICK = -m "([^"]+)"', (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert left_out
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-m", left_out[1]]
    done = subprocess.run([*collect, *(TESTS / place for place in SLOW)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done.stdout.decode()
