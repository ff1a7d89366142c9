"""Ten thousand learners and eighteen modules are read in little time and memory."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LEARNERS, MODULES = 10_000, 18
ASK = """
import re, resource, sys
from pathlib import Path
from scormpack.results.names import Names
from scormpack.results.reading import read_results
from scormpack.results.table import Asked
titles = {f"module-{n}": f"The module {chr(64 + n)}" for n in range(1, 19)}
found = read_results([Path(sys.argv[1])], Asked(Names(titles, (), {})))
used = resource.getrusage(resource.RUSAGE_SELF)
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(len(found.took), int(used.ru_utime + used.ru_stime), int(most[1]) // 1000)
"""


def wide(file: Path) -> None:
    head = ["", "Email address", *(part for n in range(1, MODULES + 1) for part in (f"The module {chr(64 + n)}", ""))]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(head)
        for n in range(LEARNERS):
            day = f"2026-0{n % 9 + 1}-{n % 28 + 1:02} 10:{n % 60:02}:00"
            writer.writerow([f"Learner {n}", f"l{n}@example.org", *("Completed", day) * MODULES])


def long(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["Name", "Email", "Module", "Status", "Finished", "Minutes", "Version"])
        for n in range(LEARNERS):
            for m in range(1, MODULES + 1):
                day = f"2026-0{n % 9 + 1}-{n % 28 + 1:02}"
                writer.writerow([f"Learner {n}", f"l{n}@example.org", f"module-{m}", "passed", day, "12", "1.0.0"])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="says how much memory was used in another way")
@pytest.mark.parametrize("make", [wide, long])
def test_many_learners(make: Callable[[Path], None], tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    make(file)
    asked = subprocess.run([sys.executable, "-c", ASK, str(file)], capture_output=True, check=True, text=True)
    took, seconds, megabytes = map(int, asked.stdout.split())
    assert took == LEARNERS * MODULES
    assert seconds <= 20
    assert megabytes <= 400
