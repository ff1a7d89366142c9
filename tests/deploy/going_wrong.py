"""What goes wrong on the way to a site of any kind."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler


class Cut(Exception):  # noqa: N818  # it is what happens, not what went wrong here
    """The connection is cut."""


def send_without_end(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    """An answer that goes on until the service has ended. Raises Cut where whoever asked has gone."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while not ended.is_set():
            handler.wfile.write(b'["a word and another word"],' * 4096)
    except OSError:
        raise Cut from None
