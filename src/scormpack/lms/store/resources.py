"""The resources of xAPI 1.0.3: which parameters each takes, and what it does (part three, 2).

`Resources.answer(request, guard)` does what is asked or raises a Refusal. A guard may object before anything is
changed: a cmi5 session is one. Not here: attachments that come as multipart, the alternate request syntax,
`activities` and `agents`, and `related_agents`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.judge import statements, values
from scormpack.lms.store.documents import Document, Documents, Key, names_etag
from scormpack.lms.store.ledger import Ledger, Statement, now, wanted, with_id

ROOT = "/xapi/"
VERSIONS = ("1.0", "1.0.0", "1.0.1", "1.0.2", "1.0.3")
PAGE = 100  # statements
_FLAG = values.one_of("true", "false")
_AGENT = values.text  # read and checked apart: it is JSON
_STATEMENT_PARAMETERS = {
    "statementId": values.uuid,
    "voidedStatementId": values.uuid,
    "agent": _AGENT,
    "verb": values.iri,
    "activity": values.iri,
    "registration": values.uuid,
    "related_activities": _FLAG,
    "since": values.timestamp,
    "until": values.timestamp,
    "limit": values.form("a whole number", re.compile(r"[0-9]{1,9}").fullmatch),
    "format": values.one_of("ids", "exact", "canonical"),
    "attachments": _FLAG,
    "ascending": _FLAG,
}
_ALONE = ("statementId", "voidedStatementId")
_BESIDE = ("attachments", "format")


class Guard(Protocol):
    """Who may object, by raising a Refusal, before anything is read or changed."""

    def query(self) -> None:
        """Statements are about to be read."""

    def statements(self, new: list[Statement], sent: list[Statement]) -> None:
        """Statements are about to be kept: `new` have ids and are not here yet, `sent` are all as they were sent.

        An id that stands only in the query counts as sent.
        """

    def document(self, request: Request, resource: str, query: dict[str, Any]) -> None:
        """A document is about to be read or changed: `resource` is such as `activities/state`, `query` is checked."""


@dataclass(frozen=True)
class Kind:
    """A kind of document: the parameters that name one, and whether it may be overwritten unseen."""

    own: str
    context: tuple[str, ...]
    optional: tuple[str, ...] = ()
    free: bool = False


KINDS = {
    "activities/state": Kind("stateId", ("activityId", "agent"), ("registration",), free=True),
    "activities/profile": Kind("profileId", ("activityId",)),
    "agents/profile": Kind("profileId", ("agent",)),
}
_DOCUMENT_CHECKS = {
    "stateId": values.some_text,
    "profileId": values.some_text,
    "activityId": values.iri,
    "agent": _AGENT,
    "registration": values.uuid,
    "since": values.timestamp,
}


@dataclass
class Resources:
    """What a store holds, and the resources that lead to it. Not for several threads at once.

    `below` is the path on its server below which all of it is.
    """

    ledger: Ledger = field(default_factory=Ledger)
    documents: Documents = field(default_factory=Documents)
    more: dict[str, tuple[list[Statement], int]] = field(default_factory=dict)
    below: str = ""

    def answer(self, request: Request, guard: Guard) -> Answer:
        """Carry out a request and return the answer. Raises Refusal for what is wrong, and what `guard` raises."""
        resource = request.path.removeprefix(ROOT)
        if resource == "about":
            return self._about(request)
        check_version(request)
        if request.repeated:
            raise Refusal(400, f"parameters that stand twice: {', '.join(request.repeated)}")
        if resource == "statements":
            return self._statements(request, guard)
        if resource in KINDS:
            return self._document(request, resource, guard)
        if resource.startswith("more/") and request.method in ("GET", "HEAD"):
            return self._more(resource)
        raise Refusal(404, f"there is no resource {resource}")

    @staticmethod
    def _about(request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "about can only be read")
        return answer_json({"version": list(VERSIONS[1:])})

    # Statements -----------------------------------------------------------------------------------

    def _statements(self, request: Request, guard: Guard) -> Answer:
        if request.method in ("GET", "HEAD"):
            guard.query()
            return self._query(request)
        if request.method == "PUT":
            return self._put(request, guard)
        if request.method == "POST":
            return self._post(request, guard)
        raise Refusal(405, f"statements cannot be asked to {request.method}")

    def _put(self, request: Request, guard: Guard) -> Answer:
        query = checked(request.query, {"statementId": values.uuid}, ["statementId"])
        sent = _valid([_body(request)])
        number = query["statementId"]
        if sent[0].get("id", number).lower() != number.lower():
            raise Refusal(400, f"the statement has the id {sent[0]['id']}, the query says {number}")
        self._keep([{**sent[0], "id": number}], [{**sent[0], "id": number}], guard)
        return Answer(204)

    def _post(self, request: Request, guard: Guard) -> Answer:
        checked(request.query, {}, [])
        body = _body(request)
        sent = _valid(body if isinstance(body, list) else [body])
        batch = [with_id(statement) for statement in sent]
        self._keep(batch, sent, guard)
        return answer_json([statement["id"] for statement in batch])

    def _keep(self, batch: list[Statement], sent: list[Statement], guard: Guard) -> None:
        """All or nothing."""
        new = self.ledger.new_ones(batch)
        guard.statements(new, sent)
        self.ledger.add(new)

    def _query(self, request: Request) -> Answer:
        query = checked(request.query, _STATEMENT_PARAMETERS, [])
        for name in _ALONE:
            if name in query:
                _stands_alone(name, query)
                return _answer_now(self.ledger.one(query[name], voided=name == "voidedStatementId"))
        found = self.ledger.find(wanted(query))
        limit = int(query.get("limit", 0)) or PAGE
        return self._page(found if query.get("ascending") == "true" else found[::-1], limit)

    def _more(self, resource: str) -> Answer:
        if resource not in self.more:
            raise Refusal(404, f"there is no resource {resource}")
        return self._page(*self.more[resource])

    def _page(self, found: list[Statement], limit: int) -> Answer:
        more = ""
        if len(found) > limit:
            more = f"more/{len(self.more) + 1}"  # usable for as long as the store is open (part two, 2.5)
            self.more[more] = found[limit:], limit
        return _answer_now({"statements": found[:limit], "more": more and f"{self.below}{ROOT}{more}"})

    # Documents ------------------------------------------------------------------------------------

    def _document(self, request: Request, resource: str, guard: Guard) -> Answer:
        query = self._document_query(request, KINDS[resource])
        guard.document(request, resource, query)
        key = document_key(resource, query)
        if request.method in ("GET", "HEAD"):
            return self._read(request, key, query, KINDS[resource].own in query)
        return self._write(request, key, KINDS[resource], query)

    @staticmethod
    def _document_query(request: Request, kind: Kind) -> dict[str, Any]:
        if request.method not in ("GET", "HEAD", "PUT", "POST", "DELETE"):
            raise Refusal(405, f"documents cannot be asked to {request.method}")
        names = [*kind.context, *kind.optional, kind.own]
        reading = request.method in ("GET", "HEAD") and kind.own not in request.query
        if reading:
            names.append("since")
        all_of_them = reading or (request.method == "DELETE" and kind.free)
        required = [*kind.context, *([] if all_of_them else [kind.own])]
        return checked(request.query, {name: _DOCUMENT_CHECKS[name] for name in names}, required)

    def _read(self, request: Request, key: Key, query: dict[str, Any], single: bool) -> Answer:
        if not single:
            return answer_json(self.documents.ids(key[:-1], _in_utc(query.get("since", ""))))
        document = self.documents.get(key)
        headers = {"ETag": document.etag, "Last-Modified": _http_date(document.updated)}
        if names_etag(request.header("If-None-Match"), document.etag):
            return Answer(304, headers=headers)
        return Answer(200, document.data, {"Content-Type": document.media_type, **headers})

    def _write(self, request: Request, key: Key, kind: Kind, query: dict[str, Any]) -> Answer:
        match, none_match = request.header("If-Match"), request.header("If-None-Match")
        media_type = request.header("Content-Type") or "application/octet-stream"
        new = Document(request.body, media_type, now())
        if request.method == "DELETE":
            if kind.own in query:
                self.documents.delete(key, match, none_match)
            else:
                self.documents.delete_all(key[:-1])
        elif request.method == "POST":
            self.documents.merge(key, new, match, none_match)
        else:
            if not (kind.free or match or none_match) and key in self.documents.kept:
                raise Refusal(409, "the document is there already: read it, and send If-Match with its ETag")
            self.documents.put(key, new, match, none_match)
        return Answer(204)


def check_version(request: Request) -> None:
    """Raise Refusal (400) unless the request says which version it speaks (part three, 3.3)."""
    version = request.header("X-Experience-API-Version")
    if not version:
        raise Refusal(400, "the header X-Experience-API-Version is missing")
    if version not in VERSIONS:
        raise Refusal(400, f"X-Experience-API-Version is not one of {', '.join(VERSIONS)}: {version}")


def checked(query: dict[str, str], known: dict[str, values.Check], required: list[str]) -> dict[str, Any]:
    """Return the parameters, an agent read from its JSON.

    `known` has the check of each parameter that there is, `required` names those that have to be there.
    Raises Refusal (400) with everything that is wrong.
    """
    wrong = [f"there is no parameter {name}" for name in query if name not in known]
    wrong += [f"the parameter {name} is missing" for name in required if name not in query]
    for name, check in known.items():
        wrong += check(query[name], f"the parameter {name}") if name in query else []
    if wrong:
        raise Refusal(400, "; ".join(wrong))
    read: dict[str, Any] = dict(query)
    if "agent" in query:
        read["agent"] = _agent(query["agent"])
    return read


def _agent(text: str) -> Any:
    try:
        value = values.parse(text)
    except ValueError as error:
        raise Refusal(400, f"the parameter agent is not JSON: {error}") from None
    if wrong := list(statements.actor(value, "the parameter agent")):
        raise Refusal(400, "; ".join(wrong))
    return value


def document_key(resource: str, query: dict[str, Any]) -> Key:
    """Return what distinguishes one document from all others; `query` are its parameters, the agent read."""
    kind = KINDS[resource]
    parts = [query.get(name, "") for name in (*kind.context, *kind.optional, kind.own)]
    return (resource, *(repr(statements.identity(part)) if isinstance(part, dict) else part for part in parts))


def _body(request: Request) -> Any:
    media_type = request.header("Content-Type").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refusal(400, f"statements come as application/json, not as {media_type or 'nothing said'}")
    try:
        return values.parse(request.body)
    except ValueError as error:
        raise Refusal(400, f"the body is not JSON: {error}") from None


def _valid(batch: list[Any]) -> list[Statement]:
    if not batch:
        raise Refusal(400, "the list of statements is empty")
    several = len(batch) > 1
    wrong = [
        problem
        for place, statement in enumerate(batch)
        for problem in statements.problems(statement, f"statement {place + 1}" if several else "statement")
    ]
    ids = [statement["id"].lower() for statement in batch if not wrong and "id" in statement]
    if len(set(ids)) < len(ids):
        wrong.append("two statements of the list have the same id")
    if wrong:
        raise Refusal(400, "; ".join(wrong))
    return batch


def _stands_alone(name: str, query: dict[str, Any]) -> None:
    others = [other for other in query if other not in (name, *_BESIDE)]
    if others:
        raise Refusal(400, f"{name} cannot stand beside {', '.join(others)}")


def _answer_now(value: Any) -> Answer:
    return Answer(
        200,
        json.dumps(value).encode(),
        {"Content-Type": "application/json", "X-Experience-API-Consistent-Through": now()},
    )


def _in_utc(text: str) -> str:
    """A moment in the form in which documents remember theirs, so that the two can be compared."""
    if not text:
        return ""
    moment = values.moment(text).astimezone(values.UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _http_date(text: str) -> str:
    return values.moment(text).strftime("%a, %d %b %Y %H:%M:%S GMT")
