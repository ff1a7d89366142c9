"""Speak with a running ralph: let it answer for our own store, and ask what it holds."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from lms.client import VERSION, Said, ask
from platform_process import Platform

from scormpack.lms.exchange import Answer, Request

AUTH = f"Basic {base64.b64encode(b'content:secret').decode()}"
ADDED = ("authority", "stored")

Statement = dict[str, Any]


@dataclass(frozen=True)
class Ralph:
    """A ralph, and its only client."""

    platform: Platform

    def ask(self, method: str, query: dict[str, str], body: bytes = b"", headers: dict[str, str] = VERSION) -> Said:
        """Ask its one resource of xAPI, which is statements: it has none for states and profiles."""
        url = f"{self.platform.address}/xAPI/statements?{urlencode(query, quote_via=quote)}"
        kind = {"Content-Type": "application/json"} if body else {}
        return ask(url, method, body, {**kind, **headers, "Authorization": AUTH})

    def post(self, *statements: Statement) -> Said:
        """Send statements as a list."""
        return self.ask("POST", {}, json.dumps(statements).encode())

    def answer(self, request: Request) -> Answer:
        """What ralph says to a request that came to our store, for `RecordStore(behind=...)`."""
        told = {name: request.header(name) for name in ("Content-Type", "X-Experience-API-Version")}
        said = self.ask(request.method, request.query, request.body, {n: text for n, text in told.items() if text})
        return Answer(said.status, said.body, {"Content-Type": "application/json"})

    def held(self, **query: str) -> list[Statement]:
        """The statements that it finds, as they came: without what it has added to each."""
        found = self.ask("GET", query).json["statements"]
        for statement in found:
            for name in ADDED:
                del statement[name]
        return list(found)
