"""What it costs to make all that the sample library has to print for one provider: anew, and from the cache.

    .venv/bin/python benchmarks/print_time.py [--rounds 3]

All times are of whole commands, in new processes: the least of several rounds. Nothing else should run.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from at_scale import ROOT, SAMPLE, Run, timed

PROVIDER = ("--provider", "willow-lane", "--library", str(SAMPLE))


def runs(folder: Path) -> Iterator[tuple[str, Run]]:
    """Each run. From the third on one finds in the cache what another left there."""
    for name, jobs in (("one process", 1), ("two processes", 2)):
        for made in ("build", ".cache"):
            shutil.rmtree(folder / made, ignore_errors=True)
        yield f"print, {name}", command(folder, "print", jobs)
    yield "print, nothing changed", command(folder, "print", 2)
    for name, option in (("without papers", "--no-print"), ("with papers, from the cache", "--print")):
        shutil.rmtree(folder / "releases", ignore_errors=True)
        yield f"release, {name}", command(folder, "release", 2, option)


def command(folder: Path, name: str, jobs: int, *more: str) -> Run:
    """A run of a command of ours in `folder`."""
    scormpack = str(ROOT / ".venv" / "bin" / "scormpack")
    return timed([scormpack, name, *PROVIDER, "--jobs", str(jobs), *more], folder)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    found: dict[str, list[Run]] = {}
    for _ in range(parser.parse_args().rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name, run in runs(Path(folder)):
                found.setdefault(name, []).append(run)
            sizes = [file.stat().st_size for file in Path(folder, "build", "print").glob("*/*")]
    print(f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB\n")
    print(f"{'':36}{'wall s':>8}{'CPU s':>8}{'MB':>6}")
    for name, each in found.items():
        wall, cpu, memory = (
            min(run.wall for run in each),
            min(run.cpu for run in each),
            max(run.memory for run in each),
        )
        print(f"{name:36}{wall:8.1f}{cpu:8.1f}{memory:6.0f}")


if __name__ == "__main__":
    main()
