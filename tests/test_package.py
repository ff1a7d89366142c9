"""Zips: the same bytes from everyone, readable by anyone, whole or not there, and nothing hostile taken in."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import stat
import struct
import subprocess
import sys
import textwrap
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import zlib_ng.zlib_ng
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import EVERY_BLOCK
from stamps import plain, read_plain

from scormpack import package as package_module
from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError
from scormpack.package import DESCRIPTORS, Entry, Package, read_zip, stamped, write_file, zip_bytes

# Words in an order that nothing can guess: every compressor makes something else of them, at every level.
WORDS = [
    "call",
    "the",
    "office",
    "worker",
    "plan",
    "and",
    "listen",
    "who",
    "write",
    "it",
    "down",
    "not",
    "now",
    "nurse",
]
STREAM = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(250))
TEXT = " ".join(WORDS[number % len(WORDS)] for number in STREAM).encode()

SMALL = Package.of(
    "small.zip",
    [
        Entry("index.html", TEXT),
        Entry("media/dot.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        Entry("imsmanifest.xml", b"<manifest/>"),
        Entry("a-name.txt", b""),
        Entry("noise.bin", bytes(range(256))),
    ],
)
# Written down once: whatever changes it changes every package of everyone.
SMALL_DIGEST = "54866d0232b0ecdeabd46c32737ec27aaf6204fd7d307375c0fa8ead25e73e8c"

EPOCH = (1980, 1, 1, 0, 0, 0)


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


# The zip that is written


def test_a_small_package_has_this_digest_wherever_it_is_made() -> None:
    assert hashlib.sha256(zip_bytes(SMALL)).hexdigest() == SMALL_DIGEST


def test_the_descriptor_comes_first_and_then_all_by_name() -> None:
    with opened(zip_bytes(SMALL)) as archive:
        assert archive.namelist() == ["imsmanifest.xml", "a-name.txt", "index.html", "media/dot.png", "noise.bin"]


def test_the_standard_library_reads_it() -> None:
    with opened(zip_bytes(SMALL)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {e.path: e.data for e in SMALL.entries}


def test_what_compression_does_not_make_smaller_is_stored() -> None:
    with opened(zip_bytes(SMALL)) as archive:
        methods = {info.filename: info.compress_type for info in archive.infolist()}
    assert methods == {
        "imsmanifest.xml": zipfile.ZIP_STORED,
        "a-name.txt": zipfile.ZIP_STORED,
        "index.html": zipfile.ZIP_DEFLATED,
        "media/dot.png": zipfile.ZIP_STORED,
        "noise.bin": zipfile.ZIP_STORED,
    }


def test_no_header_tells_of_a_machine_or_a_moment(every_block: dict[str, Built]) -> None:
    for built in every_block.values():
        with zipfile.ZipFile(built.path) as archive:
            assert archive.comment == b""
            for info in archive.infolist():
                assert info.date_time == EPOCH
                assert info.create_system == 3
                assert stat.S_ISREG(info.external_attr >> 16)
                assert stat.S_IMODE(info.external_attr >> 16) == 0o644
                assert info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                assert (info.create_version, info.extract_version) == (20, 20)
                assert (info.flag_bits, info.internal_attr, info.extra, info.comment) == (0, 0, b"", b"")


def test_no_part_of_it_is_zip64_or_extra(every_block: dict[str, Built]) -> None:
    data = every_block["scorm12"].path.read_bytes()
    assert b"PK\x06\x06" not in data
    assert b"PK\x06\x07" not in data
    assert b"PK\x07\x08" not in data
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":  # local headers are read by hand: zipfile trusts the directory
        size, _, name, extra = struct.unpack("<IIHH", data[at + 18 : at + 30])
        assert extra == 0
        at += 30 + name + size
    assert data[at : at + 4] == b"PK\x01\x02"
    assert data[-22:-18] == b"PK\x05\x06"


NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,6}(/[a-z][a-z0-9-]{0,6})?(\.(html|png|js))?", fullmatch=True)
ENTRIES = st.dictionaries(NAMES | st.sampled_from(DESCRIPTORS), st.binary(max_size=300), max_size=8).map(
    lambda files: [Entry(path, data) for path, data in files.items()]
)


@given(ENTRIES, st.randoms())
def test_the_order_of_entries_never_changes_the_bytes(entries: list[Entry], random: Random) -> None:
    shuffled = sorted(entries, key=lambda _: random.random())
    assert zip_bytes(Package.of("p", shuffled)) == zip_bytes(Package.of("q", entries))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES)
def test_what_is_written_is_read(tmp_path: Path, entries: list[Entry]) -> None:
    file = tmp_path / "p.zip"
    file.write_bytes(zip_bytes(Package.of("p.zip", entries)))
    assert read_zip(file) == Package.of("p.zip", entries)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None


@given(ENTRIES.filter(bool), st.data())
def test_two_entries_never_share_a_path(entries: list[Entry], data: st.DataObject) -> None:
    twin = data.draw(st.sampled_from(entries))
    with pytest.raises(AssertionError, match="two entries share a path"):
        Package.of("p", [*entries, Entry(twin.path.upper(), b"")])


@given(st.dates())
def test_files_have_the_day_of_the_package(day: datetime.date) -> None:
    found = zipfile.ZipFile(io.BytesIO(zip_bytes(Package.of("p", [Entry("a.txt", b"a")], day))))
    expected = min(max(day, datetime.date(1980, 1, 1)), datetime.date(2107, 12, 31))
    assert [info.date_time for info in found.infolist()] == [(expected.year, expected.month, expected.day, 0, 0, 0)]


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("released_on: 2026-11-30\nreviewed_on: 2026-02-01\n", (2026, 11, 30)),
        ("reviewed_on: 2026-02-01\n", (2026, 2, 1)),
        ("", (1980, 1, 1)),
    ],
)
def test_files_have_the_day_of_the_version(tmp_path: Path, dates: str, day: tuple[int, int, int]) -> None:
    """A server that knows only the date of a file lets browsers keep one of 1980 for years."""
    folder = tmp_path / "library"
    shutil.copytree(EVERY_BLOCK, folder)
    module = folder / "every-block/module.yaml"
    lines = [line for line in module.read_text(encoding="utf-8").splitlines() if not line.startswith("reviewed_on")]
    module.write_text("\n".join([*lines, dates]), encoding="utf-8")
    (built,) = build_all(plan(load_library(folder), today(), targets=["scorm12"], overdue=True), tmp_path / "out")
    assert isinstance(built, Built)
    with zipfile.ZipFile(built.path) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {day}


def test_what_has_changed_has_another_name(every_block: dict[str, Built]) -> None:
    """Browsers may keep a file for as long as they like, and never show an old one."""
    package = read_zip(every_block["scorm12"].path)
    fixed = {entry.path for entry in package.entries if stamped(plain(entry.path), entry.data) != entry.path}
    assert not [path for path in fixed if path.endswith((".js", ".css")) or path.startswith("media/")]
    (page,) = (entry.data.decode() for entry in package.entries if entry.path == "index.html")
    for path in {entry.path for entry in package.entries} - fixed:
        assert path in page, path


@given(st.from_regex(r"([a-z]{1,5}/)?[a-z.]{1,9}\.[a-z0-9]{2,4}", fullmatch=True), st.binary(), st.binary())
def test_a_stamp_follows_the_bytes(path: str, one: bytes, other: bytes) -> None:
    assert (stamped(path, one) == stamped(path, other)) == (zlib.crc32(one) == zlib.crc32(other))
    assert plain(stamped(path, one)) == path


def test_an_entry_is_found_by_its_exact_path() -> None:
    assert SMALL.find("media/dot.png") == SMALL.entries[3]
    assert SMALL.find("Media/dot.png") is None


# Hostile zips

UNREADABLE = "Build the package again."


def refused(file: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(ContentError) as caught:
        read_zip(file)
    assert {str(d.place) for d in caught.value.diagnostics} == {file.as_posix()}
    return [(d.code, d.message, d.hint) for d in caught.value.diagnostics]


def a_zip(file: Path, *names: str, change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name  # past the constructor, which tidies
            change(info)
            archive.writestr(info, b"data")
    return file


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "..",
        "/etc/passwd",
        "\\evil.txt",
        "..\\evil.txt",
        "a\\..\\..\\evil.txt",
        "C:\\evil.txt",
        "c:evil.txt",
        "\\\\server\\share\\evil.txt",
    ],
)
def test_a_path_that_leads_out(tmp_path: Path, name: str) -> None:
    file = a_zip(tmp_path / "p.zip", "index.html", name)
    assert refused(file) == [("PKG-10", f"`{name}` leads out of the package", "")]


def test_every_hostile_path_is_told(tmp_path: Path) -> None:
    file = a_zip(tmp_path / "p.zip", "../a", "fine", "/b")
    assert refused(file) == [
        ("PKG-10", "`../a` leads out of the package", ""),
        ("PKG-10", "`/b` leads out of the package", ""),
    ]


def test_dots_inside_a_name_lead_nowhere(tmp_path: Path) -> None:
    assert [e.path for e in read_zip(a_zip(tmp_path / "p.zip", "a..b", "...", "c/..d")).entries] == [
        "a..b",
        "...",
        "c/..d",
    ]


def test_a_symbolic_link(tmp_path: Path) -> None:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    file = a_zip(tmp_path / "p.zip", "link", change=link)
    assert refused(file) == [("PKG-10", "`link` is a link to another file", "Put the file itself in.")]


def test_an_encrypted_file(tmp_path: Path) -> None:
    file = a_zip(tmp_path / "p.zip", "secret")
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)
    assert refused(file) == [("PKG-10", "`secret` is encrypted", "Make the zip without a password.")]


def test_folders_are_left_out(tmp_path: Path) -> None:
    assert read_zip(a_zip(tmp_path / "p.zip", "media/", "media/a")).entries == (Entry("media/a", b"data"),)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"<html></html>" * 100])
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(data)
    assert refused(tmp_path / "p.zip") == [
        ("PKG-10", "is not a zip that can be read: File is not a zip file", UNREADABLE)
    ]


def test_a_zip_that_is_not_there(tmp_path: Path) -> None:
    ((code, message, hint),) = refused(tmp_path / "p.zip")
    assert (code, hint) == ("PKG-10", UNREADABLE)
    assert message.startswith("is not a zip that can be read: [Errno 2]")


@pytest.mark.slow
def test_a_zip_that_is_cut_short_anywhere(tmp_path: Path) -> None:
    whole = zip_bytes(SMALL)
    file = tmp_path / "p.zip"
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        ((code, message, _),) = refused(file)
        assert (code, message.split(":")[0]) == ("PKG-10", "is not a zip that can be read")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
    where=st.floats(0, 1, exclude_max=True),
    value=st.integers(0, 255),
)
def test_a_zip_with_any_byte_changed_is_read_or_refused(
    tmp_path: Path, method: int, where: float, value: int
) -> None:
    file = tmp_path / "p.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.txt", b"hello" * 30)
        archive.writestr("é.txt", b"")
    data = bytearray(file.read_bytes())
    data[int(where * len(data))] = value
    file.write_bytes(data)
    try:
        found = [entry.data for entry in read_zip(file).entries]
    except ContentError as error:
        found = []
        codes = {d.code for d in error.diagnostics}
    else:
        codes = {"PKG-10"}
    assert codes == {"PKG-10"}
    assert all(data in (b"hello" * 30, b"") for data in found)


def test_broken_bytes_of_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "p.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"hello" * 30)
    data = bytearray(file.read_bytes())
    data[44] ^= 1  # inside the compressed data: LZMAError
    file.write_bytes(data)
    assert refused(file) == [("PKG-10", "is not a zip that can be read: Corrupt input data", UNREADABLE)]
    file = a_zip(tmp_path / "q.zip", "a")
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x01\x02") + 28] = 0  # an empty name: IndexError or BadZipFile
    file.write_bytes(data)
    ((code, _, hint),) = refused(file)
    assert (code, hint) == ("PKG-10", UNREADABLE)


@pytest.mark.parametrize(("limit", "most"), [("LARGEST", 7), ("MOST_FILES", 1)])
def test_a_zip_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    file = a_zip(tmp_path / "p.zip", "a", "b")
    monkeypatch.setattr(package_module, limit, most + 1)
    assert len(read_zip(file).entries) == 2
    monkeypatch.setattr(package_module, limit, most)
    assert refused(file) == [("PKG-10", "is too large to be unpacked", "")]


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    file = tmp_path / "p.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(10_000_000))
    data = bytearray(file.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    file.write_bytes(data)
    ((code, message, _),) = refused(file)
    assert (code, message.split(":")[0]) == ("PKG-10", "is not a zip that can be read")


def test_equal_names_are_kept_for_the_rules_to_find(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        file = a_zip(tmp_path / "p.zip", "a", "a")
    assert [entry.path for entry in read_zip(file).entries] == ["a", "a"]


# Whole or not at all


def test_a_file_is_written_with_its_folders_and_can_be_read_by_all(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "p.zip"
    write_file(b"one", file)
    write_file(b"two", file)
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [path.name for path in file.parent.iterdir()] == ["p.zip"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    file = tmp_path / "p.zip"
    write_file(b"old", file)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        write_file(b"new", file)
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]
    assert file.read_bytes() == b"old"


KILLED = """
    import os, pathlib, signal, sys
    from scormpack.package import write_file

    step, file, size = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])

    def kill(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    class Part:
        def __init__(self, handle, mode):
            self.file = open(handle, mode)
        def __enter__(self):
            return self
        def __exit__(self, *details):
            kill()
        def flush(self):
            self.file.flush()
        def write(self, data):
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            kill()

    if step == "write":
        os.fdopen = Part
    elif step == "fsync":
        os.fsync = kill
    elif step == "before":
        os.replace = kill
    elif step == "after":
        replace = os.replace
        os.replace = lambda part, target: (replace(part, target), kill())
    print("ready", flush=True)
    while True:
        write_file(b"n" * size, file)
"""


def killed(tmp_path: Path, step: str, size: int, after: float | None = None) -> int:
    """Kill a process that writes `file`: at a step, or after some seconds."""
    script = tmp_path / "kill.py"
    script.write_text(textwrap.dedent(KILLED))
    command = [sys.executable, str(script), step, str(tmp_path / "out" / "p.zip"), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            if after is None:
                return process.wait(timeout=30)
            time.sleep(after)
        finally:
            process.kill()
        return process.wait()


@pytest.mark.parametrize(
    ("step", "left"), [("write", b"old"), ("fsync", b"old"), ("before", b"old"), ("after", b"n" * 100_000)]
)
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(tmp_path: Path, step: str, left: bytes) -> None:
    file = tmp_path / "out" / "p.zip"
    write_file(b"old", file)
    assert killed(tmp_path, step, 100_000) == -9
    assert file.read_bytes() == left


@pytest.mark.parametrize("after", [0.0, 0.002, 0.005, 0.011, 0.023])
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path, after: float) -> None:
    file = tmp_path / "out" / "p.zip"
    write_file(b"old", file)
    assert killed(tmp_path, "", 5_000_000, after) == -9
    assert file.read_bytes() in (b"old", b"n" * 5_000_000)


def test_a_disk_without_room_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The system writes what still fits, and only then says that there is no room."""
    file = tmp_path / "p.zip"
    write_file(b"old", file)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_file(b"n" * 100_000, file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("moment", [0, 315_532_800, 4_070_908_800])  # 1970, 1980, 2099
def test_what_somebody_who_was_killed_has_left_is_cleared_away(tmp_path: Path, moment: int) -> None:
    mine, others = tmp_path / "p.zip", tmp_path / ".q.zip.0123456789abcdef.part"
    for left in (tmp_path / ".p.zip.0123456789abcdef.part", others):
        left.write_bytes(b"half")
        os.utime(left, (moment, moment))
    in_use = tmp_path / ".p.zip.fedcba9876543210.part"
    in_use.write_bytes(b"half")
    write_file(b"new", mine)
    assert sorted(tmp_path.iterdir()) == sorted([mine, others, in_use])


# The same bytes everywhere

OTHER_ZLIB = """
    import sys
    import zlib_ng.zlib_ng

    sys.modules["zlib"] = zlib_ng.zlib_ng
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The packages that another process makes in another folder, with another zlib, clock, language and hash seed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(textwrap.dedent(OTHER_ZLIB))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(folder / "site"),
        "PYTHONHASHSEED": "12345",
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.ISO-8859-9",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
    }
    command = [sys.executable, "-m", "scormpack", "build", "--format", "json"]
    command += ["--library", str(EVERY_BLOCK), "--out", str(folder / "out")]
    made = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return {each["target"]: Path(each["path"]) for each in json.loads(made.stdout)["built"]}


def test_another_machine_makes_the_same_bytes(every_block: dict[str, Built], elsewhere: dict[str, Path]) -> None:
    assert {target: path.read_bytes() for target, path in elsewhere.items()} == {
        target: built.path.read_bytes() for target, built in every_block.items()
    }


def test_that_machines_zlib_makes_other_bytes(tmp_path: Path, every_block: dict[str, Built]) -> None:
    """So the test above would fail if the standard library did the compressing."""
    script = read_plain(every_block["scorm12"].path).find("course.js")
    assert script is not None
    assert zlib.compress(script.data, 9) != zlib_ng.zlib_ng.compress(script.data, 9)
    (tmp_path / "sitecustomize.py").write_text(textwrap.dedent(OTHER_ZLIB))
    code = "import sys, zlib; sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read(), 9))"
    made = subprocess.run(
        [sys.executable, "-c", code],
        input=script.data,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert made.stdout == zlib_ng.zlib_ng.compress(script.data, 9)


def test_a_package_says_nothing_of_where_it_was_made(every_block: dict[str, Built]) -> None:
    for built in every_block.values():
        for entry in read_zip(built.path).entries:
            assert not re.search(rb"(?i)/tmp/|/home/|\\users\\", entry.data), entry.path
            assert str(EVERY_BLOCK).encode() not in entry.data, entry.path
