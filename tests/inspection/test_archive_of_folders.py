"""Folders are read like zips: no link is followed, and nothing is waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from permissions import permissions_hold

from scormpack.archive import folders as folders_module
from scormpack.archive import read_archive
from scormpack.package import Unread


def made(folder: Path, *names: str) -> Path:
    for name in ("index.html", *names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def found(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(each.code, each.severity.value, str(each.place), each.message) for each in read_archive(folder).findings]


def paths(folder: Path) -> list[str]:
    package = read_archive(folder).package
    assert package is not None
    return [entry.path for entry in package.entries]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "course")


def test_everything_in_it_is_read(folder: Path) -> None:
    made(folder, "media/a.mp4", "media/deep/er/b.png", ".hidden", "é.js")
    package = read_archive(folder).package
    assert package is not None
    assert package.name == "course"
    assert {each.path: (each.data.decode(), each.size) for each in package.entries} == {
        name: (name, len(name.encode()))
        for name in (".hidden", "index.html", "media/a.mp4", "media/deep/er/b.png", "é.js")
    }
    assert found(folder) == []


def test_a_relative_folder_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "con").write_bytes(b"")
    assert found(Path()) == [("ZIP-09", "warning", "course/con", "`con` is the name of a device in Windows")]


def test_links_and_special_files_are_told_and_not_followed(folder: Path) -> None:
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
        assert sorted(found(folder)) == [
            ("ZIP-08", "error", "course/passwd", "`passwd` is a link to another file"),
            ("ZIP-08", "error", "course/pipe", "`pipe` is no ordinary file"),
            ("ZIP-08", "error", "course/round", "`round` is a link to another file"),
            ("ZIP-08", "error", "course/s", "`s` is no ordinary file"),
        ]
        assert paths(folder) == ["index.html"]


def test_what_nobody_may_read_is_told(folder: Path) -> None:
    made(folder, "b.png", "locked/c.png")
    (folder / "b.png").chmod(0)
    (folder / "locked").chmod(0)
    try:
        with permissions_hold():
            assert sorted(found(folder)) == [
                ("ZIP-03", "error", "course/b.png", "`b.png` cannot be read: Permission denied"),
                ("ZIP-03", "error", "course/locked/", "`locked/` cannot be read: Permission denied"),
            ]
            assert paths(folder) == ["b.png", "index.html"]
    finally:
        (folder / "locked").chmod(0o700)


def test_names_are_text_whatever_their_bytes_are(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), b"\x82.txt"))).write_bytes(b"x")  # noqa: PTH118
    except OSError:
        pytest.skip("this system has no such names")
    (folder / "a\nb.txt").write_bytes(b"x")
    assert paths(folder) == ["index.html", "é.txt"]
    message = "`a\\nb.txt` has control characters"
    assert found(folder) == [("ZIP-09", "error", "course/a\\nb.txt", message)]


def test_more_files_than_are_looked_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders_module, "MOST_FILES", 3)
    made(folder, "b", "c")
    assert paths(folder) == ["b", "c", "index.html"]
    (folder / "empty").mkdir()
    assert read_archive(folder).package is None
    message = "holds more than 3 files and folders, which are not looked into"
    assert found(folder) == [("ZIP-16", "warning", folder.as_posix(), message)]


def test_a_folder_above_the_course(folder: Path) -> None:
    made(folder, "it/imsmanifest.xml")
    (folder / "index.html").unlink()
    message = "`imsmanifest.xml` is in a folder, not at the root"
    assert found(folder) == [("ZIP-17", "error", "course/it/imsmanifest.xml", message)]


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").write_bytes(b"x")
    message = "holds neither a descriptor nor a page"
    assert found(tmp_path / "photos") == [("ZIP-18", "error", (tmp_path / "photos").as_posix(), message)]


def test_a_giant_of_a_text_is_not_read(folder: Path) -> None:
    with (folder / "a.html").open("wb") as opened:
        opened.truncate(3_000_000_000)
    package = read_archive(folder).package
    assert package is not None
    assert [(each.path, each.size) for each in package.entries if isinstance(each, Unread)] == [
        ("a.html", 3_000_000_000)
    ]
    assert found(folder) == [
        ("ZIP-16", "info", "course/a.html", "`a.html` is not looked into: it has 3,000,000,000 bytes of text")
    ]


def test_what_changes_while_it_is_read_is_no_error(folder: Path) -> None:
    made(folder, "b.png")
    package = read_archive(folder).package
    assert package is not None
    (folder / "b.png").unlink()
    assert [each.data for each in package.entries] == [b"", b"index.html"]
