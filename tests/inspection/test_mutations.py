"""Whatever became of a package on its way, checking it ends with findings: soon, small, and without a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from fuzz_packages import try_one, zip_of

from inspection.strangers import STRANGERS
from inspection.zips import File, kept
from scormpack.archive import read_archive
from scormpack.inspect import inspect

RUNS = 25  # of each seed


@pytest.mark.parametrize("seed", range(20))
def test_a_package_that_is_spoiled_has_findings(seed: int) -> None:
    runs = [try_one(seed * 1_000 + number) for number in range(RUNS)]
    assert [(run.seed, run.done, run.wrong) for run in runs if run.wrong] == []


@pytest.mark.parametrize("maker", [maker for maker in sorted(STRANGERS) if maker != "folder"])
def test_one_that_is_not_spoiled_is_kept_well(maker: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zip_of(STRANGERS[maker]))
    archive = read_archive(tmp_path / "a.zip")
    assert archive.findings == ()
    assert archive.package is not None
    assert {entry.path: entry.data for entry in archive.package.entries} == STRANGERS[maker]


def test_what_is_found_is_told_on_one_line(tmp_path: Path) -> None:
    """A page or a parser may say anything: line ends, and codes for the terminal."""
    page = STRANGERS["ours"]["index.html"].replace(b"media/hands.png", b"a\n\x1b[31m\xc2\x85.png")
    manifest = "<manifest/>".encode("cp037")
    (tmp_path / "a.zip").write_bytes(zip_of({"index.html": page, "imsmanifest.xml": manifest}))
    messages = [each.message for each in inspect(tmp_path / "a.zip").findings]
    assert all(message.isprintable() for message in messages)
    assert any("\\x1b[31m\\x85" in message for message in messages)


@pytest.mark.parametrize("maker", [maker for maker in sorted(STRANGERS) if maker != "folder"])
def test_a_damaged_file_is_told_as_that_and_as_nothing_else(maker: str, tmp_path: Path) -> None:
    """What nobody could read is neither empty nor without a title, and may name any other file."""
    before = told(tmp_path, STRANGERS[maker])
    for path in STRANGERS[maker]:
        more = told(tmp_path, STRANGERS[maker], path) - before
        if (maker, path) != ("ours", "index.html"):  # which says that it is ours
            assert {code for code, _ in more} == {"ZIP-03"}, path


def told(folder: Path, files: Mapping[str, bytes], damaged: str = "") -> set[tuple[str, str]]:
    wrong = {"checksum": 1}
    made = (
        File(path, data, listed=wrong, local=wrong) if path == damaged else File(path, data)
        for path, data in files.items()
    )
    return {(each.code, each.message) for each in inspect(kept(folder / "a.zip", *made)).findings}
