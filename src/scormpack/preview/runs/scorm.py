"""A SCORM package on a platform: a page with scorm-again's API, and a server that keeps what it saves."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scormpack.check.session import Call
from scormpack.check.session.data_model import MODELS, Standard
from scormpack.check.session.forms import seconds_of
from scormpack.inspect.opening import read_manifest
from scormpack.lms.exchange import Answer, Refusal, Request
from scormpack.lms.scorm import Records
from scormpack.package import Package
from scormpack.preview.runs.calls import Calls
from scormpack.preview.runs.house import COURSE, ENGINE, House
from scormpack.preview.runs.read import read_json
from scormpack.preview.runs.run import Mode, Recorded, Result
from scormpack.preview.trouble import EXPIRED, Platform, Troubles, platform_of

LARGEST = 5_000_000  # characters of a record
_LEARNER = ""  # there is one
_MOST_STRUCK = 10_000
_LATE = 1500  # milliseconds
_MODES = {"browse": "browse", "review": "review"}
_DONE = ("passed", "completed", "failed")
_NAMES = {
    "scorm12": ("cmi.core.student_name", "cmi.core.lesson_mode", "cmi.core.credit", "cmi.core.total_time"),
    "scorm2004": ("cmi.learner_name", "cmi.mode", "cmi.credit", "cmi.total_time"),
}


class ScormRun:
    """A package on a SCORM platform: see `Run`."""

    def __init__(
        self, house: House, standard: Standard, learner: str, mode: Mode, platform: str, changed: Callable[[], None]
    ) -> None:
        self.url = house.path
        self._house = house
        self._standard = standard
        self._learner = learner
        self._changed = changed
        self._opening = read_manifest(house.package, standard)
        self._calls = Calls(standard, changed)
        self._records = Records()
        self._troubles = Troubles(standard, self._records.faults)
        self._struck: dict[tuple[int, int], str] = {}  # the trouble that a call met with, by launch and number
        self._like: Platform | None = None  # the manner that a trouble has brought, until the next launch
        self._seconds: dict[int, float] = {0: 0.0}  # of each launch; those before this run are at 0
        self._launches = 0
        self._owner = secrets.token_hex(8)
        self._kept: dict[str, Any] | None = None
        self.choose(mode, platform)

    # What the preview asks ------------------------------------------------------------------------

    def restore(self, kept: Any) -> None:
        """Go on from what `keep` gave. Raises KeyError, TypeError or ValueError for anything else."""
        record = {str(name): str(value) for name, value in kept["record"].items()}
        self._seconds[0] = float(kept["seconds"])
        self._launches = int(kept["launches"])
        self._owner = str(kept["owner"])
        self._records.of[_LEARNER] = record

    def keep(self) -> Any:
        """The record, the time and who the learner is; the same object as long as nothing has changed."""
        if self._kept is None:
            seconds = sum(self._seconds.values())
            facts = {"seconds": seconds, "launches": self._launches, "owner": self._owner}
            self._kept = {"record": dict(self._record), **facts}
        return self._kept

    def choose(self, mode: Mode, platform: str) -> None:
        self._mode = mode
        self._platform = platform_of(platform)

    def replace(self, package: Package) -> None:
        self._house.move_in(package)
        self._opening = read_manifest(package, self._standard)

    def troubles(self) -> list[dict[str, Any]]:
        return self._troubles.shown()

    def trouble(self, name: str, is_on: bool) -> None:
        self._troubles.switch(name, is_on)
        self._like = self._troubles.like or self._like
        self._records.is_closed = self._troubles.has(EXPIRED)

    def recorded(self, since: int = 0) -> Recorded:
        record = dict(self._record)
        data = {**record, _NAMES[self._standard][3]: self._span(sum(self._seconds.values()))} if record else {}
        return Recorded(
            self._calls.entries(since),
            tuple(sorted(data.items(), key=lambda item: _natural(item[0]))),
            record.get("cmi.suspend_data", ""),
            self._opening.limit,
            self._result(record),
            self._calls.is_open,
        )

    @property
    def _record(self) -> dict[str, str]:
        return self._records.of.setdefault(_LEARNER, {})

    # What the page asks ---------------------------------------------------------------------------

    def hear(self, request: Request) -> Answer | None:
        path = self._house.inner(request)
        if path in ("calls", "record") and request.query.get("by") != self._owner:
            raise Refusal(409, "this is of another learner")  # whose page is only now closed
        match request.method, path:
            case "POST", "calls":
                return self._hear_calls(request)
            case "GET", "manner":
                return Answer(200, self._manner.encode(), {"Content-Type": "text/plain", "Cache-Control": "no-store"})
            case _, "run.js" | "engine.js":
                return self._house.script(request, path, self._standard)
            case _, "login":
                return self._house.login()
        if self._records.is_closed:
            self._strike(request, EXPIRED)
            return Answer(303, headers={"Location": f"{self.url}login", "Cache-Control": "no-store"})
        match request.method, path:
            case "POST", "record":
                return self._save(request)
            case "GET", "":
                return self._house.page(ENGINE)
            case "POST", "launch":
                return self._launch()
        return self._house.read(request, path)

    @property
    def _manner(self) -> str:
        return (self._like or self._platform).manner(self._standard)

    def _launch(self) -> Answer:
        self._launches += 1
        self._kept = None
        self._like = self._troubles.like
        opening = self._opening
        about = (self._mode, self._platform.title, opening.path, opening.note)
        self._calls.begin(self._launches, *filter(None, about))
        self._changed()
        launch = {
            "standard": self._standard,
            "learner": f"{re.sub('[^a-z0-9]+', '-', self._learner.lower())}-{self._owner}",
            "record": self._record,
            "elements": self._elements(),
            "fault": self._troubles.api,
            "after": _LATE,
            "manner": self._manner,
        }
        facts = {"title": opening.title or "Course", "course": f"{COURSE}{opening.path}", "session": self._launches}
        return self._house.launch({**facts, "by": self._owner, "scorm": launch})

    def _elements(self) -> dict[str, str]:
        """What the platform says at the start, whatever is on record."""
        name, mode, credit, total = _NAMES[self._standard]
        done = self._result(self._record).completion == "completed"
        counts = self._mode == "normal" and not (self._platform.closes and done)
        return {
            **self._opening.elements,
            name: ", ".join(reversed(self._learner.rsplit(" ", 1))),
            mode: _MODES.get(self._mode, "normal"),
            credit: "credit" if counts else "no-credit",
            total: self._span(sum(self._seconds.values())),
        }

    def _hear_calls(self, request: Request) -> Answer:
        body = read_json(request)
        first, calls = body.get("first"), body.get("calls")
        if not isinstance(first, int) or first < 0 or not isinstance(calls, list):
            raise Refusal(400, "`calls` is a list, and `first` the number of the first of them")
        number = _number(request)

        def trouble(call: int) -> str:
            return self._troubles.api or self._struck.pop((number, call), "")

        self._calls.hear(number, first, [_call(each) for each in calls], trouble)
        if body.get("over"):
            self._calls.close(number)
        self._changed()
        return Answer()

    def _save(self, request: Request) -> Answer | None:
        values = read_json(request)
        if not all(isinstance(value, str) for value in values.values()):
            raise Refusal(400, "a record is texts by name")
        record = self._record
        if sum(map(len, (*record, *record.values()))) + len(request.body) > LARGEST:
            self._calls.note("A save that is larger than what a preview keeps", answer="413")
            return Answer(413)
        asked = replace(request, query={"learner": _LEARNER})
        answer = self._records.answer(asked)
        self._strike(request, self._troubles.named(asked.fault))
        self._count_time(_number(request), values)
        self._kept = None
        self._changed()
        return answer

    def _strike(self, request: Request, trouble: str) -> None:
        """Remember what the call met with that makes this request."""
        if trouble and len(self._struck) < _MOST_STRUCK:
            self._struck[_number(request, "session"), _number(request, "call")] = trouble

    def _count_time(self, number: int, values: dict[str, str]) -> None:
        """Count the time of a launch, as far as it has come to be on record."""
        name = MODELS[self._standard].session_time
        told = seconds_of(values.get(name, ""))
        if told is not None and self._record.get(name) == values[name]:
            self._seconds[number] = told

    # What comes of it -----------------------------------------------------------------------------

    def _result(self, record: dict[str, str]) -> Result:
        find = _found_in_12 if self._standard == "scorm12" else _found_in_2004
        completion, success = find(record)
        model = MODELS[self._standard]
        page = record.get("cmi.core.lesson_location") or record.get("cmi.location")
        seconds = sum(self._seconds.values())
        return Result(completion, success, _score(record, model.score), seconds or None, page)

    def _span(self, seconds: float) -> str:
        """A length of time, as the standard writes it."""
        hours, rest = divmod(round(seconds * 100), 360_000)
        minutes, hundredths = divmod(rest, 6000)
        if self._standard == "scorm2004":
            return f"PT{hours}H{minutes}M{hundredths / 100:.2f}S"
        return f"{min(hours, 9999):04}:{minutes:02}:{hundredths / 100:05.2f}"


def _found_in_12(record: dict[str, str]) -> tuple[str | None, str | None]:
    status = record.get("cmi.core.lesson_status")
    if status in _DONE:
        return "completed", None if status == "completed" else status
    return status, None


def _found_in_2004(record: dict[str, str]) -> tuple[str | None, str | None]:
    success = record.get("cmi.success_status")
    return record.get("cmi.completion_status"), None if success == "unknown" else success


def _score(record: dict[str, str], name: str) -> float | None:
    """The score from 0 to 1, of what is a number there."""
    scaled, raw, least, most = (_decimal(record.get(f"{name}.{part}")) for part in ("scaled", "raw", "min", "max"))
    if scaled is not None or raw is None:
        return scaled
    low, high = least or 0.0, 100.0 if most is None else most
    return (raw - low) / (high - low) if high > low else None


def _decimal(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that puts `interactions.10` after `interactions.9`."""
    return [(int(part), "") if part.isdecimal() and part.isascii() else (-1, part) for part in name.split(".")]


def _number(request: Request, name: str = "session") -> int:
    number = request.query.get(name, "")
    return int(number) if re.fullmatch("[0-9]{1,9}", number) else 0


def _call(found: Any) -> Call:
    """A call as the page tells of it. Raises a Refusal (400) for anything else."""
    try:
        texts = [tuple(map(str, found[name])) for name in ("arguments", "argument_types")]
        error, at = int(found["error"]), float(found["at"])
        return Call(str(found["method"]), texts[0], str(found["result"]), error, at, texts[1])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Refusal(400, "this is no call") from None
