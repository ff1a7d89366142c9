"""What it costs to check packages: one, a large one and a thousand, beside the bare imports that any checker pays.

    .venv/bin/python benchmarks/check_time.py [--rounds 9] [FILE…]

Processor seconds (user and system, of all processes) are the least of the rounds, because whatever else runs only
adds to them; seconds by the clock say something on a quiet machine only. A file that is named is checked as well.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from at_scale import ROOT, SAMPLE, Run, timed

from scormpack.schemas import schema_files

IMPORTS = "import click, lxml.etree"
COMMAND = str(Path(sys.executable).with_name("scormpack"))
MODULE = "your-role"
PICTURES, PAGES, PARAGRAPHS = 1_950, 45, 1_000
PICTURE = 50_000  # bytes
MANY = 1_000
_MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="large" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Large</title>
<item identifier="i" identifierref="r"><title>Large</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="page-0.html">
{files}
</resource></resources></manifest>
"""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="How often each command is run. Default: 9.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(_table(list(_runs(folder, asked.rounds, [file.resolve() for file in asked.files]))), end="")


def _runs(folder: Path, rounds: int, files: Sequence[Path]) -> Iterator[tuple[str, Run]]:
    small, large = _small(folder), _large(folder / "large.zip")
    (folder / "many").mkdir()
    for number in range(MANY):
        shutil.copyfile(small, folder / "many" / f"{number:04}.zip")
    yield "bare imports", _least([sys.executable, "-c", IMPORTS], folder, rounds)
    for file, title in ((small, "one package"), (large, "a large one"), *((each, each.name) for each in files)):
        title = f"{title}: {file.stat().st_size / 1000:,.0f} kB, {_count(file):,} files"
        yield title, _least([COMMAND, "check", str(file)], folder, rounds)
    yield f"{MANY:,} packages", _least([COMMAND, "check", "many"], folder, 1)
    yield f"{MANY:,} packages, one process", _least([COMMAND, "check", "many", "--jobs", "1"], folder, 1)


def _small(folder: Path) -> Path:
    """A package of the sample library."""
    command = [
        COMMAND,
        "build",
        MODULE,
        "--library",
        str(SAMPLE),
        "--target",
        "scorm12",
        "--out",
        str(folder / "built"),
    ]
    subprocess.run(
        [*command, "--no-cache"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return next((folder / "built").glob("*/*.zip"))


def _large(file: Path) -> Path:
    """About 100 MB in 2,000 files: pictures that nothing makes smaller, and pages that show them."""
    sure = random.Random(1)
    pictures = [f"media/{number:04}.png" for number in range(PICTURES)]
    contents = {name: b"\x89PNG\r\n\x1a\n" + sure.randbytes(PICTURE) for name in pictures}
    for number in range(PAGES):
        shown = (pictures[(number * PARAGRAPHS + each) % PICTURES] for each in range(PARAGRAPHS))
        body = "".join(f'<p>Some words beside <img src="{name}" alt="a picture"></p>\n' for name in shown)
        head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Page {number}</title></head>'
        contents[f"page-{number}.html"] = f"{head}<body>{body}</body></html>".encode()
    contents |= dict(schema_files("scorm12"))
    listed = "\n".join(f'<file href="{name}"/>' for name in contents)
    contents["imsmanifest.xml"] = _MANIFEST.format(files=listed).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return file


def _count(file: Path) -> int:
    with zipfile.ZipFile(file) as archive:
        return sum(not info.is_dir() for info in archive.infolist())


def _least(command: Sequence[str], folder: Path, rounds: int) -> Run:
    """The least of each number; the first round, which warms the disk, does not count where there are others."""
    runs = [timed([*command], folder) for _ in range(rounds + (rounds > 1))][rounds > 1 :]
    return Run(*(min(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def _table(runs: Sequence[tuple[str, Run]]) -> str:
    """A Markdown table; the ratios are to the bare imports."""
    bare = runs[0][1].cpu
    lines = ["| | processor seconds | × bare imports | seconds | peak MB |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {title} | {run.cpu:.3f} | {run.cpu / bare:.2f} | {run.wall:.3f} | {run.memory:.0f} |"
        for title, run in runs
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
