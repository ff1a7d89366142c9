"""The one HTTP server of this room: on this machine unless told otherwise, bounded, and gone once it is closed."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import SplitResult, parse_qsl, urlsplit

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json

HOST = "127.0.0.1"
HOSTS = (HOST, "localhost")
LARGEST_BODY = 10_000_000  # bytes
LARGEST_CROWD = 200  # connections at once; whoever comes then is sent away
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH")
PATIENCE = 30  # seconds in which a connection has to send or take something
_POLL = 0.02  # seconds from one look to the next whether the server is to end

Hear = Callable[[Request], Answer | None]


class Server:
    """Hands every request to `hear`, in a thread of its own, and sends what `hear` returns.

    `hear` returns None to end the connection without an answer; a `Refusal` that it raises becomes an answer. Any
    other exception is a mistake of ours: the client gets a 500 that says no more, and `close` raises it.

    The server listens on a free port from the start and answers once `start` was called, or its context entered. It
    prefers `port`, where that is free. With a `host` other than this machine's own it can be reached by that address,
    and by nothing else that leads here.
    """

    def __init__(self, hear: Hear, host: str = HOST, port: int = 0) -> None:
        self._listener = _listener(hear, host, port)
        self._host = host
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": _POLL}, daemon=True
        )

    @property
    def address(self) -> str:
        """Its origin, such as `http://127.0.0.1:49152`, without a slash at the end."""
        return f"http://{self._host}:{self.port}"

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._listener.server_port

    def start(self) -> None:
        """Begin to answer. Returns at once."""
        self._thread.start()

    def close(self) -> None:
        """End every connection and wait for the threads; the port is free afterwards.

        Raises an ExceptionGroup with the exceptions that `hear` has raised against its contract.
        """
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.end_connections()
        self._listener.server_close()
        if self._listener.mistakes:
            raise ExceptionGroup("answering requests failed", self._listener.mistakes)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Listener(ThreadingHTTPServer):
    """Knows its open connections, so that it can end them."""

    daemon_threads = False  # server_close waits for such threads only

    def __init__(self, hear: Hear, host: str, port: int) -> None:
        self.hear = hear
        self.hosts = HOSTS if host in HOSTS else (host,)
        self.mistakes: list[Exception] = []
        self._open: set[Any] = set()
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        """Whether there is room for one more connection."""
        with self._lock:
            return len(self._open) < LARGEST_CROWD

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """Wake the threads that wait for a client."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        mistake = sys.exception()
        if isinstance(mistake, Exception):
            self.mistakes.append(mistake)


def _listener(hear: Hear, host: str, port: int) -> _Listener:
    try:
        return _Listener(hear, host, port)
    except OSError:
        if not port:
            raise
        return _Listener(hear, host, 0)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "scormpack", ""
    timeout = PATIENCE
    disable_nagle_algorithm = True  # a body would wait until the client has thanked for the headers, 40 ms later

    def ask(self) -> None:
        answer = self._answer()
        if answer is None:
            self.close_connection = True
        else:
            self._send(answer)

    def _answer(self) -> Answer | None:
        try:
            request = self._request()
        except Refusal as refusal:
            self.close_connection = True  # what is left of the request is not read
            return refusal.answer()
        try:
            return self.server.hear(request)
        except Refusal as refusal:
            return refusal.answer()
        except Exception as mistake:
            self.server.mistakes.append(mistake)
            return answer_json({"error": "the server made a mistake"}, 500)

    def _request(self) -> Request:
        """The request, whole. Raises Refusal for what is malformed, too large, or meant for another server."""
        if any("\r" in value or "\n" in value for value in self.headers.values()):
            raise Refusal(400, "a header goes on in a second line (RFC 9112, 5.2)")
        if self.headers.get("Host", "").partition(":")[0] not in self.server.hosts:
            # A page of a stranger can make its own name lead to this machine.
            raise Refusal(421, f"this server is {' or '.join(self.server.hosts)}")
        target = _split(self.path)
        pairs = parse_qsl(target.query, keep_blank_values=True)
        repeated = tuple(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        body = self.rfile.read(self._length())
        return Request(self.command, target.path, dict(pairs), self.headers, body, time.time(), repeated)

    def _length(self) -> int:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers:
            raise Refusal(411, "a body comes with its Content-Length")
        if not (length.isascii() and length.isdecimal()):
            raise Refusal(400, "Content-Length is not a whole number")
        if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
            raise Refusal(413, f"the body is larger than {LARGEST_BODY} bytes")
        return int(length)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection and "Connection" not in answer.headers:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def handle(self) -> None:
        with suppress(ConnectionError):  # the browser has gone: a page was closed
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: who hears the requests may keep them."""


for _method in METHODS:
    setattr(_Handler, f"do_{_method}", _Handler.ask)


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:
        raise Refusal(400, "the address cannot be read") from None
