"""Runs commands one after the other, each in a process of its own, and keeps seconds and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ONCE = Path(__file__).with_name("once.py")


@dataclass
class Task:
    """A command to measure. `before` runs each time, unmeasured; `package` finds the zip that the command made."""

    name: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], None] = lambda: None
    package: Callable[[], Path] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # bytes, the largest process of the tree
    failure: str = ""

    @property
    def typical(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)

    @property
    def megabytes(self) -> float:
        """The median of the peak memory, in MB."""
        return median(self.memory) / 1e6

    def contents(self) -> tuple[int, int] | None:
        """Bytes of the zip, and the number of files in it; None for a command that makes none."""
        if self.package is None:
            return None
        file = self.package()
        with zipfile.ZipFile(file) as archive:
            return file.stat().st_size, sum(not info.is_dir() for info in archive.infolist())

    def run(self, counted: bool = True) -> None:
        """Run the command once, from start to exit."""
        self.before()
        with tempfile.TemporaryDirectory() as name:
            result = Path(name, "result")
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(ONCE), str(result), *self.command],
                cwd=self.folder,
                env=_environment() | dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            told = done.stdout.decode(errors="replace")[-2000:]
            took, code, memory = result.read_text("ascii").split() if result.exists() else ("0", "127", "0")
        if code != "0":
            self.failure = f"{self.name} failed with {code}:\n{told}"
        elif counted:
            self.seconds.append(float(took))
            self.memory.append(int(memory) * (1 if sys.platform == "darwin" else 1024))


def _environment() -> dict[str, str]:
    """Ours, but with compiled byte code kept: whoever uses an installed tool has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure(tasks: Sequence[Task], rounds: int) -> None:
    """Run the tasks in turn, A B C A B C …, after one round that is not counted and only warms the disk."""
    for number in range(rounds + 1):
        for task in tasks:
            if not task.failure:
                task.run(counted=number > 0)
        shown = f"round {number} of {rounds}" if number else "warmed up"
        print(shown, end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
