"""Serves a package beside the page that plays it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.faults import LOGIN, Fault, kinds
from scormpack.lms.files import Files, package_files
from scormpack.lms.judge.values import parse
from scormpack.lms.server import Server
from scormpack.package import Package
from scormpack.render.bundles import bundle

# How a platform with a server keeps what a course sets, as real ones do: see manners.ts.
MANNERS = {
    "careful": "It says what became of a commit, and sends again what was lost.",
    "trusting": "It always says “true”, and takes as sent whatever it has tried to send.",
    "emptying": "It takes values as sent before it sends them, and says “false” when they are lost.",
    "marking": "As “trusting”; where no answer comes it hands the values to the browser, to be sent some time.",
    "flinging": "It sends all values each time; where no answer comes it hands them to the browser, and says “true”.",
}
_STATUSES = ("cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status")
_DONE = ("completed", "passed")
_PLACES = ("cmi.suspend_data", "cmi.core.lesson_location", "cmi.location")
_POLL = 0.02  # seconds from one look to the next whether a delay was taken away
LARGEST = 5_000_000  # characters of a record
COURSE = "course/"
Standard = Literal["scorm12", "scorm2004"]


@cache
def page_with(title: str, *scripts: str) -> str:
    """Return a platform's page, in which the scripts put the course: see `frame` in platform.ts."""
    page = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
    tags = "\n".join(f'<script src="{script}"></script>' for script in scripts)
    return page.replace("{title}", title).replace("{scripts}", tags)


class Records:
    """The records of a platform with a server: `of` has each learner's values, by the learner's name.

    `faults` strike the requests that save (all but `cors`); with `is_closed` the platform has forgotten who is logged
    in, and sends every request to its login page.
    """

    def __init__(self) -> None:
        self.of: dict[str, dict[str, str]] = {}
        self.faults: list[Fault] = []
        self.is_closed = False
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Answer | None:
        """The answer to a request for a record, or None if none is to come; `fault` of it says what struck it."""
        with self._lock:
            fault = next((fault for fault in self.faults if fault.strikes(request)), None)
        if fault is None:
            return self._carry_out(request)
        request.fault = fault.name
        match fault.name:
            case "drop":
                return None
            case "lose":
                self._carry_out(request)
                return None
            case "delay":
                self._wait_out(fault)
            case "answer" | "login" | "ignore":
                return {"login": LOGIN, "ignore": Answer()}.get(fault.name, Answer(fault.status))
        return self._carry_out(request, wipes=fault.name == "wipe")

    def _wait_out(self, fault: Fault) -> None:
        """Wait until the delay is over or taken away."""
        end = time.monotonic() + fault.seconds
        while any(each is fault for each in self.faults) and time.monotonic() < end:
            time.sleep(_POLL)

    def _carry_out(self, request: Request, wipes: bool = False) -> Answer:
        if (learner := request.query.get("learner")) is None:
            raise Refusal(400, "it does not say whose record")
        values = {} if request.method == "GET" else _values(request)
        with self._lock:
            record = self.of.setdefault(learner, {})
            if request.method == "GET":
                return answer_json(record)
            if sum(map(len, (*record, *record.values()))) + len(request.body) > LARGEST:
                raise Refusal(413, f"a record has at most {LARGEST} characters")
            record.update(values)
            if wipes and {record.get(name) for name in _STATUSES} & set(_DONE):
                for name in _PLACES:
                    record.pop(name, None)
            return Answer()


def _values(request: Request) -> dict[str, str]:
    """What is to be saved. Raises a Refusal (400) for anything else: a course is at the same address."""
    try:
        values = parse(request.body)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise Refusal(400, "a record is texts by name")
    return values


@contextmanager
def serve(package: Package, engine: Path | None = None, records: Records | None = None) -> Iterator[str]:
    """Serve `package` while the context is open; gives the address of the platform's page.

    `engine` is a script that brings an API of its own, scorm-again's, for `address(..., api="engine")`. `records` is
    where a platform with a server keeps them, for the `MANNERS`.
    """
    kept = records or Records()
    files = Files(
        {
            **package_files(package, COURSE),
            "/page.html": page_with("scormpack: a small platform", "engine.js", "lms.js").encode(),
            "/lms.js": bundle("lms.js").encode(),
            "/engine.js": engine.read_bytes() if engine else b"",
        }
    )

    def hear(request: Request) -> Answer | None:
        if request.path == "/login":
            return LOGIN
        if kept.is_closed:
            return Answer(303, headers={"Location": "/login"})
        if request.path == "/record":
            return kept.answer(request)
        return files.answer(replace(request, path="/page.html") if request.path == "/" else request)

    with Server(hear) as server:
        yield f"{server.address}/"


def address(
    page: str,
    standard: Standard,
    *,
    api: str = "memory",
    fault: str = "",
    seconds: float = 1.5,
    learner: str = "somebody",
    elements: Mapping[str, str] | None = None,
    course: str | None = None,
    engine: bool = False,
) -> str:
    """The address at which the course is launched, on the `page` that `serve` gave.

    `api` is ours in `memory`, that of the `engine`, or ours in one of the `MANNERS`; `fault` is one of
    `kinds("api")`, and `seconds` is how late a late API is. `elements` are what the platform says at the start, by
    their names, such as `cmi.mode`. `course` is the file that is opened, where it is another than index.html; an
    empty one opens none, to look at the record. With `engine` the values are held by that of the engine in any of the
    manners.
    Raises ValueError for an API or a fault that there is not, or an element that is none of the data model.
    """
    if api not in ("memory", "engine", *MANNERS):
        raise ValueError(f"{api!r} is not one of memory, engine, {', '.join(MANNERS)}")
    if fault and fault not in kinds("api"):
        raise ValueError(f"{fault!r} is not one of {', '.join(kinds('api'))}")
    if wrong := [name for name in elements or {} if not name.startswith("cmi.")]:
        raise ValueError(f"not in the data model: {', '.join(wrong)}")
    trouble = {"fault": fault, "after": f"{seconds * 1000:.0f}"} if fault else {}
    more = {
        **({} if course is None else {"course": course}),
        **({"engine": ""} if engine else {}),
        **(elements or {}),
    }
    return f"{page}?{urlencode({'standard': standard, 'api': api, **trouble, 'learner': learner, **more})}"
