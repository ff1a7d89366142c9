"""What the library of SCORM Cloud's maker asks for, sent by our own connection.

Its own follows redirects, reads answers without an end and writes them into logs; ours does none of that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from scormpack.check.deployed import DPL_05, DPL_07, DPL_08, DPL_09
from scormpack.deploy.http import CallError, Told, Web
from scormpack.deploy.told import told
from scormpack.diagnostics import Code
from scormpack.source.signs import brief

_PIECE = 1 << 16
_KNOWN = (
    "Look up the ID and the secret key of the application on the pages of SCORM Cloud, and keep them as `ID:SECRET` "
    "with `scormpack deploy login scorm-cloud`."
)
_IN_FRONT = "See whether something between this machine and SCORM Cloud answers in its stead, such as a proxy's page."
_MEANT: Final[Mapping[int, Code]] = {400: DPL_09, 401: DPL_07, 403: DPL_07, 404: DPL_08, 409: DPL_09, 413: DPL_09}


class Reply:
    """An answer, as the library wants to find it."""

    def __init__(self, status: int, data: str) -> None:
        self.status, self.data = status, data

    def getheaders(self) -> Mapping[str, str]:
        """Nothing: no answer that is read here says anything there."""
        return {}


class Transport:
    """Takes the place of the library's connection. `told` hears how far a file is that is being sent."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self.told: Told = lambda *_: None

    def GET(self, url: str, headers: Mapping[str, str], query_params: Any = None, **_: Any) -> Reply:  # noqa: N802
        """Ask for something; that may be done twice."""
        return self._send("GET", url, headers, query_params, b"", again=True)

    def DELETE(  # noqa: N802
        self, url: str, headers: Mapping[str, str], query_params: Any = None, body: Any = None, **_: Any
    ) -> Reply:
        """Take something away; that may be done twice."""
        return self._send("DELETE", url, headers, query_params, json.dumps(body).encode(), again=True)

    def POST(  # noqa: N802
        self, url: str, headers: Mapping[str, str], query_params: Any = None, post_params: Any = None, **_: Any
    ) -> Reply:
        """Send a file, once."""
        from urllib3.filepost import encode_multipart_formdata

        body, kind = encode_multipart_formdata(post_params)
        return self._send("POST", url, {**headers, "Content-Type": kind}, query_params, body, again=False)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], query: Sequence[Any], body: bytes, again: bool
    ) -> Reply:
        path = url + (f"?{urlencode(query)}" if query else "")
        named = {"Content-Length": str(len(body)), **headers}
        answer = self._web.send(method, path, lambda: self._pieces(body), named, again)
        if not 200 <= answer.status <= 299:
            raise self._refused(answer.status, answer.data)
        try:
            return Reply(answer.status, answer.data.decode())
        except UnicodeDecodeError:
            raise self.no_answer() from None

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        for start in range(0, len(body), _PIECE):
            yield body[start : start + _PIECE]
            self.told(min(start + _PIECE, len(body)), len(body))

    def _refused(self, status: int, data: bytes) -> CallError:
        code = _MEANT.get(status)
        words = brief(_words(data), 500)
        message = f"SCORM Cloud says: {words}" if words else f"SCORM Cloud answers with HTTP status {status}."
        hint = _KNOWN if code is DPL_07 else ""
        finding = told(code or DPL_05, message, str(self._web.at), hint)
        return CallError(finding, is_open=code is None, status=status)

    def no_answer(self) -> CallError:
        """An error about an answer that is none."""
        message = "What answers there does not answer as SCORM Cloud does."
        return CallError(told(DPL_05, message, str(self._web.at), _IN_FRONT), is_open=True)


def _words(data: bytes) -> str:
    """Why something was refused, in the platform's words; empty where it has none."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    said = (found.get(name) for name in ("message", "error")) if isinstance(found, dict) else ()
    return next((" ".join(each.split()) for each in said if isinstance(each, str) and each.strip()), "")
