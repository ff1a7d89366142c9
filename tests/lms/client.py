"""A plain client for tests of the store itself."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from scormpack.lms.exchange import Request
from scormpack.lms.launch.cmi5 import Session
from scormpack.lms.record_store import RecordStore

VERSION = {"X-Experience-API-Version": "1.0.3"}


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"])

    @property
    def requirements(self) -> list[str]:
        """The requirements that the answer says were not met."""
        return [failure["requirement"] for failure in self.json.get("failures", [])]


def ask(url: str, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None) -> Said:
    """Ask anything; raises what `http.client` raises when no answer comes."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, target, body or None, headers or {})
        found = connection.getresponse()
        return Said(found.status, found.read(), dict(found.headers))
    finally:
        connection.close()


@dataclass
class Client:
    """Speaks to a store as content does, with some key."""

    store: RecordStore
    auth: str = ""
    headers: dict[str, str] = field(default_factory=lambda: dict(VERSION))

    def ask(
        self, method: str, resource: str, query: dict[str, Any] | None = None, body: Any = None, **headers: str | None
    ) -> Said:
        """Ask for a resource; parts of the query and bodies that are no text become JSON."""
        told = {"Authorization": self.auth or self.store.auth, **self.headers}
        if body is not None:
            told["Content-Type"] = "application/json"
        for name, value in headers.items():
            told[name.replace("_", "-")] = value or ""
        texts = {name: v if isinstance(v, str) else json.dumps(v) for name, v in (query or {}).items()}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        url = f"{self.store.endpoint}{resource}?{urlencode(texts, quote_via=quote)}"
        return ask(url, method, data, {name: value for name, value in told.items() if value})

    def post(self, *statements: dict[str, Any]) -> Said:
        """Send statements as a list."""
        return self.ask("POST", "statements", body=list(statements))

    def put(self, statement: dict[str, Any]) -> Said:
        """Send one statement by its id."""
        return self.ask("PUT", "statements", {"statementId": statement["id"]}, statement)


def begin(store: RecordStore, session: Session) -> Client:
    """A client that has done what a unit does before its first statement."""
    token = ask(f"{store.address}/fetch/{session.id}", "POST").json["auth-token"]
    client = Client(store, f"Basic {token}")
    enrolled = session.registration
    state = {"activityId": session.activity, "agent": enrolled.actor, "registration": enrolled.id}
    assert client.ask("GET", "activities/state", {**state, "stateId": "LMS.LaunchData"}).status == 200
    assert client.ask("GET", "agents/profile", {"agent": enrolled.actor, "profileId": "cmi5LearnerPreferences"}).body
    return client


def last(store: RecordStore) -> Request:
    """The newest line of the log."""
    return store.log[-1]
