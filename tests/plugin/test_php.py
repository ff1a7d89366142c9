"""The plugin for Moodle, on as much of Moodle as it calls: what PHPUnit says of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import find_php
import pytest

MOODLE = Path(__file__).parents[2] / "plugins" / "moodle"
pytestmark = pytest.mark.skipif(not find_php.installed(), reason="there is no PHP: `make test` gets one")


@pytest.mark.slow
def test_the_plugin() -> None:
    done = subprocess.run(["phpunit"], cwd=MOODLE, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)
