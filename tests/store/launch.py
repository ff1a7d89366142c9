"""Launches: a unit in a cmi5 session, content in a Tin Can launch.

The launcher keeps the LMS's part of cmi5: it records `launched`, `abandoned` and `satisfied`, writes the launch
data and the learner's preferences, gives one token by one fetch, and notes every failure of the unit. A course has
one unit here.
"""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from store.cmi5 import (
    CMI5,
    LAUNCH_DATA,
    PREFERENCES,
    SESSION_ID,
    VERBS,
    Case,
    Failure,
    Past,
    Terms,
    defined_verb,
    judge,
    judge_document,
)
from store.documents import Document, Documents
from store.exchange import Refusal, Request
from store.ledger import Ledger, Statement, now
from store.resources import document_key
from store.values import moment

LEARNER = {
    "objectType": "Agent",
    "name": "Sam Example",
    "account": {"homePage": "https://lms.example", "name": "learner-1"},
}
PREFERRED = {"languagePreference": "en-US,en", "audioPreference": "on"}
_EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
_TYPE = "https://w3id.org/xapi/cmi5/activitytype/"
_ENOUGH: dict[str, Callable[[set[str]], bool]] = {
    "NotApplicable": lambda verbs: True,  # noqa: ARG005
    "Passed": lambda verbs: "passed" in verbs,
    "Completed": lambda verbs: "completed" in verbs,
    "CompletedAndPassed": lambda verbs: {"completed", "passed"} <= verbs,
    "CompletedOrPassed": lambda verbs: bool({"completed", "passed"} & verbs),
}


@dataclass(frozen=True)
class Unit:
    """An assignable unit, as cmi5.xml describes it; `id` is the publisher's."""

    id: str = "https://content.example/course/unit"
    move_on: str = "CompletedOrPassed"
    mastery_score: float | None = None
    launch_parameters: str | None = None
    entitlement_key: str | None = None
    launch_method: str = "AnyWindow"


@dataclass
class Registration:
    """A learner's enrolment in the course of one unit."""

    unit: Unit
    actor: dict[str, Any]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    activity: str = field(default_factory=lambda: f"https://lms.example/activity/{uuid.uuid4()}")
    course: str = field(default_factory=lambda: f"https://lms.example/course/{uuid.uuid4()}")
    sessions: list[Session] = field(default_factory=list)
    satisfied: bool = False

    @property
    def verbs(self) -> set[str]:
        """What the unit has said in all its sessions."""
        return {verb for session in self.sessions for verb in session.verbs}


@dataclass
class Session:
    """One launch of a unit: a guard of the store, for requests with its token.

    `url` is what to open. `verbs` are the names of the verbs that cmi5 defines, in order; `failures` is everything
    that the unit did wrong.
    """

    registration: Registration
    mode: str
    template: dict[str, Any]
    ledger: Ledger
    id: str
    url: str = ""
    token: str = field(default_factory=lambda: base64.b64encode(secrets.token_hex(12).encode() + b":").decode())
    fetches: int = 0
    verbs: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    launch_data_read: bool = False
    preferences_read: bool = False
    preferences_locked: bool = False
    abandoned: bool = False
    launched_at: str = field(default_factory=now)

    @property
    def initialized(self) -> bool:
        return "initialized" in self.verbs

    @property
    def terminated(self) -> bool:
        return "terminated" in self.verbs

    @property
    def satisfied(self) -> bool:
        """Whether the learner has done what the course asks for, in this or an earlier session."""
        return self.registration.satisfied

    @property
    def terms(self) -> Terms:
        enrolled = self.registration
        mastery = enrolled.unit.mastery_score
        return Terms(enrolled.actor, enrolled.id, enrolled.activity, self.id, self.template, self.mode, mastery)

    @property
    def past(self) -> Past:
        earlier = [verb for other in self.registration.sessions if other is not self for verb in other.verbs]
        return Past(tuple(self.verbs), tuple(earlier), self.abandoned, self.launch_data_read, self.preferences_read)

    def said(self, name: str = "") -> list[Statement]:
        """The unit's statements, or those whose verb has this name."""
        return [
            found
            for found in self.ledger.find(lambda s: _session_of(s) == self.id)
            if not _by_the_launcher(found) and found["verb"]["id"].endswith(f"/{name}" if name else "")
        ]

    def fetch(self, request: Request) -> dict[str, str]:
        """What the fetch URL says: the token, once."""
        self.fetches += 1
        if request.method != "POST":
            self.failures.append(Failure("8.2.2.0-4", "the fetch URL is asked by POST only"))
            raise Refusal(405, "the fetch URL is asked by POST only")
        if self.fetches > 1 or self.abandoned or self.terminated:
            return {"error-code": "1", "error-text": "the fetch URL was used before"}
        return {"auth-token": self.token}

    # As a guard -----------------------------------------------------------------------------------

    def query(self) -> None:
        if self.terminated or self.abandoned:
            self._refuse([Failure("8.1.2.0-2 (d)", "the session is over")])

    def statements(self, new: list[Statement], sent: list[Statement]) -> None:
        ids = {statement["id"] for statement in sent if "id" in statement}
        past, found = self.past, []
        for statement in new:
            found += judge(Case(statement, self.terms, past, has_id=statement["id"] in ids))
            past = replace(past, here=(*past.here, *filter(None, [defined_verb(statement)])))
        self._refuse(found)
        self.verbs = list(past.here)

    def document(self, request: Request, resource: str, query: dict[str, Any]) -> None:
        self._refuse(judge_document(request.method, resource, query, request.body, self.terms, self.past))
        if resource == "agents/profile" and query.get("profileId") == PREFERENCES:
            if request.method == "GET":
                self.preferences_read = True
            elif self.preferences_locked:
                raise Refusal(403, "the learner's preferences cannot be changed here")
        if resource == "activities/state" and query.get("stateId") == LAUNCH_DATA:
            self.launch_data_read = True

    def _refuse(self, found: list[Failure]) -> None:
        self.failures += found
        if found:
            raise Refusal(403, "; ".join(map(str, found)), found)


def _session_of(statement: Statement) -> Any:
    return statement.get("context", {}).get("extensions", {}).get(SESSION_ID)


def _by_the_launcher(statement: Statement) -> bool:
    return defined_verb(statement) in ("launched", "abandoned", "waived", "satisfied")


@dataclass
class Launcher:
    """The LMS of cmi5, on a store's ledger and documents."""

    ledger: Ledger
    documents: Documents
    by_token: dict[str, Session] = field(default_factory=dict)
    by_id: dict[str, Session] = field(default_factory=dict)

    def launch(
        self,
        registration: Registration,
        mode: str = "Normal",
        return_url: str | None = None,
        context: dict[str, Any] | None = None,
        preferences: dict[str, str] | None = None,
    ) -> Session:
        """A new session: the one before, if it is open, is abandoned."""
        for earlier in registration.sessions:
            self._abandon(earlier)
        number = str(uuid.uuid4())
        session = Session(
            registration, mode, _template(registration.unit, number, context or {}), self.ledger, number
        )
        registration.sessions.append(session)
        self.by_token[session.token] = self.by_id[session.id] = session
        self._write(session, return_url, preferences)
        return session

    def start(self, session: Session) -> None:
        """Record the launch, now that its URL is known."""
        unit = session.registration.unit
        told = {
            "launchmode": session.mode,
            "launchurl": session.url.partition("?")[0],
            "moveon": unit.move_on,
            "masteryscore": unit.mastery_score,
            "launchparameters": unit.launch_parameters,
        }
        extensions = {f"{_EXTENSION}{name}": value for name, value in told.items() if value is not None}
        self._say(session, "launched", session.registration.activity, {}, extensions)
        self.settle(session)

    def settle(self, session: Session) -> None:
        """Record that the course is satisfied as soon as it is."""
        registration = session.registration
        if not registration.satisfied and _ENOUGH[registration.unit.move_on](registration.verbs):
            registration.satisfied = True
            self._say(session, "satisfied", registration.course, {}, {}, {"type": f"{_TYPE}course"})

    def _abandon(self, session: Session) -> None:
        if session.terminated or session.abandoned:
            return
        session.abandoned = True
        said = session.said()
        seconds = (moment(said[-1]["stored"]) - moment(session.launched_at)).total_seconds() if said else 0
        result = {"duration": f"PT{seconds:.3f}S"}
        self._say(session, "abandoned", session.registration.activity, result, {})

    def _say(
        self,
        session: Session,
        verb: str,
        thing: str,
        result: dict[str, Any],
        extensions: dict[str, Any],
        definition: dict[str, Any] | None = None,
    ) -> None:
        grouping = session.template["contextActivities"]["grouping"]
        statement: Statement = {
            "id": str(uuid.uuid4()),
            "actor": session.registration.actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": {"id": thing, **({"definition": definition} if definition else {})},
            "context": {
                "registration": session.registration.id,
                "contextActivities": {"category": [{"id": CMI5}], "grouping": grouping},
                "extensions": {SESSION_ID: session.id, **extensions},
            },
            "timestamp": now(),
            **({"result": result} if result else {}),
        }
        self.ledger.add([statement])

    def _write(self, session: Session, return_url: str | None, preferences: dict[str, str] | None) -> None:
        registration = session.registration
        query: dict[str, Any] = {"activityId": registration.activity, "agent": registration.actor}
        state = {**query, "registration": registration.id, "stateId": LAUNCH_DATA}
        self._document("activities/state", state, launch_data(session, return_url))
        if preferences is not None:
            query = {"agent": registration.actor, "profileId": PREFERENCES}
            self._document("agents/profile", query, preferences)

    def _document(self, resource: str, query: dict[str, Any], value: Any) -> None:
        document = Document(json.dumps(value).encode(), "application/json", now())
        self.documents.put(document_key(resource, query), document)


def launch_data(session: Session, return_url: str | None) -> dict[str, Any]:
    """The document that a unit reads first."""
    unit = session.registration.unit
    key = {"courseStructure": unit.entitlement_key} if unit.entitlement_key else None
    told = {
        "contextTemplate": session.template,
        "launchMode": session.mode,
        "launchMethod": unit.launch_method,
        "launchParameters": unit.launch_parameters,
        "masteryScore": unit.mastery_score,
        "moveOn": unit.move_on,
        "returnURL": return_url,
        "entitlementKey": key,
    }
    return {name: value for name, value in told.items() if value is not None}


def _template(unit: Unit, session: str, more: dict[str, Any]) -> dict[str, Any]:
    own = {"contextActivities": {"grouping": [{"id": unit.id}]}, "extensions": {SESSION_ID: session}}
    for name in own:
        own[name] = {**more.get(name, {}), **own[name]}
    return {**more, **own}


def with_query(url: str, query: dict[str, str]) -> str:
    """The URL, with parameters behind those that it has."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query, quote_via=quote, safe='')}"


# Tin Can ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TinCan:
    """A launch of content from a Tin Can package: `url` is what to open."""

    url: str
    activity: str
    actor: dict[str, Any]
    registration: str | None
    ledger: Ledger
    documents: Documents

    def said(self, name: str = "") -> list[Statement]:
        """The content's statements in this registration, or those whose verb has this name."""
        return [
            found
            for found in self.ledger.find(lambda s: s.get("context", {}).get("registration") == self.registration)
            if found["verb"]["id"].endswith(f"/{name}" if name else "")
        ]

    def state(self, name: str) -> Document | None:
        """A document that the content has kept."""
        query: dict[str, Any] = {"activityId": self.activity, "agent": self.actor, "stateId": name}
        query |= {"registration": self.registration} if self.registration else {}
        return self.documents.kept.get(document_key("activities/state", query))


def as_of_old(actor: dict[str, Any]) -> dict[str, Any]:
    """An agent in the form that launchers used before 1.0: everything in lists, accounts with other names."""
    old: dict[str, Any] = {name: [value] for name, value in actor.items() if name in ("name", "mbox", "openid")}
    if "account" in actor:
        account = actor["account"]
        old["account"] = [{"accountServiceHomePage": account["homePage"], "accountName": account["name"]}]
    return {**old, "objectType": actor.get("objectType", "Agent")}
