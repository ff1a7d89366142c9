"""A platform's own virtual environment, and its server as a process of its own."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environment import create, install

CACHE = Path(__file__).resolve().parents[2] / ".cache"
STOP_SECONDS = 10


def environment(name: str, requirements: Path) -> Path:
    """Return the Python of the virtual environment `.cache/<name>`, made anew when what it holds changed."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes, and one of them makes it
        return _made(CACHE / name, requirements)


def _made(folder: Path, requirements: Path) -> Path:
    python = folder / "bin" / "python"
    stamp = folder / "requirements.sha256"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    install(create(folder), requirements)
    stamp.write_text(wanted)
    return python


@dataclass(frozen=True)
class Platform:
    """A platform that runs: `script` in its own Python, its database and files under `state`."""

    python: Path
    script: Path
    state: Path
    port: int = 0

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """What its process finds in its environment."""
        return {**os.environ, "LMS_STATE": str(self.state), "PYTHONDONTWRITEBYTECODE": "1"}

    def report(self) -> list[dict[str, Any]]:
        """Return what the platform's own database holds of the learners' attempts."""
        done = subprocess.run(
            [self.python, self.script, "report"], env=self.settings, check=True, stdout=subprocess.PIPE
        )
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found


@contextmanager
def running(python: Path, script: Path, state: Path) -> Iterator[Platform]:
    """Run the platform on an empty `state` until the block ends."""
    log = state / "server.log"
    platform = Platform(python, script, state)
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [python, script, "serve"], env=platform.settings, stdout=subprocess.PIPE, stderr=errors
        ) as server,
    ):
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert line, f"the platform did not start:\n{log.read_text(errors='replace')}"
            yield Platform(python, script, state, json.loads(line)["port"])
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force when it does not end by itself."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
