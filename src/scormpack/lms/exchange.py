"""A request, its answer, and a refusal."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scormpack.lms.judge.cmi5 import Failure


@dataclass
class Request:
    """A request, and what has become of it.

    `query` has the last of each parameter, and `repeated` the names of those that stand there more than once; `at` is
    when it came, in seconds since 1970. `status` is None as long as nothing was answered, `answer` is the body that
    was sent; `fault` names the trouble that was made on purpose, `failures` are requirements that were not met.
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
        """The body, read as JSON. Raises ValueError if it is none."""
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """Why it was refused; an empty text if it was not, or not by us."""
        return str(json.loads(self.answer)["error"]) if self.status and self.status >= 400 and self.answer else ""

    def is_for(self, path: str) -> bool:
        """Whether its path has `path`, such as `activities/state`, as whole parts; an empty one always fits."""
        return not path or f"/{path}/" in f"{self.path}/"

    def header(self, name: str) -> str:
        """Return a header, in any spelling of its name, or an empty text."""
        return str(self.headers.get(name, ""))

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.query} -> {self.status} {self.error or self.fault}".rstrip()


@dataclass(frozen=True)
class Answer:
    """What goes out; Content-Length is added when it is sent."""

    status: int = 204
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """Return an answer that is `value` as JSON; `headers` are written with `_` for `-`."""
    more = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json", **more})


class Refusal(Exception):  # noqa: N818 - an answer to the client, no error of ours
    """A request is refused with a status, for the reason in the message; `failures` are requirements not met."""

    def __init__(self, status: int, message: str, failures: list[Failure] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.failures = failures or []

    def answer(self) -> Answer:
        """Return the answer to the client."""
        reason = {"error": str(self)}
        listed = [{"requirement": failure.requirement, "message": failure.message} for failure in self.failures]
        headers = {"WWW_Authenticate": 'Basic realm="store"'} if self.status == 401 else {}
        return answer_json({**reason, **({"failures": listed} if listed else {})}, self.status, **headers)
