"""The record store as a server: who may ask, what pages may see, what goes wrong on purpose, and a log of it all."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, Self
from urllib.parse import quote, urlencode
from weakref import WeakValueDictionary

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.faults import LOGIN, Fault
from scormpack.lms.files import Files, package_files
from scormpack.lms.launch.cmi5 import LEARNER, PREFERRED, Launcher, Mode, Registration, Session
from scormpack.lms.launch.structure import Course, Unit
from scormpack.lms.launch.tincan import TinCan, as_of_old
from scormpack.lms.server import HOST, Server
from scormpack.lms.store.documents import Documents
from scormpack.lms.store.ledger import Ledger, Statement
from scormpack.lms.store.resources import ROOT, Guard, Resources
from scormpack.package import Package

BACK = "/back"
_POLL = 0.02  # seconds from one look to the next whether a delay was taken away
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
HEADERS = ("authorization", "content-type", "x-experience-api-version", "if-match", "if-none-match")
EXPOSED = (
    "ETag",
    "Last-Modified",
    "Retry-After",
    "X-Experience-API-Version",
    "X-Experience-API-Consistent-Through",
)


class Anyone(Guard):
    """The guard who objects to nothing: whoever has the store's own key may do everything."""

    def query(self) -> None: ...

    def statements(self, new: list[Statement], sent: list[Statement]) -> None: ...

    def document(self, request: Request, resource: str, query: dict[str, Any]) -> None: ...


class RecordStore:
    """A record store on this machine while its context is open; `scormpack.lms` shows how it is used.

    `behind` is another store: requests for statements that are right are kept here and given to it as well, and the
    page gets its answer. `auth` is the store's own key, an Authorization header; `faults` are what goes wrong from
    now on; `log` has every request since the store was opened. Leaving the context raises an ExceptionGroup if the
    store itself has failed.

    One `among` others, with a name, is reached at their server. Its context need not be entered.
    """

    def __init__(
        self, behind: Callable[[Request], Answer] | None = None, among: tuple[Stores, str] | None = None
    ) -> None:
        self.behind = behind
        self._below = f"/{among[1]}" if among else ""
        self.resources = Resources(below=self._below)
        self.launcher = Launcher(self.ledger, self.documents)
        self.auth = f"Basic {base64.b64encode(f'content:{secrets.token_hex(12)}'.encode()).decode()}"
        self.faults: list[Fault] = []
        self.log: list[Request] = []
        self._lock = threading.Lock()
        self._ended = among[0].ended if among else threading.Event()
        self._server = among[0].server if among else Server(self.hear)
        self._open = ExitStack()
        if among:
            among[0].named[among[1]] = self

    def __enter__(self) -> Self:
        self._open.enter_context(self._server)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._open.close()

    # What is there --------------------------------------------------------------------------------

    @property
    def ledger(self) -> Ledger:
        """The statements that are kept."""
        return self.resources.ledger

    @property
    def documents(self) -> Documents:
        """The documents that are kept."""
        return self.resources.documents

    @property
    def address(self) -> str:
        """The store's origin, and the path below which it is, without a slash at the end."""
        return f"{self._server.address}{self._below}"

    @property
    def endpoint(self) -> str:
        """The `endpoint` that content is launched with."""
        return f"{self.address}{ROOT}"

    @property
    def back(self) -> str:
        """A page to return to, for `return_url`."""
        return f"{self.address}{BACK}"

    def serve(self, package: Package) -> str:
        """Serve a package as long as the store is open.

        Returns its origin with a slash at the end; it is another than the store's, as on real platforms.
        """
        server = self._open.enter_context(Server(Files(package_files(package)).answer))
        return f"{server.address}/"

    def statements(self, verb: str = "") -> list[Statement]:
        """Return all statements that are kept, in order, or those whose verb has this name, such as `passed`."""
        return self.ledger.find(lambda s: s["verb"]["id"].endswith(f"/{verb}" if verb else ""))

    def requests(self, method: str = "", path: str = "") -> list[Request]:
        """Return the requests so far, without preflights.

        `path` is one or more whole parts of the path, such as `state`; what is left out fits every request.
        """
        asked = [request for request in self.log if request.method != "OPTIONS"]
        return [one for one in asked if method in ("", one.method) and one.is_for(path)]

    def refused(self) -> list[Request]:
        """Return the requests that were answered with 400 or more.

        Trouble on purpose does not count, nor does a document that is not there yet.
        """
        return [
            one
            for one in self.log
            if (one.status or 0) >= 400 and not one.fault and (one.method, one.status) != ("GET", 404)
        ]

    def wait_for(self, condition: Callable[[], object], seconds: float = 5) -> None:
        """Wait until `condition` is true: what a page sends while it is closed comes late.

        Raises TimeoutError, with every request in its message, if that takes longer than `seconds`.
        """
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("\n".join(["it has not come true; what was asked:", *map(str, self.log)]))
            time.sleep(0.01)

    # Launches -------------------------------------------------------------------------------------

    def enrol(self, course: Course, actor: dict[str, Any] | None = None) -> Registration:
        """Return the registration of `actor`, or of `LEARNER`, for a course: its units are launched in it."""
        with self._lock:
            return self.launcher.enrol(course, actor or LEARNER)

    def launch_cmi5(
        self,
        url: str,
        unit: Unit | None = None,
        *,
        actor: dict[str, Any] | None = None,
        again: Session | Registration | None = None,
        mode: Mode = "Normal",
        return_url: str | None = None,
        context: dict[str, Any] | None = None,
        preferences: dict[str, str] | None = PREFERRED,
        preferences_locked: bool = False,
        endpoint: str = "",
    ) -> Session:
        """Launch the unit at `url` and return its session (cmi5, 8.1); `session.url` is what to open.

        `again` is a registration, or a session whose registration, and unit if none is given, is used again; without
        it the unit is a course of its own, for `actor` or `LEARNER`. In a course that has the unit, `unit` replaces
        what the course says of it.
        `context` is put into the context template. `preferences` are the learner's; None writes no such document, and
        `preferences_locked` refuses to change it. `endpoint` is another one than the store's.
        Raises ValueError if the course of the registration has no such unit.
        """
        if isinstance(again, Session):
            unit, again = unit or again.unit, again.registration
        unit = unit or Unit()
        with self._lock:
            registration = again or self.launcher.enrol(Course.of_one(unit), actor or LEARNER)
            registration.course = registration.course.with_unit(unit)
            session = self.launcher.launch(registration, unit, mode, return_url, context, preferences)
            session.preferences_locked = preferences_locked
            session.url = _with_query(url, self._cmi5_query(session, endpoint))
            self.launcher.start(session)
        return session

    def _cmi5_query(self, session: Session, endpoint: str) -> dict[str, str]:
        registration = session.registration
        return {
            "endpoint": endpoint or self.endpoint,
            "fetch": f"{self.address}/fetch/{session.id}",
            "actor": json.dumps(registration.actor),
            "registration": registration.id,
            "activityId": session.activity,
        }

    def launch_tincan(
        self,
        url: str,
        activity: str,
        *,
        actor: dict[str, Any] | None = None,
        old_actor: bool = False,
        registration: str | None = None,
        endpoint: str = "",
        **more: str,
    ) -> TinCan:
        """Launch the Tin Can content at `url` and return the launch; `launch.url` is what to open.

        `activity` is the id of the activity in tincan.xml. `old_actor` writes the actor in the form of launchers
        before xAPI 1.0. Without `registration` there is none. `more` are further parameters of the address.
        """
        someone = actor or {"mbox": "mailto:sam@example.org", "name": "Sam Example", "objectType": "Agent"}
        query = {
            "endpoint": endpoint or self.endpoint,
            "auth": self.auth,
            "actor": json.dumps(as_of_old(someone) if old_actor else someone),
            **({"registration": registration} if registration else {}),
            "activity_id": activity,
            **more,
        }
        return TinCan(_with_query(url, query), activity, someone, registration, self.ledger, self.documents)

    # What the server does -------------------------------------------------------------------------

    def hear(self, request: Request) -> Answer | None:
        """The answer to a request, or None if none is to come.

        Every connection ends with its answer: browsers quietly repeat what they lose on one that is kept open.
        """
        self.log.append(request)
        with self._lock:
            faults = [] if request.path == BACK else self.faults  # another system's page
            fault = next((fault for fault in faults if fault.strikes(request)), None)
        answer = self._answer(request, fault)
        if answer is None:
            return None
        request.status, request.answer = answer.status, answer.body
        return replace(answer, headers={"X-Experience-API-Version": "1.0.3", "Connection": "close", **answer.headers})

    def _answer(self, request: Request, fault: Fault | None) -> Answer | None:
        if fault is None:
            return _open_to_pages(request, self._carry_out(request))
        request.fault = fault.name
        match fault.name:
            case "answer":
                return _open_to_pages(request, _on_purpose(fault))
            case "login":
                return _open_to_pages(request, LOGIN)
            case "delay":
                return _open_to_pages(request, self._carry_out(request)) if self._wait_out(fault) else None
            case "cors":
                return Answer(403) if request.method == "OPTIONS" else self._carry_out(request)
            case "lose":
                self._carry_out(request)
        return None

    def _wait_out(self, fault: Fault) -> bool:
        """Wait until the delay is over or taken away; whether the store is still open."""
        end = time.monotonic() + fault.seconds
        while any(each is fault for each in self.faults) and time.monotonic() < end:
            if self._ended.wait(_POLL):
                break
        return not self._ended.is_set()

    def _carry_out(self, request: Request) -> Answer:
        """Do what is asked; the answer is what came of it, or why it was refused."""
        try:
            with self._lock:
                return self._attempt(request)
        except Refusal as refusal:
            request.failures = refusal.failures
            return refusal.answer()

    def _attempt(self, request: Request) -> Answer:
        if request.method == "OPTIONS":
            return _preflight(request)
        if request.path.startswith("/fetch/"):
            return self._fetch(request)
        if request.path == BACK:
            return Answer(200, b"<!doctype html><title>Back</title>", {"Content-Type": "text/html"})
        if not request.path.startswith(ROOT):
            raise Refusal(404, f"there is nothing at {request.path}")
        if request.path == f"{ROOT}about":
            return self.resources.answer(request, Anyone())
        guard = self._guard(request)
        answer = self.resources.answer(request, guard)
        if isinstance(guard, Session):
            self.launcher.settle(guard)
        return self.behind(request) if self.behind and request.path == f"{ROOT}statements" else answer

    def _fetch(self, request: Request) -> Answer:
        session = self.launcher.by_id.get(request.path.removeprefix("/fetch/"))
        if session is None:
            raise Refusal(404, "there is no such session")
        return answer_json(session.fetch(request))

    def _guard(self, request: Request) -> Guard:
        """Who watches over this request, by the key that comes with it."""
        shown = request.header("Authorization")
        if not shown:
            raise Refusal(401, "the header Authorization is missing")
        if shown == self.auth:
            return Anyone()
        scheme, _, token = shown.partition(" ")
        session = self.launcher.by_token.get(token)
        if scheme != "Basic" or session is None or not session.fetches:
            raise Refusal(401, "the header Authorization opens nothing here")
        return session


class Stores:
    """Record stores that share a server, and nothing else, while its context is open.

    `RecordStore(among=(stores, name))` is one of them, reached below its name as long as somebody holds it. `host` is
    the address by which they can be reached, this machine's own unless told otherwise. Several threads may ask.
    """

    def __init__(self, host: str = HOST) -> None:
        self.named: WeakValueDictionary[str, RecordStore] = WeakValueDictionary()
        self.ended = threading.Event()
        self.server = Server(self._hear, host)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.server.close()

    def _hear(self, request: Request) -> Answer | None:
        name, slash, rest = request.path[1:].partition("/")
        store = self.named.get(name)
        if store is None:
            raise Refusal(404, "there is no such store")
        return store.hear(replace(request, path=f"{slash}{rest}"))


def _with_query(url: str, query: dict[str, str]) -> str:
    """The URL with parameters after those that it has (cmi5, 13.1.4)."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query, quote_via=quote, safe='')}"


def _on_purpose(fault: Fault) -> Answer:
    headers = {} if fault.retry_after is None else {"Retry_After": str(fault.retry_after)}
    return answer_json({"error": "trouble on purpose"}, fault.status, **headers)


# What pages of other origins may do (the Fetch standard, 3.3) --------------------------------------


def _preflight(request: Request) -> Answer:
    method = request.header("Access-Control-Request-Method")
    headers = request.header("Access-Control-Request-Headers").lower().split(",")
    unknown = [name.strip() for name in headers if name.strip() and name.strip() not in HEADERS]
    if method not in METHODS or unknown:
        raise Refusal(403, f"a page may not send {method} with {', '.join(unknown) or 'these headers'}")
    allowed = {"Access-Control-Allow-Methods": ", ".join(METHODS), "Access-Control-Allow-Headers": ", ".join(HEADERS)}
    return Answer(204, headers=allowed)


def _open_to_pages(request: Request, answer: Answer) -> Answer:
    """The answer, with the headers without which a browser hides it from a page of another origin."""
    origin = request.header("Origin")
    if not origin or (request.method == "OPTIONS" and answer.status >= 400):
        return answer
    more = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": ", ".join(EXPOSED),
        "Vary": "Origin",
    }
    return replace(answer, headers={**answer.headers, **more})
