"""A package's files, as a web server gives them: compressed where that helps, and media in parts."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scormpack.lms.scorm import serve
from scormpack.package import Entry, Package

FILM = bytes(range(256)) * 4
PAGE = b"<!DOCTYPE html>" + b"<p>Hello.</p>" * 100
PACKAGE = Package.of(
    "small",
    [
        Entry("index.html", PAGE),
        Entry("course.js", b"1;"),
        Entry("empty.css", b""),
        Entry("media/film.mp4", FILM),
        Entry("media/tone.mp3", b"ID3"),
        Entry("media/film.vtt", b"WEBVTT"),
        Entry("media/hands.webp", b"RIFF"),
        Entry("media/hands.svg", b"<svg/>"),
        Entry("pictures/HANDS.SVG", b"<svg/>"),
        Entry("media/notes.unknown", b"?"),
        Entry("LICENCE", b"free"),
    ],
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve(PACKAGE) as url:
        yield url


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_file_as_it_is(address: str) -> None:
    status, headers, body = get(address, "/course/index.html")
    assert (status, body, headers["content-length"]) == (200, PAGE, str(len(PAGE)))
    assert (headers["content-type"], headers["cache-control"]) == ("text/html; charset=utf-8", "no-store")
    assert "content-encoding" not in headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("course.js", "text/javascript; charset=utf-8"),
        ("empty.css", "text/css; charset=utf-8"),
        ("media/film.mp4", "video/mp4"),
        ("media/tone.mp3", "audio/mpeg"),
        ("media/film.vtt", "text/vtt; charset=utf-8"),
        ("media/hands.webp", "image/webp"),
        ("media/hands.svg", "image/svg+xml"),
        ("pictures/HANDS.SVG", "image/svg+xml"),
        ("media/notes.unknown", "application/octet-stream"),
        ("LICENCE", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_has_its_type(address: str, path: str, kind: str) -> None:
    status, headers, body = get(address, f"/course/{path}")
    entry = PACKAGE.find(path)
    assert entry is not None
    assert (status, headers["content-type"], body) == (200, kind, entry.data)


def test_text_is_compressed_when_that_is_asked_for(address: str) -> None:
    status, headers, body = get(address, "/course/index.html", Accept_Encoding="gzip, deflate, br")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert (gzip.decompress(body), int(headers["content-length"])) == (PAGE, len(body))
    assert len(body) < len(PAGE) / 5
    assert get(address, "/course/index.html", Accept_Encoding="gzip")[2] == body


@pytest.mark.parametrize("path", ["media/film.mp4", "media/tone.mp3", "media/hands.webp"])
def test_what_is_small_already_is_not_compressed(address: str, path: str) -> None:
    _, headers, _ = get(address, f"/course/{path}", Accept_Encoding="gzip")
    assert ("content-encoding" in headers, headers["accept-ranges"]) == (False, "bytes")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 1023),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=1023-1023", 1023, 1023),
        ("bytes=0-1023", 0, 1023),
    ],
)
def test_a_part_of_a_film(address: str, asked: str, first: int, last: int) -> None:
    status, headers, body = get(address, "/course/media/film.mp4", Range=asked)
    assert (status, headers["content-range"]) == (206, f"bytes {first}-{last}/1024")
    assert (body, headers["content-length"]) == (FILM[first : last + 1], str(last - first + 1))
    assert headers["content-type"] == "video/mp4"


@pytest.mark.parametrize(
    "asked", ["bytes=-5", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=5", f"bytes={'1' * 5000}-"]
)
def test_a_part_that_is_asked_for_in_another_way_is_the_whole(address: str, asked: str) -> None:
    """A server may always answer with all of it (RFC 9110, 14.2)."""
    status, headers, body = get(address, "/course/media/film.mp4", Range=asked)
    assert (status, body, "content-range" in headers) == (200, FILM, False)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000"])
def test_a_part_that_is_not_there(address: str, asked: str) -> None:
    status, headers, body = get(address, "/course/media/film.mp4", Range=asked)
    assert (status, headers["content-range"], body) == (416, "bytes */1024", b"")


@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=900-20"])
def test_a_part_that_ends_before_it_begins_is_the_whole(address: str, asked: str) -> None:
    """Such a header is invalid, and is ignored (RFC 9110, 14.1.1)."""
    status, _, body = get(address, "/course/media/film.mp4", Range=asked)
    assert (status, body) == (200, FILM)


@pytest.mark.parametrize(
    "path",
    ["/course/", "/course/none.html", "/index.html", "/course/../index.html", "/course/Index.html", "/etc/passwd"],
)
def test_what_is_not_there(address: str, path: str) -> None:
    for headers in ({}, {"Range": "bytes=0-"}, {"Accept_Encoding": "gzip"}):
        status, _, body = get(address, path, **headers)
        assert (status, body) == (404, b"")


def test_signs_in_an_address(address: str) -> None:
    assert get(address, "/course/media/%66ilm.vtt")[2] == b"WEBVTT"
    assert get(address, "/course/index.html?standard=scorm12")[2] == PAGE


def test_files_are_read_and_not_changed(address: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    for method, status, length in (("HEAD", 200, str(len(FILM))), ("PUT", 405, "0"), ("POST", 405, "0")):
        connection.request(method, "/course/media/film.mp4", b"" if method == "HEAD" else b"{}")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Length"], answer.read()) == (status, length, b"")
    connection.close()


def test_an_empty_file_has_no_parts(address: str) -> None:
    status, _, body = get(address, "/course/empty.css", Range="bytes=0-")
    assert (status, body) == (200, b"")


def test_the_page_of_the_platform_and_its_scripts(address: str, tmp_path: Path) -> None:
    assert [get(address, path)[0] for path in ("/", "/lms.js", "/engine.js")] == [200, 200, 200]
    assert get(address, "/engine.js")[2] == b""
    (tmp_path / "engine.js").write_bytes(b"2;")
    with serve(PACKAGE, tmp_path / "engine.js") as other:
        assert get(other, "/engine.js")[2] == b"2;"


def test_the_server_ends_with_its_context() -> None:
    with serve(PACKAGE) as url:
        assert get(url, "/")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        get(url, "/")
