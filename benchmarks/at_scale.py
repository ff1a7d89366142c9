"""What a package costs when a library is built for many providers, beside a loop that only writes the bytes.

    .venv/bin/python benchmarks/at_scale.py [--modules 12] [--providers 500] [--json]

Twelve modules of the sample library, for as many providers as are asked for, in two targets. Each provider has a
name, a colour, a welcome and a phone number of its own. All times are of whole commands, in new processes; the loop
runs in the same minutes, on the same disk. Nothing else should run.

Nothing is deleted before the end: for a minute after files went, ext4 looks for places that none of them had, and
that takes a fifth of a build's time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "modules"
TARGETS = ("scorm12", "scorm2004-3rd")
PAGE = "pages"


@dataclass(frozen=True)
class Run:
    """A command: how long it took, in seconds by the clock and of CPU, and the largest of its processes, in MB."""

    wall: float
    cpu: float
    memory: float


def library(folder: Path, providers: int) -> Path:
    """A copy of the sample library with so many providers."""
    shutil.copytree(SAMPLE, folder)
    example = (folder / "providers" / "willow-lane.yaml").read_text(encoding="utf-8")
    for file in (folder / "providers").glob("*.yaml"):
        file.unlink()
    for number in range(providers):
        text = example.replace("id: willow-lane", f"id: provider-{number:05}")
        text = text.replace("Willow Lane", f"Willow Lane {number}")
        text = text.replace('"#2F6B3C"', f'"#{number * 7919 % 0x1000000:06x}"')
        text = text.replace("960120", f"960{number % 1000:03}")
        (folder / "providers" / f"provider-{number:05}.yaml").write_text(text, encoding="utf-8")
    return folder


def timed(command: list[str], folder: Path) -> Run:
    """Run a command in `folder`; a process of its own waits for it, so that only its children are counted."""
    script = (
        "import json, resource, subprocess, sys, time\n"
        "begun = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=folder, check=True, stdout=subprocess.PIPE
    ).stdout
    return Run(*json.loads(said))


def build(folder: Path, modules: list[str], jobs: int) -> Run:
    """Build all of it into `folder`."""
    targets = [part for target in TARGETS for part in ("--target", target)]
    command = [str(ROOT / ".venv" / "bin" / "scormpack"), "build", *modules, *targets, "--library", "library"]
    return timed([*command, "--jobs", str(jobs)], folder)


def loop(packages: list[Path], folder: Path) -> float:
    """Seconds that it takes to write the same bytes to new files, and to give these their names."""
    spent = 0.0
    for number, package in enumerate(packages):
        data = package.read_bytes()
        file = folder / str(number // 24) / f"{number}.zip"
        file.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        part = file.with_suffix(".part")
        part.write_bytes(data)
        part.replace(file)
        spent += time.perf_counter() - begun
    return spent


def change_a_page(folder: Path, module: str) -> None:
    """Add a sentence to a page of one module."""
    page = sorted((folder / "library" / module / PAGE).glob("*.md"))[0]
    page.write_text(page.read_text(encoding="utf-8") + "\nTake your time.\n", encoding="utf-8")


def measured(folder: Path, modules: list[str], providers: int) -> dict[str, object]:
    """Every run, in the order in which they are explained in the README of this folder."""
    one, two = folder / "one", folder / "two"
    found: dict[str, Run] = {}
    for name, where, jobs in (("one process", one, 1), ("two processes", two, 2)):
        library(where / "library", providers)
        found[name] = build(where, modules, jobs)
    packages = sorted((two / "build").glob("*/*.zip"))
    written = loop(packages, folder / "loop")
    found["nothing changed"] = build(two, modules, 2)
    change_a_page(two, modules[0])
    found["one page changed"] = build(two, modules, 2)
    return {
        "modules": len(modules),
        "providers": providers,
        "packages": len(packages),
        "bytes": sum(each.stat().st_size for each in packages),
        "loop": written,
        **{name: asdict(run) for name, run in found.items()},
    }


def shown(found: dict[str, object]) -> str:
    """The figures as a table."""
    number, written = int(str(found["packages"])), float(str(found["loop"]))
    size = int(str(found["bytes"])) / 1e6
    lines = [
        f"{number:,} packages, {size:,.0f} MB; the loop: {written / number * 1e3:.2f} ms a package",
        "",
        f"{'':20}{'wall s':>8}{'CPU s':>8}{'CPU ms':>8}{'× loop':>8}{'MB':>6}",
    ]
    for name in ("one process", "two processes", "nothing changed", "one page changed"):
        run = Run(**found[name])  # type: ignore[arg-type]
        each, ratio = run.cpu / number * 1e3, run.wall / written
        lines.append(f"{name:20}{run.wall:8.1f}{run.cpu:8.1f}{each:8.2f}{ratio:8.1f}{run.memory:6.0f}")
    return "\n".join(lines)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", type=int, default=12)
    parser.add_argument("--providers", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    modules = sorted(file.parent.name for file in SAMPLE.glob("*/module.yaml"))[: asked.modules]
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        found = measured(Path(folder), modules, asked.providers)
    print(json.dumps(found, indent=2) if asked.json else shown(found))


if __name__ == "__main__":
    main()
