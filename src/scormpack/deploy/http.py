"""Requests to a site: encrypted, to that site and no other. Answers are bounded, and what fails is told plainly."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from scormpack.check.deployed import DPL_01, DPL_02, DPL_03, DPL_04, DPL_05, DPL_15
from scormpack.deploy.told import told
from scormpack.diagnostics import Code, ContentError, Diagnostic
from scormpack.source.signs import brief

if TYPE_CHECKING:
    from urllib3 import PoolManager
    from urllib3.response import BaseHTTPResponse

LARGEST: Final = 16_000_000  # bytes of an answer
PAUSES: tuple[float, ...] = (0.5, 2.0)  # seconds before what is safe is asked again
REACHED = 10.0  # seconds to reach a site
ANSWERED = 60.0  # seconds to wait for a word of an answer
LOADED = 900.0  # seconds for a site to unpack what it got, and for any answer as a whole
_PIECE = 1 << 16
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {429, 502, 503, 504}  # what stands in front of a site, for a while

Told = Callable[[int, int], None]  # how many bytes of how many have been sent
Body = Callable[[], Iterator[bytes]]  # the pieces of what is sent, from the first one each time


class Answer(NamedTuple):
    """What a site answers."""

    status: int
    data: bytes


class CallError(ContentError):
    """A call that came to nothing: `status` is the answer's, if there was one.

    Where `is_open`, nobody knows whether the site has done what it was asked to.
    """

    def __init__(self, finding: Diagnostic, is_open: bool = False, status: int = 0) -> None:
        super().__init__((finding,))
        self.is_open = is_open
        self.status = status


@dataclass(frozen=True)
class Address:
    """A site: where it is, and under which path there."""

    origin: str
    path: str = ""

    def __str__(self) -> str:
        return self.origin + self.path


def address(text: str) -> Address:
    """The address of a site as somebody wrote it. Raises ContentError (DPL-01)."""
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise _unusable(text, "is no address") from None
    if parts.scheme not in ("http", "https") or not host or not text.isprintable():
        raise _unusable(text, "is no address of a site")
    if parts.username is not None or parts.query or parts.fragment:
        raise _unusable(f"{parts.scheme}://{host}", "has a name, a `?` or a `#` in it, which no site's address has")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise _unusable(text, "begins with http://, so that anybody on the way can read the token")
    shown = f"[{host}]" if ":" in host else host
    return Address(f"{parts.scheme}://{shown}" + (f":{port}" if port else ""), parts.path.rstrip("/"))


def _unusable(text: str, why: str) -> ContentError:
    return ContentError([told(DPL_01, f"The address {why}.", brief(text, 200))])


class Web:
    """Calls to the site at `at`. What a call is allowed to do twice, it does again where the way is to blame."""

    def __init__(self, at: Address) -> None:
        self.at = at
        self._pool = _pool(at)

    def form(self, path: str, fields: Mapping[str, str], again: bool) -> bytes:
        """The answer to a form that is sent to `path`; `again` where it may be sent twice. Raises CallError."""
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        return self._taken("POST", path, lambda: iter((body,)), _sized(kind, len(body)), again)

    def upload(self, path: str, fields: Mapping[str, str], name: str, data: bytes, told: Told) -> bytes:
        """The answer to the file `data`, sent to `path` as `name` beside `fields`; it may arrive twice.

        `told` hears how far it is. Raises CallError.
        """
        mark = _boundary(data)
        head, tail = _around(fields, name, mark)
        headers = _sized(f"multipart/form-data; boundary={mark}", len(head) + len(data) + len(tail))
        return self._taken("POST", path, lambda: _pieces(head, data, tail, told), headers, again=True)

    def _taken(self, method: str, path: str, body: Body, headers: Mapping[str, str], again: bool) -> bytes:
        """The answer to what is sent, which has to have the status 200."""
        answer = self.send(method, path, body, headers, again)
        if answer.status != 200:
            message = f"The site answers with HTTP status {answer.status}."
            raise CallError(self._finding(DPL_05, message), answer.status >= 500, answer.status)
        return answer.data

    def send(self, method: str, path: str, body: Body, headers: Mapping[str, str], again: bool) -> Answer:
        """The answer to any request, whatever its status, `again` where it may be sent twice.

        Raises CallError where none comes, or where it sends on to another address or is without an end.
        """
        for pause in PAUSES if again else ():
            try:
                return self._once(method, path, body(), headers, again)
            except _TryAgainError:
                time.sleep(pause)
        return self._once(method, path, body(), headers, again)

    def _once(self, method: str, path: str, body: Iterator[bytes], headers: Mapping[str, str], again: bool) -> Answer:
        """One request and its answer."""
        import urllib3

        patience = urllib3.Timeout(connect=REACHED, read=ANSWERED if again else LOADED)
        try:
            answer = self._pool.request(
                method,
                f"{self.at}{path}",
                body=body,
                headers={**self._pool.headers, "Accept": "application/json", **headers},
                redirect=False,
                retries=False,
                timeout=patience,
                preload_content=False,
            )
            with answer:
                return Answer(answer.status, self._read(answer))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise self._of(error) from None

    def _read(self, answer: BaseHTTPResponse) -> bytes:
        """The whole of an answer, if it is one. Its length and its time are bounded."""
        if answer.status in _MOVED:
            raise CallError(self._moved(answer.headers.get("Location", "")))
        if answer.status in _BUSY:
            raise _TryAgainError(self._finding(DPL_02, f"The site answers with HTTP status {answer.status}."), True)
        end, found = time.monotonic() + LOADED, bytearray()
        while piece := answer.read(_PIECE, decode_content=False):
            found += piece
            if len(found) > LARGEST or time.monotonic() > end:
                raise CallError(
                    self._finding(DPL_05, f"The answer does not end: {len(found):,} bytes and more."), True
                )
        return bytes(found)

    def _moved(self, to: str) -> Diagnostic:
        try:
            found = urlsplit(to)
            host = found.netloc.rpartition("@")[2]
            where = f"{found.scheme}://{host}" if host else "another page of its own"
        except ValueError:
            where = "something that is no address"
        return self._finding(DPL_04, f"The site sends on to {brief(where, 200)}, and nothing was sent there.")

    def _of(self, error: Exception) -> CallError:
        """What went wrong on the way, in words. Only before a site is reached is it sure that it has done nothing."""
        from urllib3 import exceptions

        if isinstance(error, exceptions.SSLError | ssl.SSLError):
            why = _untrusted(error)
            message = f"The certificate of the site is not trusted: {why}." if why else "It speaks no encrypted HTTP."
            return CallError(self._finding(DPL_03 if why else DPL_02, message))
        if isinstance(error, exceptions.ProxyError):
            return CallError(self._finding(DPL_02, "The proxy that this machine uses does not let it through."))
        if isinstance(error, exceptions.NameResolutionError):
            return CallError(self._finding(DPL_02, "No site is known under this name."))
        if isinstance(error, exceptions.NewConnectionError | exceptions.ConnectTimeoutError):
            return _TryAgainError(self._finding(DPL_02, "The site cannot be reached."))
        if isinstance(error, exceptions.ReadTimeoutError | TimeoutError):
            return CallError(self._finding(DPL_02, "The site has been asked, and gives no answer."), True)
        return _TryAgainError(self._finding(DPL_02, "The connection to the site was cut."), True)

    def _finding(self, code: Code, message: str) -> Diagnostic:
        return told(code, message, str(self.at))


class _TryAgainError(CallError):
    """The way is to blame: whoever may, asks again."""


def _pool(at: Address) -> PoolManager:
    try:
        import urllib3
    except ImportError:
        raise ContentError([told(DPL_15, "Requests to a site need a library: urllib3", str(at))]) from None
    trusting = ssl.create_default_context()  # the system's certificates, or those in SSL_CERT_FILE
    headers = {"User-Agent": f"scormpack/{version('scormpack')}"}
    try:
        via, mine = _proxy(at)
        if not via:
            return urllib3.PoolManager(num_pools=1, headers=headers, ssl_context=trusting)
        return urllib3.ProxyManager(via, num_pools=1, headers=headers, proxy_headers=mine, ssl_context=trusting)
    except (urllib3.exceptions.HTTPError, ValueError):
        raise ContentError([told(DPL_02, "The proxy of this machine is none that can be used.", str(at))]) from None


def _proxy(at: Address) -> tuple[str, dict[str, str]]:
    """The proxy of this machine for a site that is elsewhere, and what lets us use it; it does not see the token."""
    from urllib3 import make_headers

    host = urlsplit(at.origin).hostname or ""
    found = "" if host in _LOOPBACK or proxy_bypass(host) else getproxies().get("https", "")
    if not found:
        return "", {}
    parts = urlsplit(found if "://" in found else f"http://{found}")
    name, _, place = parts.netloc.rpartition("@")
    mine = make_headers(proxy_basic_auth=unquote(name)) if name else {}
    return f"{parts.scheme}://{place}", dict(mine)


def _untrusted(error: Exception) -> str:
    """Why a certificate is not trusted, in OpenSSL's words; empty where it did not come to that."""
    seen: Any = error
    while not hasattr(seen, "verify_message") and seen.args and isinstance(seen.args[0], Exception):
        seen = seen.args[0]
    return str(getattr(seen, "verify_message", ""))


def _sized(kind: str, size: int) -> dict[str, str]:
    """What is said of the body of a request."""
    return {"Content-Type": kind, "Content-Length": str(size)}


def _boundary(data: bytes) -> str:
    """A mark between the parts of a form that is not in `data`."""
    number = 0
    while f"scormpack-{number}".encode() in data:
        number += 1
    return f"scormpack-{number}"


def _around(fields: Mapping[str, str], name: str, mark: str) -> tuple[bytes, bytes]:
    """What stands before and after a file in a form with these fields."""
    part = f'--{mark}\r\nContent-Disposition: form-data; name="'
    plain = "".join(f'{part}{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    head = f'{plain}{part}file_1"; filename="{name}"\r\nContent-Type: application/zip\r\n\r\n'
    return head.encode(), f"\r\n--{mark}--\r\n".encode()


def _pieces(head: bytes, data: bytes, tail: bytes, told: Told) -> Iterator[bytes]:
    """All of a form, bit by bit."""
    yield head
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
        told(min(start + _PIECE, len(data)), len(data))
    yield tail
