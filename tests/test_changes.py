"""What changes in a folder is told soon, whatever way an editor saves."""

from __future__ import annotations

import itertools
import os
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scormpack.source import changes as changing
from scormpack.source.changes import changes, is_remote

PATIENCE = 20  # seconds
PAGE = Path("hands/pages/when.md")


class Watch:
    """Hears of the changes in a folder."""

    def __init__(self, folder: Path) -> None:
        self.heard: queue.Queue[list[Path]] = queue.Queue()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._listen, args=(folder,))
        self.thread.start()

    def _listen(self, folder: Path) -> None:
        for found in changes(folder, self.ended):
            self.heard.put(found)

    def next(self) -> list[Path]:
        """The next change."""
        return self.heard.get(timeout=PATIENCE)

    def until(self, path: Path) -> None:
        """Wait until `path` has changed, or the folder that it came with."""
        while not any(path.is_relative_to(each) for each in self.next()):
            pass


def write(file: Path, text: str, later: int) -> None:
    """Save a file, so many seconds later than now: who looks again and again sees no more than whole seconds."""
    file.write_text(text)
    then = time.time() + later
    os.utime(file, (then, then))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "modules"
    (folder / PAGE).parent.mkdir(parents=True)
    (folder / PAGE).write_text("one")
    return folder


@pytest.fixture(params=["as the system tells", "by looking again and again"])
def watch(library: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(changing, "is_remote", lambda _: request.param != "as the system tells")
    watching = Watch(library)
    assert watching.next() == []
    yield watching
    watching.ended.set()
    watching.thread.join(PATIENCE)
    assert not watching.thread.is_alive()


def test_a_save_in_place_and_a_save_by_renaming(watch: Watch, library: Path) -> None:
    write(library / PAGE, "two", 1)
    watch.until(PAGE)
    beside = library / "hands/pages/.when.md.swp"
    write(beside, "three", 2)
    beside.replace(library / PAGE)
    watch.until(PAGE)


def test_files_and_folders_come_and_go(watch: Watch, library: Path) -> None:
    (library / "providers").mkdir()
    (library / "providers/oak.yaml").write_text("id: oak")
    watch.until(Path("providers/oak.yaml"))
    (library / PAGE).rename(library / "hands/pages/then.md")
    watch.until(Path("hands/pages/then.md"))
    shutil.rmtree(library / "hands")
    watch.until(Path("hands/pages/then.md"))


def test_a_folder_that_was_gone_is_watched_anew(watch: Watch, library: Path) -> None:
    shutil.rmtree(library)
    assert watch.next()
    (library / PAGE).parent.mkdir(parents=True)
    for later in itertools.count(1):
        write(library / PAGE, "again", later)
        with suppress(queue.Empty):
            if PAGE in watch.heard.get(timeout=0.2):
                break


def test_what_concerns_nobody_is_not_told(library: Path) -> None:
    ended = threading.Event()
    heard = changes(library, ended, lambda path: path.name == "a.zip")
    assert next(heard) == []
    (library / PAGE).write_text("two")
    (library / "a.zip").write_text("PK")
    assert next(heard) == [Path("a.zip")]
    ended.set()
    assert list(heard) == []


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/shared nfs4 rw 0 0
tmpfs /mnt/shared/scratch tmpfs rw 0 0
damaged
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/me/library", False),
        ("/mnt/shared/library", True),
        ("/mnt/shared/scratch/a", False),
        ("/mnt/sha", False),
    ],
)
def test_folders_on_other_machines_are_known(
    folder: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(changing, "_MOUNTS", tmp_path / "mounts")
    assert is_remote(Path(folder)) is expected
    monkeypatch.setattr(changing, "_MOUNTS", tmp_path / "none")
    assert not is_remote(Path(folder))
