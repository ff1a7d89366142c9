"""Serves a package from memory, and the page that plays it, on this machine only."""

from __future__ import annotations

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
}
_PAGE = Path(__file__).parent / "page.html"


@contextmanager
def serve(package: Package, engine: Path | None = None) -> Iterator[str]:
    """Serve `package` while the context is open; gives the address of the platform's page.

    `engine` is a script that brings an API of its own, such as scorm-again; page.ts says how it is chosen.
    """
    files = {f"/course/{entry.path}": entry.data for entry in package.entries}
    files["/"] = _PAGE.read_bytes()
    files["/platform.js"] = (BUNDLES / "platform.js").read_bytes()
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
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            data = files.get(path)
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Type", _KINDS.get(Path(path).suffix, _KINDS[".html"]))
            self.send_header("Content-Length", str(len(data or b"")))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the recorder tells what matters."""

    return Handler
