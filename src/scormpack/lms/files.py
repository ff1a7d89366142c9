"""Content on an origin of its own: a folder, a zip or entries by path, served as a plain web server does."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

Content = Path | Mapping[str, bytes]
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".xml": "text/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
}


def read(content: Content) -> dict[str, bytes]:
    """The files, by their paths."""
    if not isinstance(content, Path):
        return dict(content)
    if content.is_dir():
        found = [file for file in content.rglob("*") if file.is_file()]
        return {file.relative_to(content).as_posix(): file.read_bytes() for file in found}
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def serve_content(content: Content) -> ThreadingHTTPServer:
    """A server that runs until it is shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(read(content)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
    return server


def _handler(files: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).removeprefix("/")
            data = files.get(path)
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Type", _KINDS.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
