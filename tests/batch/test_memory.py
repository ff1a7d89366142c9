"""What is remembered of packages: damaged, locked or forged, it never says what is not so, and stops nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from many_providers import built, files, planned, write
from permissions import permissions_hold

from scormpack.batch import Refused, build_all
from scormpack.batch import memory as remembered
from scormpack.batch.memory import FILE
from scormpack.cache import Cache

LIBRARY, OUT, KEPT = Path("lib"), Path("out"), Path("kept")
DATABASE = KEPT / FILE
TARGETS = ("scorm12", "web")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that was built once."""
    folder = tmp_path_factory.mktemp("first")
    write(folder / LIBRARY, ("full", "welsh"))
    with inside(folder):
        assert run() == {False}
    return folder


@pytest.fixture(autouse=True)
def _here(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of it, as if it had been there from the first."""
    shutil.copytree(first, tmp_path / "here", symlinks=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(remembered, "_PATIENCE", 0.1)
    moved = (str(first), str(Path.cwd()))
    forge("path = replace(path, ?, ?), folder = replace(folder, ?, ?)", *moved, *moved)


def forge(change: str, *values: str) -> None:
    """Change every row, and seal it as if it had been so from the first."""
    with closing(sqlite3.connect(DATABASE)) as database, database:
        names = [name for _, name, *_ in database.execute("PRAGMA table_info(package)") if name != "seal"]
        database.create_function("sealed", len(names), lambda *row: remembered._seal(row))
        database.execute(f"UPDATE package SET {change}", values)
        database.execute(f"UPDATE package SET seal = sealed({', '.join(names)})")


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run(out: Path = OUT) -> set[bool]:
    """Whether what is built was unchanged."""
    return {each.unchanged for each in built(build_all(planned(LIBRARY, targets=TARGETS), out, cache=Cache(KEPT)))}


def change(*statements: str) -> None:
    with closing(sqlite3.connect(DATABASE)) as database, database:
        for each in statements:
            database.execute(each)


def flipped(at: int) -> bytes:
    data = bytearray(DATABASE.read_bytes())
    data[at] ^= 0xFF
    return bytes(data)


def test_what_is_there_is_known() -> None:
    assert run() == {True}


DAMAGE: dict[str, Callable[[], object]] = {
    "cut": lambda: os.truncate(DATABASE, 5_000),
    "cut in its head": lambda: os.truncate(DATABASE, 50),
    "empty": lambda: os.truncate(DATABASE, 0),
    "garbage": lambda: DATABASE.write_bytes(b"\x00\xff" * 9_000),
    "garbage after the first page": lambda: DATABASE.write_bytes(DATABASE.read_bytes()[:4096] + os.urandom(40_000)),
    "another version": lambda: change("PRAGMA user_version = 99"),
    "another version with other tables": lambda: change(
        "DROP TABLE package", "CREATE TABLE package (path TEXT PRIMARY KEY, x INTEGER)", "PRAGMA user_version = 7"
    ),
    "no findings": lambda: change("DELETE FROM about"),
    "other findings": lambda: change("UPDATE about SET findings = '[]  '"),
    "no numbers": lambda: change("UPDATE package SET bytes = 'many'"),
    "nothing in it": lambda: change("UPDATE package SET sha256 = NULL"),
    "bytes for text": lambda: change("UPDATE package SET own = x'ff00'"),
    "half text": lambda: change("UPDATE package SET own = CAST(x'22ff' AS TEXT)"),
    "lost": DATABASE.unlink,
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_memory_is_as_if_it_were_not_there_and_is_made_anew(how: str) -> None:
    before = files(OUT)
    DAMAGE[how]()
    assert run() == {False}
    assert files(OUT) == before
    assert run() == {True}


@pytest.mark.slow
def test_no_byte_that_is_another_makes_anything_look_unchanged_that_is_not() -> None:
    whole, truth = DATABASE.read_bytes(), files(OUT)
    for at in range(0, len(whole), len(whole) // 40):
        DATABASE.write_bytes(whole)
        DATABASE.write_bytes(flipped(at))
        (OUT / "full" / "second-1.2.3-web.zip").write_bytes(b"")
        run()
        assert files(OUT) == truth, at


@pytest.mark.parametrize("findings", ["[1]", "1", "null", "[[]]", '[{"severity": "error"}]', "[" * 100_000, "{"])
def test_a_forged_row_is_no_matter(findings: str) -> None:
    forge("own = ?", findings)
    assert run() == {False}
    assert run() == {True}


@pytest.mark.parametrize("logo", ["../../pipe", "/dev/zero", "pipe", "\0"])
def test_a_forged_logo_is_not_waited_for(logo: str) -> None:
    os.mkfifo(LIBRARY.parent / "pipe")
    os.mkfifo(LIBRARY / "providers" / "pipe")
    forge("logo = ?", logo)
    assert run() == {False}


def test_a_provider_that_is_a_pipe_is_not_waited_for() -> None:
    file = LIBRARY / "providers" / "full.yaml"
    file.unlink()
    os.mkfifo(file)
    results = list(build_all(planned(LIBRARY, targets=TARGETS), OUT, cache=Cache(KEPT)))
    assert {each.provider for each in results if isinstance(each, Refused)} == {"full"}


@contextmanager
def locked() -> Iterator[None]:
    """Another process has the memory for itself."""
    script = f"""
import sqlite3, sys
database = sqlite3.connect({str(DATABASE)!r})
database.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            other.kill()


def test_nobody_waits_for_a_memory_that_another_process_does_not_let_go() -> None:
    waited = []
    connect = sqlite3.connect

    class Patient(sqlite3.Connection):
        def execute(self, *arguments: object) -> sqlite3.Cursor:
            try:
                return super().execute(*arguments)  # type: ignore[arg-type]
            except sqlite3.OperationalError:
                waited.append(arguments)
                raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, factory=Patient, **more))
        with locked():
            assert run() == {False}
    assert len(waited) == 1
    assert run() == {True}


def test_who_meets_a_lock_in_the_middle_does_not_wait_for_each_package() -> None:
    kept = remembered._Kept(DATABASE)
    folder = "out/full"
    assert kept.find(folder, "second")
    with locked():
        assert kept.find(folder, "second") == []
    assert kept.find(folder, "second") == []  # it does not ask again


def test_what_cannot_be_written_can_still_be_read() -> None:
    DATABASE.chmod(0o444)
    KEPT.chmod(0o555)
    try:
        with permissions_hold():
            assert run() == {True}
    finally:
        KEPT.chmod(0o755)


def test_where_nothing_can_be_kept_everything_is_built() -> None:
    shutil.rmtree(KEPT)
    KEPT.write_text("a file")
    assert [run(), run()] == [{False}, {False}]


def test_a_database_of_somebody_else_is_left_alone() -> None:
    DATABASE.unlink()
    with closing(sqlite3.connect("theirs.sqlite")) as theirs:
        theirs.execute("CREATE TABLE mine (x)")
    before = Path("theirs.sqlite").read_bytes()
    DATABASE.symlink_to(Path("theirs.sqlite").resolve())
    assert [run(), run()] == [{False}, {False}]
    assert Path("theirs.sqlite").read_bytes() == before


@pytest.mark.parametrize("kind", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_no_memory(kind: Callable[[Path], None]) -> None:
    DATABASE.unlink()
    kind(DATABASE)
    assert [run(), run()] == [{False}, {False}]


def test_a_folder_whose_name_is_no_text_is_remembered_too() -> None:
    out = Path(os.fsdecode(b"\xff out"))
    assert [run(out), run(out)] == [{False}, {True}]


def test_a_journal_that_belongs_to_a_lost_memory_spoils_no_new_one() -> None:
    DATABASE.with_name(f"{FILE}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + os.urandom(2_000))
    DATABASE.write_bytes(b"garbage" * 2_000)
    assert [run(), run()] == [{False}, {True}]


def test_the_oldest_are_forgotten_and_so_are_their_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 3)
    run()
    with closing(sqlite3.connect(DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM package").fetchone() == (3,)
        assert (
            database.execute("SELECT name FROM about WHERE name NOT IN (SELECT about FROM package)").fetchall() == []
        )
