"""Zips of anybody's are read as far as they can be, and everything odd about them is told."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.zips import FOLLOWS, PAGE, UTF8, File, kept, zipped
from scormpack.archive import read_archive
from scormpack.archive.bounds import Budget
from scormpack.archive.codes import ZIP_01, ZIP_18
from scormpack.batch import Built
from scormpack.inspect import inspect
from scormpack.package import Entry, Package, Unread, read_zip, zip_bytes

Found = list[tuple[str, str, str, str]]


def found(file: Path) -> Found:
    """The findings: code, severity, what is said of which place."""
    return [
        (each.code, each.severity.value, str(each.place).replace(file.as_posix(), "a.zip"), each.message)
        for each in read_archive(file).findings
    ]


def paths(file: Path) -> list[str]:
    package = read_archive(file).package
    assert package is not None
    return [entry.path for entry in package.entries]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.zip"


# What is right


@pytest.mark.parametrize("target", ["web", "scorm12", "scorm2004-4th", "xapi", "cmi5"])
def test_our_own_packages_are_read_like_anybodys(every_block: dict[str, Built], target: str) -> None:
    archive = read_archive(every_block[target].path)
    assert archive.findings == ()
    assert archive.package is not None
    ours = read_zip(every_block[target].path)
    assert [(each.path, each.data) for each in archive.package.entries] == [
        (each.path, each.data) for each in ours.entries
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.dictionaries(st.from_regex(r"[a-z]{1,5}\.(html|png|js)", fullmatch=True), st.binary()))
def test_what_is_written_is_read(tmp_path: Path, entries: dict[str, bytes]) -> None:
    file = tmp_path / "p.zip"
    file.write_bytes(zip_bytes(Package.of("p.zip", [Entry(path, data) for path, data in entries.items()])))
    package = read_archive(file).package
    assert package is not None
    assert {entry.path: (entry.size, entry.data) for entry in package.entries} == {
        path: (len(data), data) for path, data in entries.items()
    }


def test_what_the_standard_library_writes_is_read_without_a_word(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("médias")
        archive.writestr("index.html", "<title>x</title>")
        archive.writestr("médias/é.png", b"png", zipfile.ZIP_STORED)
        with archive.open("far.mp4", "w", force_zip64=True) as opened:
            opened.write(b"a film" * 99)
    assert found(file) == []
    assert paths(file) == ["index.html", "médias/é.png", "far.mp4"]


def test_what_is_written_in_one_go_is_read_without_a_word(file: Path) -> None:
    """Sizes behind the files, because the writer cannot go back: legal, and read by all where it is deflated."""

    class OneWay(io.RawIOBase):
        def __init__(self, into: io.BytesIO) -> None:
            self.into = into

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return self.into.write(data)

    kept_ = io.BytesIO()
    with zipfile.ZipFile(OneWay(kept_), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", "<title>x</title>")
    file.write_bytes(kept_.getvalue())
    assert found(file) == []


def test_a_comment_and_an_end_of_line_after_it_are_harmless(file: Path) -> None:
    """Java 17, Python and Info-ZIP read all of these."""
    for data in (zipped(PAGE, comment=b"Made by hand"), zipped(PAGE) + b"\r\n", zipped(PAGE) + bytes(300)):
        file.write_bytes(data)
        assert found(file) == []
        assert paths(file) == ["index.html"]


# No zip at all


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"hello", "is not a zip"),
        (bytes(5_000), "is not a zip"),
        (b"Rar!\x1a\x07\x01\x00", "is a RAR archive, not a zip"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "is a 7-Zip archive, not a zip"),
        (b"\x1f\x8b\x08", "is a gzip archive, not a zip"),
        (b"BZh91AY", "is a bzip2 archive, not a zip"),
        (b"\xfd7zXZ\0", "is an xz archive, not a zip"),
        (bytes(257) + b"ustar\x0000", "is a tar archive, not a zip"),
        (b"%PDF-1.7\n", "is a PDF document, not a zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office document, not a zip"),
        (b"MZ\x90\0", "is a program for Windows, not a zip"),
        (b"\x89PNG\r\n", "is a picture, not a zip"),
        (b"\0\0\0\x18ftypmp42", "is a film, not a zip"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "is a web page, not a zip"),
        (b"<HTML lang=en>", "is a web page, not a zip"),
        (b"<?xml version='1.0'?><manifest/>", "is XML, not a zip"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer to a file in Git LFS, not a zip"),
    ],
)
def test_what_is_no_zip_is_called_what_it_is(file: Path, data: bytes, message: str) -> None:
    file.write_bytes(data)
    assert read_archive(file).package is None
    assert found(file) == [("ZIP-01", "error", "a.zip", message)]


def test_a_remedy_fits_what_it_is(file: Path) -> None:
    file.write_bytes(b"Rar!")
    assert [each.hint for each in read_archive(file).findings] == ["Unpack it, and make a zip of what comes out."]
    file.write_bytes(b"GIF89a")
    assert [each.hint for each in read_archive(file).findings] == [ZIP_01.remedy]


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    (finding,) = read_archive(tmp_path / "none.zip").findings
    assert (finding.code, finding.message) == ("ZIP-03", "cannot be read: No such file or directory")


# Not whole


def test_a_zip_that_is_cut_short_anywhere(file: Path) -> None:
    whole = zipped(PAGE, File("a.png", b"png" * 30))
    for length in range(4, len(whole)):
        file.write_bytes(whole[:length])
        assert read_archive(file).package is None
        assert found(file) == [("ZIP-02", "error", "a.zip", "cannot be opened: its end is missing")]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ({"disk": 1}, "it is one part of several"),
        ({"length": 9_999}, "its list of files is not where its end says"),
        ({"offset": 0xFFFFFFFE}, "its list of files is not where its end says"),
    ],
)
def test_an_end_that_leads_nowhere(file: Path, end: dict[str, int], why: str) -> None:
    kept(file, PAGE, end=end)
    assert read_archive(file).package is None
    assert found(file) == [("ZIP-02", "error", "a.zip", f"cannot be opened: {why}")]


def test_a_list_that_breaks_off_is_read_as_far_as_it_goes(file: Path) -> None:
    data = bytearray(zipped(PAGE, File("b.png"), File("c.png")))
    data[data.rindex(b"PK\1\2")] ^= 1
    file.write_bytes(data)
    assert found(file) == [("ZIP-02", "error", "a.zip", "counts 3 and lists 2 of its files")]
    assert paths(file) == ["index.html", "b.png"]


def test_a_file_that_is_listed_and_not_there(file: Path) -> None:
    kept(file, PAGE, File("b.png", listed={"offset": 7}), File("c.png", listed={"offset": 0xFFFFFFFF}))
    assert found(file) == [
        ("ZIP-02", "error", "a.zip/b.png", "`b.png` is listed and not there"),
        ("ZIP-02", "error", "a.zip/c.png", "`c.png` is listed and not there"),
    ]
    assert paths(file) == ["index.html", "b.png", "c.png"]


# Files that cannot be read, and the rest


@pytest.mark.parametrize("name", ["b.png", "b.css"])
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"listed": {"checksum": 1}, "local": {"checksum": 1}}, "its checksum is another one"),
        ({"packed": b"\xff\xff\xff"}, "it cannot be unpacked"),
        ({"packed": File("", b"shorter").bytes}, "it breaks off"),
        ({"packed": File("", b"x" * 40).bytes}, "it has more bytes than the zip says"),
        ({"packed": b""}, "it breaks off"),
    ],
)
def test_a_damaged_file_hides_nothing_else(file: Path, name: str, changes: dict[str, object], why: str) -> None:
    broken = File(name, b"x" * 30, **changes)  # type: ignore[arg-type]
    kept(file, PAGE, broken, File("c.png"))
    assert found(file) == [("ZIP-03", "error", f"a.zip/{name}", f"`{name}` is damaged: {why}")]
    package = read_archive(file).package
    assert package is not None
    assert [(each.path, each.data, type(each) is Unread) for each in package.entries] == [
        ("index.html", PAGE.data, False),
        (name, b"", True),
        ("c.png", b"data", False),
    ]


def test_a_damaged_manifest_is_not_also_said_to_be_missing_or_bad(file: Path) -> None:
    kept(file, File("imsmanifest.xml", b"<manifest>", listed={"checksum": 1}, local={"checksum": 1}))
    assert [each.code for each in inspect(file).findings if each.code in ("S12-01", "S12-02")] == []


def test_what_is_behind_a_password_is_told_once(file: Path) -> None:
    kept(file, *(File(name, flags=1) for name in ("imsmanifest.xml", "b.png", "c.png")))
    assert found(file) == [
        ("ZIP-04", "error", "a.zip/imsmanifest.xml", "`imsmanifest.xml` and 2 more need a password")
    ]
    kept(file, PAGE, File("b.png", flags=1))
    assert found(file) == [("ZIP-04", "error", "a.zip/b.png", "`b.png` needs a password")]
    assert paths(file) == ["index.html", "b.png"]


@pytest.mark.parametrize(
    ("method", "name"),
    [(12, "with bzip2"), (14, "with LZMA"), (9, "with Deflate64"), (93, "with Zstandard"), (77, "by method 77")],
)
def test_compression_that_platforms_do_not_know(file: Path, method: int, name: str) -> None:
    kept(file, PAGE, File("b.png", method=method), File("c.png", method=method))
    message = f"`b.png` and 1 more are compressed {name}"
    assert found(file) == [("ZIP-05", "error", "a.zip/b.png", message)]
    assert paths(file) == ["index.html", "b.png", "c.png"]


# Where files would go


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "..", "/etc/passwd", "C:evil.txt", "c:/evil.txt", "//server/evil.txt"]
)
def test_a_path_that_leads_out_is_told_and_not_taken(file: Path, name: str) -> None:
    kept(file, PAGE, File(name))
    assert found(file) == [("ZIP-06", "error", f"a.zip/{name}", f"`{name}` leads out of the package")]
    assert paths(file) == ["index.html"]


def test_dots_inside_a_name_lead_nowhere(file: Path) -> None:
    kept(file, PAGE, File("a..b"), File("c/..d"))
    assert found(file) == []
    assert paths(file) == ["index.html", "a..b", "c/..d"]


def test_backslashes_are_told_once_and_read_as_most_do(file: Path) -> None:
    kept(file, PAGE, File("media\\a.png"), File("media\\b.png"), File("media\\"))
    assert found(file) == [("ZIP-07", "error", "a.zip/media/a.png", "`media\\a.png` and 2 more have backslashes")]
    assert paths(file) == ["index.html", "media/a.png", "media/b.png"]


def test_a_backslash_that_leads_out(file: Path) -> None:
    kept(file, PAGE, File("..\\evil.txt"))
    assert [code for code, *_ in found(file)] == ["ZIP-06", "ZIP-07"]
    assert paths(file) == ["index.html"]


def test_paths_as_tar_writes_them(file: Path) -> None:
    """`tar -a -cf a.zip .` on Windows and macOS."""
    kept(file, File("./", b""), File("./imsmanifest.xml"), File("./media/"), File("./media/a.png"))
    assert found(file) == [("ZIP-09", "warning", "a.zip/", "`./` and 3 more begin with `./`")]
    assert paths(file) == ["imsmanifest.xml", "media/a.png"]


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        (stat.S_IFLNK, "a link to another file"),
        (stat.S_IFIFO, "no ordinary file"),
        (stat.S_IFCHR, "no ordinary file"),
        (stat.S_IFSOCK, "no ordinary file"),
    ],
)
def test_links_and_special_files_are_told_and_not_taken(file: Path, mode: int, what: str) -> None:
    kept(file, PAGE, File("b.png", mode=mode | 0o777))
    assert found(file) == [("ZIP-08", "error", "a.zip/b.png", f"`b.png` is {what}")]
    assert paths(file) == ["index.html"]


def test_systems_without_such_modes_say_nothing_by_them(file: Path) -> None:
    kept(file, PAGE, File("b.png", mode=0o120777, system=0))
    assert found(file) == []


# Names


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("con.html", "is the name of a device in Windows"),
        ("media/NUL", "is the name of a device in Windows"),
        ("aux.tar.gz/a.txt", "is the name of a device in Windows"),
        ("a./b.txt", "has signs, or ends in one, that Windows does not allow"),
        ("b.txt ", "has signs, or ends in one, that Windows does not allow"),
        ("what?.html", "has signs, or ends in one, that Windows does not allow"),
        ("10:30.html", "has signs, or ends in one, that Windows does not allow"),
        ("it's.html", "becomes `its.html` in Moodle"),
        ("salt&pepper/a.html", "becomes `saltpepper/a.html` in Moodle"),
    ],
)
def test_a_name_that_some_platforms_cannot_keep(file: Path, name: str, what: str) -> None:
    kept(file, PAGE, File(name))
    assert found(file) == [("ZIP-09", "warning", f"a.zip/{name}", f"`{name}` {what}")]
    assert paths(file) == ["index.html", name]


@pytest.mark.parametrize(
    "name", ["console.html", "com10.txt", "a.b.txt", "Übung 1 (neu).html", "a+b,c=d@e~f!.png", ".x"]
)
def test_a_name_that_all_platforms_keep(file: Path, name: str) -> None:
    kept(file, PAGE, File(name))
    assert found(file) == []


@pytest.mark.parametrize(
    ("name", "shown", "what"),
    [
        ("a\nb.txt", "a\\nb.txt", "has control characters"),
        ("\x1b[31m.txt", "\\x1b[31m.txt", "has control characters"),
        ("a\0b.txt", "a\\x00b.txt", "has control characters"),
        ("a//b.txt", "a//b.txt", "has a part without a name"),
        ("a/./b.txt", "a/./b.txt", "has a part without a name"),
        ("", "", "has a part without a name"),
        ("x" * 256, "x" * 100 + "…", "is too long"),
        ("é" * 128, "é" * 100 + "…", "is too long"),
        ("/".join("x" * 2_001), "/".join("x" * 50) + "/…", "is too long"),
    ],
)
def test_a_name_that_nobody_can_keep_is_told_and_not_taken(file: Path, name: str, shown: str, what: str) -> None:
    kept(file, PAGE, File(name))
    ((code, severity, place, message),) = found(file)
    assert (code, severity, message) == ("ZIP-09", "error", f"`{shown}` {what}")
    assert place.isprintable()
    assert paths(file) == ["index.html"]


def test_two_files_under_one_name(file: Path) -> None:
    kept(file, PAGE, File("b.png", b"one"), File("b.png", b"two"), File("B.PNG"), File("index.html/c"))
    assert found(file) == [
        ("ZIP-10", "error", "a.zip/b.png", "`b.png` is there twice"),
        ("ZIP-10", "warning", "a.zip/B.PNG", "`B.PNG` and `b.png` are one name to Windows and macOS"),
        ("ZIP-10", "error", "a.zip/index.html", "`index.html` is a file and a folder"),
    ]


def test_a_name_with_a_nought_is_in_no_folder(file: Path) -> None:
    kept(file, PAGE, File("b"), File("b\0c"))
    assert [code for code, *_ in found(file)] == ["ZIP-09"]


def test_folders_may_be_listed_as_often_as_one_likes(file: Path) -> None:
    kept(file, PAGE, File("a/", b""), File("a/", b""), File("a/b.txt"), File("A/", b""))
    assert found(file) == []


@pytest.mark.parametrize(
    ("raw", "flags", "path", "severity", "what"),
    [
        ("é.txt".encode(), 0, "é.txt", "warning", "is UTF-8 and does not say so"),
        ("é.txt".encode("cp437"), 0, "é.txt", "warning", "is not in UTF-8"),
        ("é.txt".encode("cp437"), UTF8, "é.txt", "error", "is said to be UTF-8, and is not"),
        (b"\xed\xa0\x80.txt", 0, "φá\xc7.txt", "warning", "is not in UTF-8"),
    ],
)
def test_a_name_that_is_read_in_different_ways(
    file: Path, raw: bytes, flags: int, path: str, severity: str, what: str
) -> None:
    kept(file, PAGE, File(raw, flags=flags))
    assert found(file) == [("ZIP-11", severity, f"a.zip/{path}", f"`{path}` {what}")]
    assert paths(file) == ["index.html", path]


def test_a_second_name_in_utf8_is_the_one_that_is_meant(file: Path) -> None:
    """Info-ZIP writes one beside a name in another encoding (APPNOTE 4.6.9)."""
    raw, name = b"\x8a.txt", "Š.txt".encode()
    extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, zlib.crc32(raw)) + name
    kept(file, PAGE, File(raw, extra=extra))
    assert paths(file) == ["index.html", "Š.txt"]
    assert found(file) == [("ZIP-11", "warning", "a.zip/Š.txt", "`Š.txt` is not in UTF-8")]
    kept(file, PAGE, File(b"\x8b.txt", extra=extra))
    assert paths(file) == ["index.html", "ï.txt"]


def test_names_as_winzip_writes_them(file: Path) -> None:
    """The second name has backslashes where the first has none; and half of a sign in Shift JIS is one."""
    raw, name = b"m/\x82.png", "m\\é.png".encode()
    extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, zlib.crc32(raw)) + name
    kept(file, PAGE, File(raw, extra=extra), File("表.png".encode("shift-jis")))
    assert [code for code, *_ in found(file)] == ["ZIP-11"]
    assert paths(file)[1] == "m/é.png"


def test_many_names_in_doubt_are_told_once(file: Path) -> None:
    kept(file, PAGE, *(File(f"é{number}.txt".encode()) for number in range(9)))
    assert found(file) == [("ZIP-11", "warning", "a.zip/é0.txt", "`é0.txt` and 8 more are UTF-8 and do not say so")]


# Two readings of one zip


def test_what_the_list_and_the_file_itself_say_differently(file: Path) -> None:
    kept(
        file,
        PAGE,
        File("b.png", local={"name": b"c.png"}),
        File("d.png", local={"method": 0}),
        File("e.png", local={"size": 3}),
        File("f.png", local={"checksum": 1}),
        File("g.png", local={"flags": FOLLOWS, "checksum": 0, "packed": 0, "size": 0}),
    )
    other = "has another size or checksum than the list says"
    assert found(file) == [
        ("ZIP-12", "error", "a.zip/b.png", "`b.png` is called `c.png` where it begins"),
        ("ZIP-12", "warning", "a.zip/d.png", "`d.png` is compressed in another way than the list says"),
        ("ZIP-12", "warning", "a.zip/e.png", f"`e.png` {other}"),
        ("ZIP-12", "warning", "a.zip/f.png", f"`f.png` {other}"),
    ]
    assert paths(file) == ["index.html", "b.png", "d.png", "e.png", "f.png", "g.png"]


def test_something_before_the_zip(file: Path) -> None:
    kept(file, PAGE, before=b"#!/bin/sh\n")
    message = "10 bytes stand before the zip: readers that begin there see no files"
    assert found(file) == [("ZIP-12", "warning", "a.zip", message)]
    package = read_archive(file).package
    assert package is not None
    assert package.entries == (Entry("index.html", PAGE.data),)


def test_a_second_end_in_the_comment(file: Path) -> None:
    """Java, Python and Info-ZIP take the last one, a reader from the front sees the page."""
    kept(file, PAGE, comment=zipped())
    assert ("ZIP-12", "error", "a.zip", "has two ends, each with a list of its own") in found(file)
    assert paths(file) == []


def test_a_second_end_behind_a_zip_that_is_not_compressed(file: Path) -> None:
    kept(file, PAGE, File("inner.zip", zipped(PAGE), method=0), comment=zipped())
    assert ("ZIP-12", "error", "a.zip", "has two ends, each with a list of its own") in found(file)


def test_a_zip_inside_that_is_not_compressed_is_no_second_end(file: Path) -> None:
    kept(file, PAGE, File("inner.zip", zipped(PAGE), method=0))
    assert found(file) == []


def test_files_that_share_their_bytes(file: Path) -> None:
    kept(file, PAGE, File("b.png"), File("c.png", listed={"offset": 0, "name": b"index.html"}))
    assert ("ZIP-12", "error", "a.zip/index.html", "`index.html` has the bytes of another file") in found(file)


def test_a_stored_file_whose_size_follows(file: Path) -> None:
    late = {"flags": FOLLOWS, "checksum": 0, "packed": 0, "size": 0}
    kept(file, PAGE, File("b.png", method=0, flags=FOLLOWS, local=late), File("c.png", flags=FOLLOWS, local=late))
    message = "`b.png` is stored and says its size afterwards"
    assert found(file) == [("ZIP-13", "warning", "a.zip/b.png", message)]
    assert paths(file) == ["index.html", "b.png", "c.png"]


# Bounds


def test_more_files_than_are_looked_into(file: Path) -> None:
    kept(file, *(File(f"{number}.txt", b"", 0) for number in range(20_001)))
    assert read_archive(file).package is None
    message = "holds more than 20,000 files, which are not looked into"
    assert found(file) == [("ZIP-16", "warning", "a.zip", message)]


def test_a_writer_of_old_counts_no_further_than_it_can(file: Path) -> None:
    """Without Zip64 the number of files begins again at 65,536; a list that is as long is whole."""
    kept(file, PAGE, end={"count": 0})
    assert found(file) == [("ZIP-02", "error", "a.zip", "counts 0 and lists 1 of its files")]


def test_a_zip_in_the_newer_form(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", b"<title>x</title>")
    data = file.read_bytes()
    end = data.index(b"PK\5\6")
    count, length, offset = struct.unpack_from("<HLL", data, end + 10)
    newer = b"PK\6\6" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, count, count, length, offset)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, end, 1)
    last = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    file.write_bytes(data[:end] + newer + locator + last)
    assert found(file) == [("ZIP-14", "info", "a.zip", "is in the form Zip64")]
    assert paths(file) == ["index.html"]
    file.write_bytes(data[:end] + locator + last)
    assert found(file) == [("ZIP-02", "error", "a.zip", "cannot be opened: its Zip64 end is missing")]


def test_a_file_that_swells_is_not_unpacked(file: Path) -> None:
    bomb = File("b.bmp", bytes(20_000_000))
    kept(file, PAGE, bomb)
    message = f"`b.bmp`: {len(bomb.bytes):,} bytes become 20,000,000 when it is unpacked"
    assert found(file) == [("ZIP-15", "warning", "a.zip/b.bmp", message)]
    assert paths(file) == ["index.html", "b.bmp"]


def test_a_zip_that_swells_because_its_files_share_their_bytes(file: Path) -> None:
    """As in a better zip bomb (Fifield 2019): each file has the bytes of all that follow."""
    core = File("", bytes(9_000_000)).bytes
    files = [
        File(f"{number}.bmp", bytes(9_000_000), packed=core if number == 0 else b"", listed={"packed": len(core)})
        for number in range(60)
    ]
    kept(file, PAGE, *files)
    codes = [code for code, *_ in found(file)]
    assert "ZIP-15" in codes
    assert codes.count("ZIP-12") > 50


@pytest.mark.parametrize("name", ["a.html", "a.svg", "imsmanifest.xml"])
def test_a_giant_of_a_text_is_not_looked_into(file: Path, name: str) -> None:
    kept(file, PAGE, File(name, bytes(range(256)) * 80_000, method=0))
    severity = "warning" if name == "imsmanifest.xml" else "info"
    assert found(file) == [
        ("ZIP-16", severity, f"a.zip/{name}", f"`{name}` is not looked into: it has 20,480,000 bytes of text")
    ]


def test_a_text_of_very_many_elements_is_not_looked_into(file: Path) -> None:
    kept(file, PAGE, File("a.html", b"<br>" * 100_001, method=0))
    assert found(file) == [("ZIP-16", "info", "a.zip/a.html", "`a.html` is not looked into: it has 100,001 elements")]


def test_an_element_of_very_many_attributes_is_not_looked_into(file: Path) -> None:
    many = b" ".join(b"a%d='>'" % number for number in range(301))
    kept(file, PAGE, File("a.html", b"<p title='%s'><br %s>" % (b"word " * 2_000, many)))
    message = "`a.html` is not looked into: it has an element with 301 attributes"
    assert found(file) == [("ZIP-16", "info", "a.zip/a.html", message)]
    kept(file, PAGE, File("a.html", b"<p/" + many.replace(b" ", b"/") + b">"))
    assert found(file) == [("ZIP-16", "info", "a.zip/a.html", message)]
    kept(file, PAGE, File("a.html", f"<p {many.decode()}>".encode("utf-16")))
    assert found(file) == [("ZIP-16", "info", "a.zip/a.html", message)]


def test_a_text_of_very_many_attributes_is_not_looked_into(file: Path) -> None:
    tag = b"<p %s>" % b" ".join(b"a%d" % number for number in range(250))
    kept(file, PAGE, File("a.html", tag * 2_900, method=0))
    message = "`a.html` is not looked into: it has 725,000 attributes"
    assert found(file) == [("ZIP-16", "info", "a.zip/a.html", message)]


def test_scripts_and_pictures_within_a_page_are_no_markup(file: Path) -> None:
    script = b"<script>if (i<n) { /* %s */ }</script><img src='data:%s'><!-- <p %s --><img src=data:%s>"
    script %= (b"word " * 900_000, b"abc/" * 900_000, b"a " * 5_000, b"abc/" * 900_000)
    kept(file, PAGE, File("a.html", script, method=0))
    assert found(file) == []


def test_texts_come_before_films_and_the_rest_is_told_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.archive.zips.Budget", lambda: Budget(room=90, text=70))
    names = ("a.mp4", "b.js", "c.css", "d.txt", "e.mp4", "cmi5.xml")
    kept(file, *(File(name, b"x" * 20) for name in names))
    package = read_archive(file).package
    assert package is not None
    assert [each.path for each in package.entries if isinstance(each, Unread)] == ["d.txt", "e.mp4"]
    message = "`d.txt` and 1 more are not looked into: the others were more than enough"
    assert found(file) == [("ZIP-16", "info", "a.zip/d.txt", message)]


# Whether there is a course


def test_a_folder_was_zipped_instead_of_what_is_in_it(file: Path) -> None:
    kept(file, File("course/imsmanifest.xml"), File("course/index.html"), File("__MACOSX/course/._imsmanifest.xml"))
    message = "`imsmanifest.xml` is in a folder, not at the root"
    assert found(file) == [
        ("ZIP-19", "info", "a.zip/__MACOSX/course/._imsmanifest.xml", f"`__MACOSX/course/._imsmanifest.xml`{REST}"),
        ("ZIP-17", "error", "a.zip/course/imsmanifest.xml", message),
    ]
    hints = [each.hint for each in read_archive(file).findings]
    assert hints[1] == "Select what is in the folder `course`, not the folder itself, and zip that."


REST = ": no part of the course"


def test_a_course_in_a_folder_beside_a_page_may_be_meant_so(file: Path) -> None:
    kept(file, PAGE, File("download/tincan.xml"))
    assert [(code, severity) for code, severity, *_ in found(file)] == [("ZIP-17", "warning")]


def test_a_descriptor_in_capital_letters(file: Path) -> None:
    kept(file, PAGE, File("IMSManifest.xml"))
    message = "`IMSManifest.xml` is not spelt `imsmanifest.xml`"
    assert found(file) == [("ZIP-17", "error", "a.zip/IMSManifest.xml", message)]


def test_a_descriptor_at_the_root_makes_others_part_of_the_course(file: Path) -> None:
    kept(file, File("imsmanifest.xml"), File("a/imsmanifest.xml"), File("Tincan.xml"))
    assert found(file) == []


@pytest.mark.parametrize(
    ("names", "place", "message", "hint"),
    [
        ([], "a.zip", "holds no files", ZIP_18.remedy),
        (["a/"], "a.zip", "holds no files", ZIP_18.remedy),
        (["a.png"], "a.zip", "holds neither a descriptor nor a page", ZIP_18.remedy),
        (
            ["course.zip", "readme.txt"],
            "a.zip/course.zip",
            "holds `course.zip`, and no course of its own",
            "Unpack it, and upload `course.zip` itself.",
        ),
        (["[Content_Types].xml", "word/document.xml"], "a.zip", "is a Word document", ZIP_18.remedy),
        (
            ["contentv3.xml", "content.data"],
            "a.zip",
            "is an eXeLearning project",
            "Open it in eXeLearning, and export it as SCORM or as web pages.",
        ),
    ],
)
def test_a_zip_without_a_course(file: Path, names: list[str], place: str, message: str, hint: str) -> None:
    kept(file, *(File(name, b"" if name.endswith("/") else b"data") for name in names))
    assert found(file) == [("ZIP-18", "error", place, message)]
    assert [each.hint for each in read_archive(file).findings] == [hint]


def test_a_course_of_aicc_or_of_h5p_is_a_course(file: Path) -> None:
    kept(file, *(File(f"course.{ending}") for ending in ("crs", "au", "des", "cst")))
    assert found(file) == []
    kept(file, File("h5p.json"), File("content/content.json"))
    assert found(file) == []


def test_a_page_at_the_root_is_a_course_whatever_else_there_is(file: Path) -> None:
    kept(file, PAGE, File("META-INF/MANIFEST.MF"), File("h5p.json"))
    assert found(file) == []


def test_what_computers_leave_is_told_once(file: Path) -> None:
    kept(
        file,
        PAGE,
        File(".DS_Store"),
        File("media/Thumbs.db"),
        File("__MACOSX/"),
        File("__MACOSX/._it's"),
        File("Icon\r"),
    )
    assert found(file) == [("ZIP-19", "info", "a.zip/.DS_Store", f"`.DS_Store` and 3 more{REST}")]


# All of it at once


def test_everything_is_told_at_once_and_has_a_remedy(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kept(
            file,
            PAGE,
            File("../evil"),
            File("a\\b.png"),
            File("secret", flags=1),
            File("c.png", listed={"checksum": 1}, local={"checksum": 1}),
            File("link", mode=0o120777),
            File("aux"),
            File("é.png".encode()),
            before=b"x",
        )
        findings = read_archive(file).findings
    codes = [each.code for each in findings]
    assert codes == ["ZIP-12", "ZIP-04", "ZIP-06", "ZIP-07", "ZIP-08", "ZIP-11", "ZIP-09", "ZIP-03"]
    assert all(each.hint for each in findings)


def test_no_kind_of_finding_buries_the_others(file: Path) -> None:
    kept(file, PAGE, *(File(f"../{number}") for number in range(300)), File("con"))
    codes = [code for code, *_ in found(file)]
    assert (codes.count("ZIP-06"), codes.count("ZIP-09")) == (100, 1)


def test_bytes_are_unpacked_when_they_are_asked_for(file: Path) -> None:
    kept(file, PAGE, File("a.mp4", b"a film"))
    package = read_archive(file).package
    assert package is not None
    film = package.find("a.mp4")
    assert film is not None
    assert (film.size, film.data, film.data) == (6, b"a film", b"a film")
    kept(file, File("other.html"))
    assert film.data == b""
    file.unlink()
    assert film.data == b""
