"""How long a package takes from nothing, and how large it gets: scormpack beside other tools and beside bare imports.

The other tools are taken from the folder after `--peers`; README.md, beside this file, says how to fill it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import peers
import sample
from measure import Task, measure

ROOT = Path(__file__).resolve().parent.parent
IMPORTS = "import click, pydantic, lxml.etree, jinja2, markdown_it"
ONE = ["your-role", "--target", "scorm12", "--provider", "willow-lane"]


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="scormpack-benchmark-") as name:
        folder = Path(name)
        module = sample.pages(options.pictures)
        library = sample.write_library(module, folder / "library")
        first, second, website = (
            _build(library, folder / target, target) for target in ("scorm12", "scorm2004-3rd", "web")
        )
        _done(website)
        assert website.package is not None
        others, absent = peers.tasks(options.peers, module, website.package(), folder)
        builds = [first, second, *others]
        small = _small(folder)
        imports = small[1]
        measure([*builds, *small], options.rounds)
        print(_heading(module, library, options.rounds))
        print(_table(builds, first))
        for line in [*absent, *(task.failure for task in others if task.failure)]:
            print(f"- {line}")
        print()
        print(_table(small, imports))
        _done(first, second, *small)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given = os.environ.get("SCORMPACK_PEERS")
    parser.add_argument(
        "--peers",
        type=Path,
        default=Path(given) if given else None,
        help="The folder in which the other tools are installed. Default: the variable SCORMPACK_PEERS.",
    )
    parser.add_argument("--no-pictures", dest="pictures", action="store_false", help="The module has text only.")
    parser.add_argument("--rounds", type=int, default=11, help="How often each command is run. Default: 11.")
    return parser.parse_args()


def _scormpack() -> str:
    command = Path(sys.executable).with_name("scormpack")
    if not command.is_file():
        sys.exit("scormpack is not installed beside this Python: run .venv/bin/python benchmarks/build_time.py")
    return str(command)


def _build(library: Path, out: Path, target: str) -> Task:
    command = [_scormpack(), "build", "benchmark", "--library", str(library), "--target", target, "--out", str(out)]
    command += ["--no-cache"]
    return Task(
        name=f"scormpack, {target}",
        command=command,
        folder=library,
        before=lambda: shutil.rmtree(out, ignore_errors=True),
        package=lambda: next(out.glob("*/*.zip")),
    )


def _small(folder: Path) -> list[Task]:
    """What every command pays at least: Python, the libraries, the command line, reading a library."""
    library = ["--library", str(ROOT / "modules")]
    one = [_scormpack(), "build", *ONE, *library, "--out", str(folder / "one"), "--no-cache"]
    validate = [_scormpack(), "validate", *library]
    return [
        Task("Python alone", [sys.executable, "-c", "pass"], folder),
        Task("bare imports", [sys.executable, "-c", IMPORTS], folder),
        Task("scormpack --help", [_scormpack(), "--help"], folder),
        Task("scormpack --version", [_scormpack(), "--version"], folder),
        Task("scormpack build, one module of the sample library", one, folder),
        Task("scormpack validate, the sample library", [*validate, "--no-cache"], folder),
        Task("scormpack validate, nothing changed since", validate, folder),
    ]


def _done(*tasks: Task) -> None:
    """Our own commands have to succeed."""
    for task in tasks:
        if not task.seconds and not task.failure:
            task.run()
        if task.failure:
            sys.exit(task.failure)


def _heading(module: list[sample.Page], library: Path, rounds: int) -> str:
    pictures = [file.stat().st_size for file in library.glob("*/media/*")]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, median of {rounds}: "
        f"{len(module)} pages, {sample.words(module):,} words, "
        f"{len(pictures)} pictures of together {sum(pictures) / 1000:.0f} kB, {len(module)} questions\n"
    )


def _table(tasks: Sequence[Task], standard: Task) -> str:
    """A Markdown table; the ratios are to `standard`."""
    whole = standard.contents()
    lines = [
        f"| | seconds | × {standard.name} | peak MB | zip kB | × | files |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for task in tasks:
        if not task.seconds:
            lines.append(f"| {task.name} | failed | | | | | |")
            continue
        times = f"{task.typical:.3f} | {task.typical / standard.typical:.2f} | {task.megabytes:.0f}"
        size = task.contents()
        sizes = f"{size[0] / 1000:.0f} | {size[0] / whole[0]:.2f} | {size[1]}" if size and whole else "| |"
        lines.append(f"| {task.name} | {times} | {sizes} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
