"""Serves a package from memory, and the page that plays it, on this machine only."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scormpack.package import Package
from scormpack.render.bundles import BUNDLES

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".xsd": "text/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_PAGE = Path(__file__).parent / "page.html"


@contextmanager
def serve(package: Package, engine: Path | None = None) -> Iterator[str]:
    """Serve `package` while the context is open; gives the address of the platform's page.

    `engine` is a script that brings an API of its own, such as scorm-again; page.ts says how it is chosen.
    """
    files = {f"/course/{entry.path}": entry.data for entry in package.entries}
    files["/"] = _PAGE.read_bytes()
    files["/lms.js"] = (BUNDLES / "lms.js").read_bytes()
    files["/engine.js"] = engine.read_bytes() if engine else b""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(files))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(files: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    """Answers as a web server does: text compressed, media in parts."""
    compressed: dict[str, bytes] = {}

    def squeezed(path: str, data: bytes) -> bytes:
        if path not in compressed:
            compressed[path] = gzip.compress(data, 6, mtime=0)
        return compressed[path]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            kind = _KINDS.get(Path(path).suffix, _KINDS[".html"])
            data = files.get(path)
            part = _RANGE.fullmatch(self.headers.get("Range", "")) if data else None
            if part and part[2] and int(part[2]) < int(part[1]):
                part = None  # RFC 9110, 14.1.1: such a header is ignored
            if data is None:
                self.send(404, b"", kind)
            elif part and int(part[1]) >= len(data):
                self.send(416, b"", kind, {"Content-Range": f"bytes */{len(data)}"})
            elif part:
                first, last = int(part[1]), min(int(part[2] or len(data)), len(data) - 1)
                span = f"bytes {first}-{last}/{len(data)}"
                self.send(206, data[first : last + 1], kind, {"Content-Range": span})
            elif "charset" in kind and "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send(200, squeezed(path, data), kind, {"Content-Encoding": "gzip"})
            else:
                self.send(200, data, kind, {"Accept-Ranges": "bytes"})

        def send(self, status: int, data: bytes, kind: str, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Cache-Control": "no-store", **(more or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the recorder tells what matters."""

    return Handler
