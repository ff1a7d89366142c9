"""A record store, with a launcher for cmi5 or as Tin Can has it, and what a course says to them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Page

from scormpack.check.played import RUN_15
from scormpack.diagnostics import Diagnostic, Place, Severity
from scormpack.inspect.opening import read_tincan
from scormpack.inspect.play.platform import ARRIVES, MOST_OTHERS, POLL, Platform, Standing, Told, Trouble, Unit
from scormpack.lms import Course, RecordStore, Registration, Request, Session, TinCan, answer, drop, read_course
from scormpack.lms.judge.cmi5 import LAUNCH_DATA
from scormpack.lms.judge.values import parse
from scormpack.package import Package

LARGEST = 50_000_000  # bytes of all that a course may send
_STATE = "activities/state"
_SAVES = ("PUT", "POST")


class StorePlatform(Platform):
    """A strict record store. A learner has a registration, in which the first unit of a course is launched."""

    def __init__(self, package: Package, kind: str, stack: ExitStack) -> None:
        self._package = package
        self._store = stack.enter_context(RecordStore())
        self._origin = self._store.serve(package)
        self._launches: list[tuple[str, Session | TinCan, int]] = []  # the learner, and how many requests came before
        self._registrations: dict[str, Registration | str] = {}
        self._bytes = 0  # of all that has come
        self._full = answer(413, times=None, matching=self._is_full)
        self._store.faults.append(self._full)
        self._course: Course | None = None
        self.origins = (self._store.address, self._origin)
        self.files = self._origin
        self.knows_modes = kind == "cmi5"
        if kind == "xapi":
            self.silence = Severity.WARNING  # no text about Tin Can asks for a statement
        self._read(kind)

    def _read(self, kind: str) -> None:
        """What is to be opened; nothing where nothing can be launched, which the rules about packages tell."""
        opening = read_tincan(self._package)
        self._activity, self._path = opening.activity, opening.path
        if kind == "cmi5":
            self._path = ""
            with suppress(ValueError):
                self._course = read_course(self._package)
                self._path, *others = [unit.url for unit in self._course.units[: 1 + MOST_OTHERS]] or [""]
                self.others = tuple(Unit("", path.partition("?")[0]) for path in others)
        self.start = self._path.partition("?")[0]

    def launch(self, learner: str, looks: bool = False, number: int = 0) -> str:
        before = len(self._store.log)
        launch = self._launch(learner, looks, number)
        self._launches.append((learner, launch, before))
        return launch.url

    def _launch(self, learner: str, looks: bool, number: int) -> Session | TinCan:
        actor = {
            "objectType": "Agent",
            "name": learner,
            "account": {"homePage": "https://lms.example", "name": learner},
        }
        if self._course is None:
            registration = self._registrations.setdefault(learner, str(uuid.uuid4()))
            url = urljoin(self._origin, self._path)
            return self._store.launch_tincan(url, self._activity, actor=actor, registration=str(registration))
        enrolled = self._registrations.get(learner) or self._store.enrol(self._course, actor)
        assert isinstance(enrolled, Registration)
        self._registrations[learner] = enrolled
        mode: Any = "Review" if looks else "Normal"
        unit = self._course.units[number]
        url = urljoin(self._origin, unit.url)
        return self._store.launch_cmi5(url, unit, again=enrolled, mode=mode, return_url=self._store.back)

    def count(self, page: Page) -> int:  # noqa: ARG002
        return len(self._last.said()) + len(self._asked()) if self._last.said() else 0

    @property
    def _last(self) -> Session | TinCan:
        return self._launches[-1][1]

    def _asked(self) -> list[Request]:
        """The requests of the last launch, without preflights."""
        return [each for each in self._store.log[self._launches[-1][2] :] if each.method != "OPTIONS"]

    def told(self, page: Page | None, context: BrowserContext) -> Told:  # noqa: ARG002
        if page is None:
            self._wait_for_last_words()
        asked = self._asked()
        began = asked[0].at if asked else 0.0
        told = Told()
        for each in asked:
            told.words.append((each.at - began, _words(each), (each.status or 0) >= 400 or each.status is None))
            told.asked_for_place |= _is_about_state(each) and each.method == "GET"
        return told

    def _wait_for_last_words(self) -> None:
        """Until nothing more has come for a moment: what is sent while a page is closed comes a little later."""
        end, seen, since = time.monotonic() + ARRIVES, -1, time.monotonic()
        while time.monotonic() < end:
            if (now := len(self._store.log)) != seen:
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > 10 * POLL and all(each.status or each.fault for each in self._asked()):
                return
            time.sleep(POLL)

    def standing(self, learner: str) -> Standing:
        said = [each for whose, launch, _ in self._launches if whose == learner for each in launch.said()]
        names = {str(each["verb"]["id"]).rpartition("/")[2] for each in said}
        scores = (each.get("result", {}).get("score", {}).get("scaled") for each in said)
        score = next((str(each) for each in scores if each is not None), "")
        return Standing(
            "completed" if "completed" in names else "incomplete" if names else "",
            "passed" if "passed" in names else "failed" if "failed" in names else "",
            score,
            self._has_state(learner),
            "no document of state is on record",
        )

    def _has_state(self, learner: str) -> bool:
        """Whether there is a document of state for this learner, but for what the launcher has put there."""
        keys = [key for key in list(self._store.documents.kept) if key[0] == _STATE and key[-1] != LAUNCH_DATA]
        return any(learner in part for key in keys for part in key)

    def fail(self, trouble: Trouble) -> None:
        faults = {"refused": answer(503, times=None, matching=_is_save), "lost": drop(times=None)}
        self._store.faults[:] = [self._full, *([faults[trouble]] if trouble in faults else [])]

    def _is_full(self, request: Request) -> bool:
        """Whether there is no room for one more request."""
        self._bytes += len(request.body)
        return self._bytes > LARGEST

    def failed_saves(self) -> int:
        return sum(_is_save(each) and each.fault in ("answer", "drop") for each in self._asked())

    def lost(self, learner: str) -> list[str]:  # noqa: ARG002
        kept = {str(each["id"]) for each in self._store.statements()}
        tried = [each for each in self._asked() if each.fault and each.is_for("statements")]
        sent = [statement for each in tried for statement in _statements(each)]
        return [f"statement {each['id']}" for each in sent if "id" in each and str(each["id"]) not in kept]

    def judge(self, is_ours: bool) -> Iterator[Diagnostic]:  # noqa: ARG002
        where = Place(self._package.name, outside=True)
        for number, (_, launch, _) in enumerate(self._launches, 1):
            for failure in launch.failures if isinstance(launch, Session) else ():
                yield RUN_15.finding(f"cmi5 {failure} (launch {number})", where, RUN_15.remedy)
        for each in self._store.refused():
            if not each.failures and each.status != 412:  # 412: another page was there first, so it looks again
                yield RUN_15.finding(f"{each.method} {each.path}: {each.error}", where, RUN_15.remedy)


def _is_save(request: Request) -> bool:
    return request.method in _SAVES


def _words(request: Request) -> str:
    verbs = [each.get("verb") for each in _statements(request)]
    names = [str(each.get("id")).rpartition("/")[2] for each in verbs if isinstance(each, dict)]
    about = ", ".join(names) or request.query.get("stateId", "")
    return f"{request.method} {request.path} {about} → {request.status}"


def _statements(request: Request) -> list[dict[str, Any]]:
    """The statements that were sent; none where it was something else."""
    if not _is_save(request) or not request.is_for("statements"):
        return []
    try:
        found = parse(request.body)
    except ValueError:
        return []
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


def _is_about_state(request: Request) -> bool:
    return request.is_for(_STATE) and request.query.get("stateId") != LAUNCH_DATA
