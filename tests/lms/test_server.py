"""The server: requests are bounded, mistakes of ours stay here, and it is gone once it is closed."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from lms.client import ask
from scormpack.lms import RecordStore, delay
from scormpack.lms.exchange import Answer, Refusal, Request
from scormpack.lms.server import LARGEST_BODY, Server


def echo(request: Request) -> Answer | None:
    """Says what it heard."""
    if request.path == "/silence":
        return None
    if request.path == "/no":
        raise Refusal(403, "no")
    return Answer(200, f"{request.method} {request.path} {request.query} ".encode() + request.body)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(echo) as server:
        yield server


def send(server: Server, *lines: str, body: bytes = b"") -> tuple[int, bytes]:
    """Send these lines as they are; returns the status and the body of what comes before the connection ends."""
    port = int(server.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read()


HOST = "Host: 127.0.0.1:1"


def test_a_request_is_heard_whole(server: Server) -> None:
    said = ask(f"{server.address}/a/b?c=d%20e", "PUT", b"body")
    assert (said.status, said.body) == (200, b"PUT /a/b {'c': 'd e'} body")
    assert ask(f"{server.address}/", "HEAD").headers["Content-Length"] == "10"
    assert ask(f"{server.address}/no").status == 403


def test_no_answer_ends_the_connection(server: Server) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        ask(f"{server.address}/silence")


def test_an_answer_comes_in_one_piece(server: Server) -> None:
    """A body that waits for the client to thank for the headers comes 40 ms late, each time."""
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=10)

    def once() -> float:
        began = time.perf_counter()
        connection.request("GET", "/")
        assert connection.getresponse().read()
        return time.perf_counter() - began

    assert min(once() for _ in range(20)) < 0.03
    connection.close()


def test_a_connection_is_used_again(server: Server) -> None:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=10)
    for path in ("/one", "/no", "/two"):
        connection.request("POST", path, b"body")
        used = connection.sock
        connection.getresponse().read()
    assert connection.sock is used
    connection.close()


@pytest.mark.parametrize(
    ("lines", "status", "error"),
    [
        (["Content-Length: -1"], 400, b"Content-Length is not a whole number"),
        (["Content-Length: 1_0"], 400, b"Content-Length is not a whole number"),
        (["Content-Length: x"], 400, b"Content-Length is not a whole number"),
        ([f"Content-Length: {LARGEST_BODY + 1}"], 413, b"the body is larger than 10000000 bytes"),
        ([f"Content-Length: {'9' * 6000}"], 413, b"the body is larger than 10000000 bytes"),
        (["Transfer-Encoding: chunked"], 411, b"a body comes with its Content-Length"),
        (["Origin: http://a.example", " X-Own: 1"], 400, b"a header goes on in a second line"),
    ],
)
def test_a_request_that_is_not_read_to_its_end(server: Server, lines: list[str], status: int, error: bytes) -> None:
    found = send(server, "POST / HTTP/1.1", HOST, *lines)
    assert found[0] == status
    assert error in found[1]


@pytest.mark.parametrize("host", ["rebound.example:80", "127.0.0.1.example", "", "evil@127.0.0.1:1"])
def test_a_request_that_is_meant_for_another(server: Server, host: str) -> None:
    assert send(server, "GET / HTTP/1.1", f"Host: {host}", "Connection: close")[0] == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080"])
def test_the_names_of_this_machine(server: Server, host: str) -> None:
    assert send(server, "GET / HTTP/1.1", f"Host: {host}", "Connection: close") == (200, b"GET / {} ")


def test_an_address_that_cannot_be_read(server: Server) -> None:
    assert send(server, "GET http://[ HTTP/1.1", HOST)[0] == 400


def test_our_own_mistakes_stay_here() -> None:
    def broken(request: Request) -> Answer:
        raise LookupError(f"the secret of {request.path}")

    server = Server(broken)
    server.start()
    said = ask(f"{server.address}/somebody")
    assert (said.status, said.body) == (500, b'{"error": "the server made a mistake"}')
    with pytest.raises(ExceptionGroup, match="answering requests failed") as mistakes:
        server.close()
    assert [repr(mistake) for mistake in mistakes.value.exceptions] == ["LookupError('the secret of /somebody')"]


def test_nothing_is_left_of_a_closed_server() -> None:
    before = set(threading.enumerate())
    with Server(echo) as server:
        port = int(server.address.rpartition(":")[2])
        idle = socket.create_connection(("127.0.0.1", port), timeout=10)
        half = socket.create_connection(("127.0.0.1", port), timeout=10)
        half.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
        ask(server.address)
    assert set(threading.enumerate()) == before
    assert (idle.recv(1), half.recv(1)) == (b"", b"")
    idle.close()
    half.close()
    with pytest.raises(ConnectionRefusedError):
        ask(server.address)


def test_a_server_that_never_began_can_be_closed() -> None:
    server = Server(echo)
    server.close()
    with pytest.raises(ConnectionRefusedError):
        ask(server.address)


def test_a_store_does_not_wait_for_its_own_faults() -> None:
    waiting = delay(600)
    with RecordStore() as store:
        store.faults.append(waiting)
        address = store.address.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("GET", "/xapi/about")
        store.wait_for(lambda: waiting.seen)
    with pytest.raises(ConnectionError):
        connection.getresponse()
    connection.close()


def test_it_prefers_the_port_that_it_is_given() -> None:
    with Server(echo) as first:
        with Server(echo, port=first.port) as second:
            assert second.port != first.port
        port = first.port
    with Server(echo, port=port) as again:
        assert again.port == port


def test_another_address_is_the_only_one_that_it_answers_to() -> None:
    with Server(echo, host="127.0.0.2") as server:
        assert server.address == f"http://127.0.0.2:{server.port}"
        assert ask(f"{server.address}/").status == 200
        assert ask(f"{server.address}/", headers={"Host": "localhost"}).status == 421
        assert ask(f"{server.address}/", headers={"Host": "evil.example"}).status == 421


def test_who_comes_when_it_is_full_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.lms.server.LARGEST_CROWD", 2)
    with Server(echo) as server, ExitStack() as crowd:
        address = ("127.0.0.1", server.port)
        waiting = [crowd.enter_context(socket.create_connection(address, timeout=10)) for _ in range(2)]
        for connection in waiting:  # one that was answered has surely been let in
            connection.sendall(f"GET / HTTP/1.1\r\n{HOST}\r\n\r\n".encode())
            assert connection.recv(12) == b"HTTP/1.1 200"
        with socket.create_connection(address, timeout=10) as late:
            assert late.recv(1) == b""
        for connection in waiting:
            connection.close()
        for _ in range(1000):
            try:
                assert ask(f"{server.address}/").status == 200
                break
            except (http.client.RemoteDisconnected, ConnectionResetError):
                continue
