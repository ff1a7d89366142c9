"""A browser's part in words: what it asks of the preview."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lms.client import Said, ask


@dataclass
class Client:
    """Speaks to the preview at `address` as its own page does."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def get(self, path: str, **headers: str) -> Said:
        """Ask for a path of the page's origin."""
        return ask(f"{self.origin}/{path}", headers={**self.headers, **_named(headers)})

    def post(self, path: str, body: Any = None, **headers: str) -> Said:
        """Send JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        told = {"Origin": self.origin, "Content-Type": "application/json", **self.headers, **_named(headers)}
        return ask(f"{self.origin}/{path}", "POST", data, told)

    def play(self, subject: str, **more: Any) -> str:
        """Begin to play a subject; the run."""
        return str(self.post("api/runs", {"subject": subject, **more}).json["run"])

    def news(self, run: str = "", seen: int = 0, since: int = 0) -> dict[str, Any]:
        """What is newer than `seen`."""
        found: dict[str, Any] = self.get(f"api/news?seen={seen}&run={run}&from={since}").json
        return found

    def wait_for_another(self, run: str, stamp: str) -> dict[str, Any]:
        """What is shown once the package is no longer the one with this stamp."""
        news = self.news(run)
        while news["run"]["stamp"] == stamp:
            news = self.news(run, news["version"])
        shown: dict[str, Any] = news["run"]
        return shown


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
