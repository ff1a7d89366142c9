"""A package that speaks with a record store: launched as cmi5 or as Tin Can, with a store of its own."""

from __future__ import annotations

import base64
import json
import re
import secrets
import threading
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from scormpack.inspect.opening import read_tincan
from scormpack.lms import Course, Document, RecordStore, Registration, Session, Stores, TinCan, Unit, read_course
from scormpack.lms.exchange import Answer, Request
from scormpack.lms.faults import Fault
from scormpack.lms.judge.cmi5 import LAUNCH_DATA
from scormpack.lms.judge.statements import VOIDED
from scormpack.lms.launch.cmi5 import Mode as LaunchMode
from scormpack.lms.store.resources import ROOT
from scormpack.package import Package
from scormpack.preview.runs.house import COURSE, House
from scormpack.preview.runs.log import Log
from scormpack.preview.runs.run import Mode, Recorded, Result
from scormpack.preview.runs.statements import LONGEST, body_of, flaws, result_of, sent, verb_of
from scormpack.preview.trouble import Troubles, platform_of

MOST = 5_000  # statements
LARGEST = 20_000_000  # bytes of what is kept
_MODES: dict[str, LaunchMode] = {"browse": "Browse", "review": "Review"}
_STATE = "activities/state"
_OURS = "scormpack"  # what our own courses call their state
_LAST = ("suspended", "terminated")


class _Watched(RecordStore):
    """The store of one run: it takes no more than it has room for, and tells of every request."""

    def __init__(self, stores: Stores, name: str, told: Callable[[Request], None]) -> None:
        super().__init__(among=(stores, name))
        self._told = told
        self._bytes = 0
        self._full = Fault("answer", status=413, times=None, matching=self._is_too_much)

    def hear(self, request: Request) -> Answer | None:
        if self._full not in self.faults:
            self.faults.append(self._full)
        answer = super().hear(request)
        self.log.clear()
        if request.method in ("PUT", "POST") and request.status in (200, 204):
            self._bytes += len(request.body)
        self._told(request)
        return answer

    def _is_too_much(self, request: Request) -> bool:
        if request.method not in ("PUT", "POST"):
            return False
        if self._bytes + len(request.body) > LARGEST:  # documents replace each other, so count again
            documents = sum(len(each.data) for each in list(self.documents.kept.values()))
            self._bytes = documents + len(json.dumps(list(self.ledger.kept.values())))
        return len(self.ledger.kept) >= MOST or self._bytes + len(request.body) > LARGEST


class StoreRun:
    """A package on a launcher with a record store: see `Run`."""

    def __init__(
        self,
        house: House,
        standard: str,
        learner: str,
        mode: Mode,
        platform: str,
        changed: Callable[[], None],
        stores: Stores,
        origin: str,
    ) -> None:
        self.url = house.path
        self._house = house
        self._standard = standard
        self._learner = learner
        self._changed = changed
        self._home = f"{origin}{house.path}"
        self._log = Log()
        # Under a name of its own: what a learner before this one still sends does not come here.
        self._store = _Watched(stores, f"{house.path.strip('/')}-{secrets.token_hex(4)}", self._hear_of)
        self._troubles = Troubles(standard, self._store.faults)
        self._launch: Session | TinCan | None = None
        self._said = 0  # statements that were there when it was launched
        self._launches = 0
        self._by_token: dict[str, int] = {}  # in cmi5, the launch that a token was made for
        self._is_closed = True
        self._owner = secrets.token_hex(8)
        self._registration = str(uuid.uuid4())  # of Tin Can
        self._enrolled: Registration | None = None  # in cmi5
        self._kept: dict[str, Any] | None = None  # until something changes
        self._result: Result | None = None  # likewise
        self._lock = threading.RLock()
        self.choose(mode, platform)

    # What the preview asks ------------------------------------------------------------------------

    def choose(self, mode: Mode, platform: str) -> None:
        self._mode = mode
        self._platform = platform_of(platform)

    def replace(self, package: Package) -> None:
        self._house.move_in(package)

    def troubles(self) -> list[dict[str, Any]]:
        return self._troubles.shown()

    def trouble(self, name: str, is_on: bool) -> None:
        self._troubles.switch(name, is_on)

    def recorded(self, since: int = 0) -> Recorded:
        with self._lock:
            state = self._state()
            return Recorded(
                self._log.after(since),
                (*self._facts(), *self._documents()),
                _text(state.data) if state else "",
                None,
                self._result_now(),
                self._is_open,
            )

    def _result_now(self) -> Result:
        if self._result is None:
            self._result = result_of(self._store.statements(), self._activity)
        return self._result

    def keep(self) -> Any:
        """Statements, documents and registration; the same object as long as nothing has changed."""
        with self._lock:
            if self._kept is None:
                self._kept = self._all()
            return self._kept

    def _all(self) -> dict[str, Any]:
        enrolled = self._enrolled
        return {
            "owner": self._owner,
            "launches": self._launches,
            "registration": enrolled.id if enrolled else self._registration,
            "statements": list(self._store.ledger.kept.values()),
            "documents": [
                [list(key), base64.b64encode(each.data).decode(), each.media_type, each.updated]
                for key, each in self._store.documents.kept.items()
            ],
            "activities": enrolled.activities if enrolled else {},
            "satisfied": enrolled.satisfied if enrolled else [],
            "verbs": [[each.unit.id, each.verbs] for each in enrolled.sessions] if enrolled else [],
        }

    def restore(self, kept: Any) -> None:
        """Go on from what `keep` gave. Raises KeyError, TypeError or ValueError for anything else."""
        self._owner, self._launches = str(kept["owner"]), int(kept["launches"])
        self._registration = str(uuid.UUID(kept["registration"]))
        ledger, documents = self._store.ledger, self._store.documents
        for statement in kept["statements"]:
            number = statement["id"].lower()
            ledger.kept[number] = ledger.sent[number] = statement
            if statement["verb"]["id"] == VOIDED:
                ledger.voided.add(statement["object"]["id"].lower())
        for key, data, media_type, updated in kept["documents"]:
            documents.kept[tuple(key)] = Document(base64.b64decode(data), media_type, updated)
        if self._standard == "cmi5":
            self._enrolled = self._enrol_again(kept)

    def _enrol_again(self, kept: Any) -> Registration:
        course = self._course()
        enrolled = Registration(course, self._actor, self._registration, satisfied=list(kept["satisfied"]))
        enrolled.activities.update(kept["activities"])
        for unit, verbs in kept["verbs"]:
            session = Session(enrolled, Unit(unit), "Normal", {}, self._store.ledger, str(uuid.uuid4()))
            session.verbs, session.abandoned = list(verbs), True
            enrolled.sessions.append(session)
        return enrolled

    # What the page asks ---------------------------------------------------------------------------

    def hear(self, request: Request) -> Answer | None:
        path = self._house.inner(request)
        match request.method, path:
            case "POST", "launch":
                return self._open()
            case "POST", "calls":  # there are none, and with the last of them the page is gone
                if (request.query.get("session"), request.query.get("by")) == (str(self._launches), self._owner):
                    self._is_closed = True
                    self._changed()
                return Answer()
            case _, "left":
                return self._house.left()
        return self._house.read(request, path)

    def _open(self) -> Answer:
        with self._lock:
            self._launches += 1
            title, *about = self._begin_cmi5() if self._standard == "cmi5" else self._begin_tincan()
            assert self._launch is not None
            self._said = len(self._store.ledger.kept)
            self._is_closed, self._kept, self._result = False, None, None
            self._log.add(self._launches, "Launch", *filter(None, about))
            visit = {"session": self._launches, "by": self._owner}
            facts = {"title": title or "Course", "course": self._launch.url, **visit}
        self._changed()
        return self._house.launch(facts)

    def _begin_tincan(self) -> tuple[str, ...]:
        opening = read_tincan(self._house.package)
        url = urljoin(f"{self._home}{COURSE}", opening.path)
        self._launch = self._store.launch_tincan(
            url, opening.activity, actor=self._actor, registration=self._registration
        )
        note = "" if self._mode == "normal" else f"Tin Can knows no mode, so not {self._mode}"
        return opening.title, self._platform.title, opening.path, note

    def _begin_cmi5(self) -> tuple[str, ...]:
        course = self._course()
        if self._enrolled is None:
            self._enrolled = self._store.enrol(course, self._actor)
        self._enrolled.course = course
        unit = course.units[0]
        is_done = self._platform.reviews and unit.id in self._enrolled.satisfied
        mode = "Review" if is_done else _MODES.get(self._mode, "Normal")
        url = urljoin(f"{self._home}{COURSE}", unit.url)
        self._launch = self._store.launch_cmi5(
            url, unit, again=self._enrolled, mode=mode, return_url=f"{self._home}left"
        )
        self._by_token[self._launch.token] = self._launches
        more = f"the first of {len(course.units)} units: a preview plays no others" if len(course.units) > 1 else ""
        note = "cmi5 knows no launch without credit" if self._mode == "no-credit" else ""
        return "", mode, self._platform.title, unit.url, more, note

    def _course(self) -> Course:
        """The course that cmi5.xml describes; one unit at the usual place where it describes none."""
        try:
            course = read_course(self._house.package)
        except ValueError:
            course = Course.of_one(Unit())
        return course if course.units else Course.of_one(Unit())

    @property
    def _actor(self) -> dict[str, Any]:
        name = f"{re.sub('[^a-z0-9]+', '-', self._learner.lower())}-{self._owner}"
        account = {"homePage": "https://lms.example", "name": name}
        return {"objectType": "Agent", "name": self._learner, "account": account}

    # What is on record ----------------------------------------------------------------------------

    def _hear_of(self, request: Request) -> None:
        """A request was answered, or was lost."""
        if request.method == "OPTIONS" and not request.fault:
            return
        what = request.path.removeprefix(ROOT) if request.path.startswith(ROOT) else request.path.split("/")[1]
        status = "no answer" if request.status is None else str(request.status)
        with self._lock:
            launch = self._by_token.get(request.header("Authorization").removeprefix("Basic "), self._launches)
            self._kept = self._result = None
            self._log.add(
                launch,
                f"{request.method} {what}",
                *sent(request, self._activity),
                answer=f"{status} {'' if request.fault else request.error}".strip(),
                refused=_is_refused(request),
                # A course that was opened anew while it said goodbye is refused, and did nothing wrong.
                flaws=flaws(request) if launch == self._launches else (),
                trouble=self._troubles.named(request.fault),
                weight=min(len(request.body), LONGEST) + min(len(request.answer), LONGEST),
                detail=_detail(request),
            )
        self._changed()

    @property
    def _activity(self) -> str:
        return self._launch.activity if self._launch else ""

    @property
    def _is_open(self) -> bool:
        if self._launch is None or self._is_closed:
            return False
        if isinstance(self._launch, Session):
            return not self._launch.terminated
        said = [verb_of(each) for each in list(self._store.ledger.kept.values())[self._said :]]
        return not set(said) & set(_LAST)

    def _state(self) -> Document | None:
        """What the course has saved to go on from: ours, or the newest of another maker's."""
        found = self._store.documents.kept
        states = {key: found[key] for key in list(found) if key[0] == _STATE and key[-1] != LAUNCH_DATA}
        ours = [document for key, document in states.items() if key[-1] == _OURS]
        return max(ours or states.values(), key=lambda each: each.updated, default=None)

    def _documents(self) -> list[tuple[str, str]]:
        """Every document, by its resource and its own id."""
        kept = self._store.documents.kept
        return sorted((f"{key[0]} {key[-1]}", _text(kept[key].data[:LONGEST])) for key in list(kept))

    def _facts(self) -> list[tuple[str, str]]:
        """What the launch and the learner are."""
        launch = self._launch
        if launch is None:
            return []
        facts = [("activity", launch.activity), ("actor", json.dumps(self._actor, ensure_ascii=False))]
        if isinstance(launch, TinCan):
            return [*facts, ("registration", self._registration)]
        unit = launch.unit
        return [
            *facts,
            ("registration", launch.registration.id),
            ("launch mode", launch.mode),
            ("moveOn", unit.move_on),
            ("mastery score", "none" if unit.mastery_score is None else str(unit.mastery_score)),
            ("satisfied", "yes" if launch.satisfied else "not yet"),
            ("said in this session", ", ".join(launch.verbs) or "nothing"),
        ]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_refused(request: Request) -> bool:
    return request.status is None or (request.status >= 400 and (request.method, request.status) != ("GET", 404))


def _detail(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "body": body_of(request.body) if request.body else None,
        "status": request.status,
        "answer": body_of(request.answer) if request.answer else None,
    }
