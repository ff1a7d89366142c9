"""However large a package is, or says it is, checking it takes ten seconds of work and 300 MB at most."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from fuzz_packages import MEGABYTES, SECONDS
from paths import ROOT

from inspection.strangers import OURS, PAGE
from inspection.zips import File, kept

ASK = """
import json, sys, time
from pathlib import Path
from fuzz_packages import most_memory
from scormpack.inspect import inspect
began = time.process_time()
found = inspect(Path(sys.argv[1])).findings
codes = sorted({each.code for each in found})
print(json.dumps([time.process_time() - began, most_memory(), codes]))
"""
LIST = b'<manifest><metadata><schemaversion>1.2</schemaversion></metadata><resources><resource href="0.html">%s'
Files = Callable[[], Iterator[File]]


def course_of_100_megabytes() -> Iterator[File]:
    """Two thousand files; most of its bytes are pictures and films."""
    dice = Random(1)
    yield File("imsmanifest.xml", LIST % b"".join(b"<file href='%d.html'/>" % each for each in range(2_000)))
    yield from (File(f"{each}.html", PAGE * 10) for each in range(300))
    yield from (File(f"{each}.png", dice.randbytes(30_000), method=0) for each in range(1_690))
    yield from (File(f"{each}.mp4", dice.randbytes(5_000_000), method=0) for each in range(10))


def drawing_of_100_megabytes() -> Iterator[File]:
    yield File("index.html", PAGE)
    yield File("a.svg", b"<svg>" + b"<g/>" * 25_000_000, method=0)


def manifest_of_50_megabytes() -> Iterator[File]:
    yield File("imsmanifest.xml", LIST % (b"<file href='a.html'/>" * 2_500_000), method=0)


def twenty_thousand_files() -> Iterator[File]:
    yield File("imsmanifest.xml", LIST % b"".join(b"<file href='%d.html'/>" % each for each in range(19_999)))
    yield from (File(f"{each}.html", b"<p>", method=0) for each in range(19_999))


def names_of_65_kilobytes() -> Iterator[File]:
    yield File("index.html", PAGE)
    yield from (File("/".join("x" * 32_000) + str(each), b"", method=0) for each in range(300))


def sixty_megabytes_of_text() -> Iterator[File]:
    yield File("index.html", OURS)
    yield from (File(f"{each}.html", b"word " * 3_900_000, method=0) for each in range(4))
    yield from (File(f"{each}.js", b"var a = 1;\n" * 1_700_000, method=0) for each in range(4))


def a_million_elements() -> Iterator[File]:
    yield File("index.html", OURS)
    yield from (File(f"{each}.html", b"<p a=1>a" * 99_000, method=0) for each in range(12))


def four_million_attributes() -> Iterator[File]:
    tag = b"<p %s>" % b" ".join(b"%x" % each for each in range(290))
    yield File("index.html", OURS)
    yield from (File(f"{each}.html", tag * 1_350, method=0) for each in range(10))


def a_million_attributes_of_one_element() -> Iterator[File]:
    yield File("index.html", OURS + b"<p %s>" % b" ".join(b"%x" % each for each in range(1_000_000)))


def a_bomb_of_files_that_share_their_bytes() -> Iterator[File]:
    core = File("", bytes(4_000_000)).bytes
    yield File("index.html", PAGE)
    yield File("0.bmp", bytes(4_000_000))
    yield from (File(f"{each}.bmp", b"", listed={"size": 4_000_000, "packed": len(core)}) for each in range(1, 9_999))


def entities_that_swell() -> Iterator[File]:
    named = b"".join(b'<!ENTITY e%d "%s">' % (each, b"&e%d;" % (each - 1) * 10) for each in range(1, 20))
    yield File("imsmanifest.xml", b'<!DOCTYPE m [<!ENTITY e0 "x">%s]><manifest>&e19;</manifest>' % named)
    yield File(
        "cmi5.xml", b'<!DOCTYPE m [<!ENTITY a "%s">]><m>%s</m>' % (b"x" * 5_000_000, b"&a;" * 90_000), method=0
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("files", "codes"),
    [
        (course_of_100_megabytes, set()),
        (drawing_of_100_megabytes, {"ZIP-16"}),
        (manifest_of_50_megabytes, {"ZIP-16"}),
        (twenty_thousand_files, set()),
        (names_of_65_kilobytes, {"ZIP-09"}),
        (sixty_megabytes_of_text, {"ZIP-16"}),
        (a_million_elements, {"ZIP-16"}),
        (four_million_attributes, {"ZIP-16"}),
        (a_million_attributes_of_one_element, {"ZIP-16"}),
        (a_bomb_of_files_that_share_their_bytes, {"ZIP-03", "ZIP-12", "ZIP-15"}),
        (entities_that_swell, set()),
    ],
)
def test_a_package_is_checked_within_bounds(files: Files, codes: set[str], tmp_path: Path) -> None:
    file = kept(tmp_path / "a.zip", *files())
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}", "PATH": ""}
    asked = subprocess.run(
        [sys.executable, "-c", ASK, str(file)], capture_output=True, check=True, text=True, env=environment
    )
    seconds, megabytes, found = json.loads(asked.stdout)
    assert {code for code in found if code.startswith("ZIP")} == codes
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]
