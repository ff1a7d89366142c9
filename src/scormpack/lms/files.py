"""The files of packages as a plain web server gives them: text compressed, media in parts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from scormpack.lms.exchange import Answer, Request
from scormpack.package import Package

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".xml": "text/xml; charset=utf-8",
    ".xsd": "text/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
READING = ("GET", "HEAD")
UNKNOWN = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")


def package_files(package: Package, folder: str = "") -> dict[str, bytes]:
    """The files of `package` by the paths at which they are served: `/` and, if one is named, the folder first."""
    return {f"/{folder}{entry.path}": entry.data for entry in package.entries}


class Files:
    """Answers requests for files in memory: `files` are their bytes by path, such as `/index.html`.

    Nothing is ever read from a disk, so a path that leads out of a package leads nowhere. Several threads may ask.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)
        self._compressed: dict[str, bytes] = {}

    def answer(self, request: Request) -> Answer:
        """The file, or a part of it if the request asks for one (RFC 9110, 14); 404 or 405 with no body."""
        path = unquote(request.path)
        data = self._files.get(path)
        answer = answer_file(request, path, data)
        is_text = answer.status == 200 and "charset" in answer.headers["Content-Type"]
        if data and is_text and "gzip" in request.header("Accept-Encoding"):
            headers = {**answer.headers, "Content-Encoding": "gzip"}
            del headers["Accept-Ranges"]
            return Answer(200, self._squeezed(path, data), headers)
        return answer

    def _squeezed(self, path: str, data: bytes) -> bytes:
        if path not in self._compressed:
            self._compressed[path] = gzip.compress(data, 6, mtime=0)
        return self._compressed[path]


def answer_file(request: Request, path: str, data: bytes | None) -> Answer:
    """The bytes of the file at `path`, or a part of them if the request asks for one (RFC 9110, 14).

    Without `data` there is no such file. 404 and 405 have no body.
    """
    if request.method not in READING:
        return Answer(405, headers={"Allow": ", ".join(READING)})
    if data is None:
        return Answer(404)
    media_type = CONTENT_TYPES.get(PurePosixPath(path).suffix.lower(), UNKNOWN)
    headers = {"Content-Type": media_type, "Cache-Control": "no-store"}
    if (part := _part(request, len(data))) is not None:
        return _in_part(data, part, headers)
    return Answer(200, data, {**headers, "Accept-Ranges": "bytes"})


def _part(request: Request, size: int) -> tuple[int, int] | None:
    """The first and the last byte that are asked for; None for the whole, and for a form that we need not know."""
    asked = _RANGE.fullmatch(request.header("Range")) if size else None
    if asked is None:
        return None
    first, last = int(asked[1]), int(asked[2] or size)
    if asked[2] and last < first:
        return None  # RFC 9110, 14.1.1: such a header is ignored
    return first, min(last, size - 1)


def _in_part(data: bytes, part: tuple[int, int], headers: dict[str, str]) -> Answer:
    first, last = part
    if first >= len(data):
        return Answer(416, headers={**headers, "Content-Range": f"bytes */{len(data)}"})
    span = f"bytes {first}-{last}/{len(data)}"
    return Answer(206, data[first : last + 1], {**headers, "Content-Range": span})
