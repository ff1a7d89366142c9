"""A request, its answer, and the word no."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scormpack.lms.judge.cmi5 import Failure


@dataclass
class Request:
    """What came in, and what became of it: `status` is None as long as nothing was answered.

    `at` counts seconds; `fault` names the trouble that was made on purpose.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: Message
    body: bytes
    at: float
    repeated: tuple[str, ...] = ()
    status: int | None = None
    answer: bytes = b""
    fault: str = ""
    failures: list[Failure] = field(default_factory=list)

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """Why it was refused."""
        return str(json.loads(self.answer)["error"]) if self.status and self.status >= 400 and self.answer else ""

    def is_for(self, path: str) -> bool:
        """Whether these whole parts stand in the path one after the other; nothing stands in every path."""
        return not path or f"/{path}/" in f"{self.path}/"

    def header(self, name: str) -> str:
        """A header, or nothing."""
        return str(self.headers.get(name, ""))

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.query} -> {self.status} {self.error or self.fault}".rstrip()


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: int = 204
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """An answer that says something."""
    more = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json", **more})


class Refusal(Exception):  # noqa: N818 - it is what the store says, no mistake of its own
    """No, and why."""

    def __init__(self, status: int, message: str, failures: list[Failure] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.failures = failures or []

    def answer(self) -> Answer:
        """What the client is told."""
        told = {"error": str(self)}
        listed = [{"requirement": failure.requirement, "message": failure.message} for failure in self.failures]
        headers = {"WWW_Authenticate": 'Basic realm="store"'} if self.status == 401 else {}
        return answer_json({**told, **({"failures": listed} if listed else {})}, self.status, **headers)
