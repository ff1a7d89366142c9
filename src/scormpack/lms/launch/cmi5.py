"""The LMS's part of cmi5: a learner is registered for a course, and launches its units one after the other.

The launcher records `launched`, `abandoned` and `satisfied`, writes the launch data and the learner's preferences,
hands out one token for one fetch, and notes every requirement that the unit does not meet.
"""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from scormpack.lms.exchange import Refusal, Request
from scormpack.lms.judge.cmi5 import (
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
from scormpack.lms.judge.values import moment
from scormpack.lms.launch.structure import MOVE_ON, Block, Course, Unit
from scormpack.lms.store.documents import Document, Documents
from scormpack.lms.store.ledger import Ledger, Statement, now
from scormpack.lms.store.resources import document_key

LEARNER = {
    "objectType": "Agent",
    "name": "Sam Example",
    "account": {"homePage": "https://lms.example", "name": "learner-1"},
}
PREFERRED = {"languagePreference": "en-US,en", "audioPreference": "on"}
_EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
_TYPE = "https://w3id.org/xapi/cmi5/activitytype/"
Mode = Literal["Normal", "Browse", "Review"]


@dataclass
class Registration:
    """A learner's registration for a course (cmi5, 9.6.1).

    `satisfied` has the publisher's ids of what is satisfied, in that order: a unit, the blocks around it, the course.
    `activities` has the id by which statements name a part, by the publisher's.
    """

    course: Course
    actor: dict[str, Any]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sessions: list[Session] = field(default_factory=list)
    satisfied: list[str] = field(default_factory=list)
    activities: dict[str, str] = field(default_factory=dict)

    def activity(self, part: Unit | Block) -> str:
        """Return the id by which statements name a unit, a block or the course.

        It is never the publisher's, and the same in every launch (cmi5, 8.1.5).
        """
        return self.activities.setdefault(part.id, f"https://lms.example/activity/{uuid.uuid4()}")

    def verbs(self, unit: Unit) -> set[str]:
        """Return the names of the verbs that a unit has used in all its sessions."""
        return {verb for session in self.sessions if session.unit.id == unit.id for verb in session.verbs}

    def is_done(self, part: Unit | Block) -> bool:
        """Whether the learner has done what the course asks of a unit, or of everything in a block."""
        if isinstance(part, Unit):
            return MOVE_ON[part.move_on](self.verbs(part))
        return all(inner.id in self.satisfied for inner in part.parts)


@dataclass
class Session:
    """One launch of a unit, and the guard of the record store for requests with its token.

    `url` is what to open. `verbs` are the names of the defined verbs that the unit has used, in order; `failures` is
    every requirement that it did not meet. Read them freely while requests come in; only the store changes them.
    """

    registration: Registration
    unit: Unit
    mode: Mode
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
    launched_at: str = ""

    @property
    def initialized(self) -> bool:
        """Whether the unit has begun the session."""
        return "initialized" in self.verbs

    @property
    def terminated(self) -> bool:
        """Whether the unit has ended the session."""
        return "terminated" in self.verbs

    @property
    def satisfied(self) -> bool:
        """Whether the learner has done what the course asks of this unit, in this or an earlier session."""
        return self.unit.id in self.registration.satisfied

    @property
    def activity(self) -> str:
        """The `activityId` that the unit is launched with."""
        return self.registration.activity(self.unit)

    @property
    def terms(self) -> Terms:
        """What the unit was launched with, for the judge."""
        enrolled = self.registration
        mastery = self.unit.mastery_score
        return Terms(enrolled.actor, enrolled.id, self.activity, self.id, self.template, self.mode, mastery)

    @property
    def past(self) -> Past:
        """What has happened so far, for the judge."""
        others = (other for other in self.registration.sessions if other is not self)
        earlier = [verb for other in others if other.unit.id == self.unit.id for verb in other.verbs]
        return Past(tuple(self.verbs), tuple(earlier), self.abandoned, self.launch_data_read, self.preferences_read)

    def said(self, name: str = "") -> list[Statement]:
        """Return the unit's statements in this session, or those whose verb has this name."""
        return [
            found
            for found in self.ledger.find(lambda s: _session_of(s) == self.id)
            if not _by_the_launcher(found) and found["verb"]["id"].endswith(f"/{name}" if name else "")
        ]

    def fetch(self, request: Request) -> dict[str, str]:
        """Return the answer of the fetch URL: the token the first time, then an error (cmi5, 8.2.2 and 8.2.3).

        Raises Refusal (405) for any other method than POST.
        """
        self.fetches += 1
        if request.method != "POST":
            self.failures.append(Failure("8.2.2.0-4", "the fetch URL is asked by POST only"))
            raise Refusal(405, "the fetch URL is asked by POST only")
        if self.fetches > 1 or self.abandoned or self.terminated:
            return {"error-code": "1", "error-text": "the fetch URL was used before"}
        return {"auth-token": self.token}

    # As a guard: each method raises Refusal (403) with every requirement that is not met -------------

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
    """The LMS of cmi5, on the ledger and documents of a record store."""

    ledger: Ledger
    documents: Documents
    by_token: dict[str, Session] = field(default_factory=dict)
    by_id: dict[str, Session] = field(default_factory=dict)

    def enrol(self, course: Course, actor: dict[str, Any]) -> Registration:
        """Return a new registration; what asks for nothing is satisfied from the beginning (cmi5, 9.6.1.1-3)."""
        registration = Registration(course, actor)
        self._roll_up(registration, str(uuid.uuid4()))
        return registration

    def launch(
        self,
        registration: Registration,
        unit: Unit,
        mode: Mode = "Normal",
        return_url: str | None = None,
        context: dict[str, Any] | None = None,
        preferences: dict[str, str] | None = None,
    ) -> Session:
        """Return a new session of `unit`, with its launch data and preferences written; `start` has to follow.

        An earlier session that is open is abandoned, whatever unit it is of: a learner has one unit open at a time
        (cmi5, 9.3.6). `context` is put into the context template. Without `preferences` their document is left alone.
        """
        for earlier in registration.sessions:
            self._abandon(earlier)
        number = str(uuid.uuid4())
        session = Session(registration, unit, mode, _template(unit, number, context or {}), self.ledger, number)
        registration.sessions.append(session)
        self.by_token[session.token] = self.by_id[session.id] = session
        self._write(session, return_url, preferences)
        return session

    def start(self, session: Session) -> None:
        """Record `launched`, now that the session's URL is known (cmi5, 9.3.1)."""
        unit = session.unit
        facts = {
            "launchmode": session.mode,
            "launchurl": session.url.partition("?")[0],
            "moveon": unit.move_on,
            "masteryscore": unit.mastery_score,
            "launchparameters": unit.launch_parameters,
        }
        extensions = {f"{_EXTENSION}{name}": value for name, value in facts.items() if value is not None}
        launched = self._say("launched", session.registration, session.id, unit, extensions)
        session.launched_at = launched["timestamp"]
        self.settle(session)

    def settle(self, session: Session) -> None:
        """Record `satisfied` for what is satisfied by now (cmi5, 9.3.9)."""
        self._roll_up(session.registration, session.id)

    def _roll_up(self, registration: Registration, session: str) -> None:
        """From units to what is around them. Only blocks and the course have statements about it."""
        for part in registration.course.inside_out():
            if part.id in registration.satisfied or not registration.is_done(part):
                continue
            registration.satisfied.append(part.id)
            if isinstance(part, Block):
                self._say("satisfied", registration, session, part)

    def _abandon(self, session: Session) -> None:
        if session.terminated or session.abandoned:
            return
        session.abandoned = True
        said = session.said()
        seconds = (moment(said[-1]["stored"]) - moment(session.launched_at)).total_seconds() if said else 0
        result = {"duration": f"PT{seconds:.3f}S"}
        self._say("abandoned", session.registration, session.id, session.unit, result=result)

    def _say(
        self,
        verb: str,
        registration: Registration,
        session: str,
        about: Unit | Block,
        extensions: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
    ) -> Statement:
        definition = {"definition": {"type": f"{_TYPE}{about.kind}"}} if isinstance(about, Block) else {}
        statement: Statement = {
            "id": str(uuid.uuid4()),
            "actor": registration.actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": {"id": registration.activity(about), **definition},
            "context": {
                "registration": registration.id,
                "contextActivities": {"category": [{"id": CMI5}], "grouping": [{"id": about.id}]},
                "extensions": {SESSION_ID: session, **(extensions or {})},
            },
            "timestamp": now(),
            **({"result": result} if result else {}),
        }
        self.ledger.add([statement])
        return statement

    def _write(self, session: Session, return_url: str | None, preferences: dict[str, str] | None) -> None:
        registration = session.registration
        query: dict[str, Any] = {"activityId": session.activity, "agent": registration.actor}
        state = {**query, "registration": registration.id, "stateId": LAUNCH_DATA}
        self._document("activities/state", state, launch_data(session, return_url))
        if preferences is not None:
            query = {"agent": registration.actor, "profileId": PREFERENCES}
            self._document("agents/profile", query, preferences)

    def _document(self, resource: str, query: dict[str, Any], value: Any) -> None:
        document = Document(json.dumps(value).encode(), "application/json", now())
        self.documents.put(document_key(resource, query), document)


def launch_data(session: Session, return_url: str | None) -> dict[str, Any]:
    """Return the document that a unit reads first, `LMS.LaunchData` (cmi5, 10.2)."""
    unit = session.unit
    key = {"courseStructure": unit.entitlement_key} if unit.entitlement_key else None
    entries = {
        "contextTemplate": session.template,
        "launchMode": session.mode,
        "launchMethod": unit.launch_method,
        "launchParameters": unit.launch_parameters,
        "masteryScore": unit.mastery_score,
        "moveOn": unit.move_on,
        "returnURL": return_url,
        "entitlementKey": key,
    }
    return {name: value for name, value in entries.items() if value is not None}


def _template(unit: Unit, session: str, more: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "contextActivities": {"grouping": [{"id": unit.id}]},
        "extensions": {SESSION_ID: session},
    }
    for name in own:
        own[name] = {**more.get(name, {}), **own[name]}
    return {**more, **own}
