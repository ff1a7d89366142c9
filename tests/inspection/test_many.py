"""Many packages: where they are, and a verdict on each of them with the lines that it is about."""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from inspection.zips import pack
from scormpack.batch import Built
from scormpack.inspect.many import inspect_all, packages_in
from scormpack.inspect.verdict import inspect

WEB = {"index.html": b"<!DOCTYPE html>"}
LACKING = {"imsmanifest.xml": b"<manifest/>"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def unpack(name: str, files: Mapping[str, bytes]) -> Path:
    """What was in a zip file, in a folder."""
    for path, data in files.items():
        Path(name, path).parent.mkdir(parents=True, exist_ok=True)
        Path(name, path).write_bytes(data)
    return Path(name)


def found_in(path: str) -> list[str]:
    return [each.as_posix() for each in packages_in(Path(path))]


def test_a_file_is_a_package_whatever_it_is_called() -> None:
    pack("tea.imscc", WEB)
    assert found_in("tea.imscc") == ["tea.imscc"]


def test_a_folder_of_zips_is_a_folder_of_packages_at_any_depth_and_by_name() -> None:
    for name in ("given/b/two.ZIP", "given/b/one.zip", "given/c.pif", "given/a.zip", "given/.cache/x.zip"):
        pack(name, WEB)
    Path("given/notes.txt").write_text("to do", encoding="utf-8")
    assert found_in("given") == ["given/a.zip", "given/b/one.zip", "given/b/two.ZIP", "given/c.pif"]


@pytest.mark.parametrize("name", ["imsmanifest.xml", "tincan.xml", "cmi5.xml", "start.html", "course.AU"])
def test_a_folder_with_a_descriptor_or_a_page_is_one_package(name: str) -> None:
    unpack("course", {name: b"", "more/inside.xml": b""})
    pack("course/handout.zip", WEB)
    assert found_in("course") == ["course"]


def test_a_file_that_ends_like_a_descriptor_is_none() -> None:
    unpack("given/samples", {"complex-cmi5.xml": b""})
    pack("given/samples/a.zip", WEB)
    assert found_in("given") == ["given/samples/a.zip"]


def test_unpacked_packages_lie_beside_zips() -> None:
    unpack("given/b", LACKING)
    pack("given/a.zip", WEB)
    pack("given/b/media/handout.zip", WEB)
    assert found_in("given") == ["given/a.zip", "given/b"]


def test_a_folder_without_any_package_is_looked_at_itself() -> None:
    unpack("given", {"pages/page.txt": b"", "photo.jpg": b""})
    Path("empty").mkdir()
    assert (found_in("given"), found_in("empty")) == (["given"], ["empty"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_round_in_a_circle_is_not_followed() -> None:
    pack("given/a.zip", WEB)
    Path("given/again").symlink_to(Path("given").resolve(), target_is_directory=True)
    assert found_in("given") == ["given/a.zip"]


# What is found


def test_verdicts_come_in_the_order_of_the_packages() -> None:
    files = [pack(f"{number}.zip", WEB) for number in (3, 1, 2)]
    assert [each.name for each in inspect_all(files)] == ["3.zip", "1.zip", "2.zip"]


def kept() -> int:
    """How much of what the rules have read of packages lies in memory."""
    return sum(str(type(each).__module__).startswith("scormpack.check.package") for each in gc.get_objects())


@pytest.mark.slow
def test_many_packages_are_not_all_kept(every_block: dict[str, Built]) -> None:
    """What is read of a package refers to itself in circles, and a command hardly ever looks for those."""
    before = gc.get_threshold()
    try:
        gc.set_threshold(1_000_000, 50, 50)  # as a command does
        gc.collect()
        nothing = kept()
        list(inspect_all([every_block["scorm12"].path]))
        one = kept() - nothing
        list(inspect_all([every_block["scorm12"].path] * 60))
        assert kept() - nothing <= 40 * one
    finally:
        gc.set_threshold(*before)


LINES = b"<manifest>\n<resources>\r\n  <resource href='a.html'/>\n</resources></manifest>"


def test_a_finding_has_its_line_and_the_path_that_was_typed() -> None:
    verdict = inspect(pack("given/tea.zip", {"imsmanifest.xml": LINES}))
    lines = {each.finding.place.path: each.line for each in verdict.excerpts if each.finding.place.line == 3}
    assert lines == {"given/tea.zip/imsmanifest.xml": "  <resource href='a.html'/>"}


def test_what_is_wrong_with_the_whole_file_has_the_path_that_was_typed(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "tea.zip").write_bytes(b"no zip")
    (finding,) = inspect(tmp_path / "given" / "tea.zip").findings
    assert str(finding.place) == "given/tea.zip"


def test_of_a_long_line_the_beginning_is_kept() -> None:
    data = LINES.replace(b"  <resource", b"<resource" + b" " * 5_000)
    verdict = inspect(pack("tea.zip", {"imsmanifest.xml": data}))
    assert {each.line for each in verdict.excerpts if each.finding.place.line == 3} == {"<resource" + " " * 491}


def test_a_verdict_can_be_handed_from_one_process_to_another() -> None:
    verdict = inspect(pack("tea.zip", {"imsmanifest.xml": LINES}))
    assert pickle.loads(pickle.dumps(verdict)) == verdict
