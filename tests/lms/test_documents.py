"""Documents: what was put is read again, and nobody overwrites what they have not seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.client import Client
from lms.examples import AGENT, OTHER
from scormpack.lms import RecordStore
from scormpack.lms.exchange import Refusal
from scormpack.lms.store.documents import Document, Documents

KEY = ("activities/profile", "https://content.example/course", "notes")
STATE = {"activityId": "https://content.example/course", "agent": AGENT, "stateId": "notes"}
PROFILE = {"activityId": "https://content.example/course", "profileId": "notes"}
LEARNER = {"agent": AGENT, "profileId": "notes"}
ALL = [("activities/state", STATE), ("activities/profile", PROFILE), ("agents/profile", LEARNER)]
objects = st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=4)


@pytest.fixture(scope="module")
def store() -> Iterator[RecordStore]:
    with RecordStore() as store:
        yield store


@pytest.fixture
def client(store: RecordStore) -> Client:
    store.documents.kept.clear()
    return Client(store)


def document(data: bytes, media_type: str = "application/octet-stream") -> Document:
    return Document(data, media_type, "2026-11-23T10:00:00.000000Z")


@given(st.binary(), st.binary())
def test_what_is_put_is_read_again(first: bytes, second: bytes) -> None:
    documents = Documents()
    documents.put(KEY, document(first), none_match="*")
    assert documents.get(KEY).data == first
    documents.put(KEY, document(second), match=document(first).etag)
    assert documents.get(KEY).data == second
    assert (document(first).etag == document(second).etag) == (first == second)


@given(objects, objects)
def test_merging_puts_the_new_names_over_the_old(old: dict[str, Any], new: dict[str, Any]) -> None:
    documents = Documents()
    for value in (old, new):
        documents.merge(KEY, document(json.dumps(value).encode(), "application/json"))
    assert documents.get(KEY).json == {**old, **new}


@pytest.mark.parametrize(("resource", "query"), ALL, ids=[name for name, _ in ALL])
def test_a_document_comes_and_goes(client: Client, resource: str, query: dict[str, Any]) -> None:
    assert client.ask("GET", resource, query).status == 404
    assert client.ask("PUT", resource, query, b"\x00\xff", Content_Type="image/png").status == 204
    found = client.ask("GET", resource, query)
    assert (found.status, found.body, found.headers["Content-Type"]) == (200, b"\x00\xff", "image/png")
    assert client.ask("HEAD", resource, query).headers["ETag"] == found.headers["ETag"]
    assert client.ask("GET", resource, query, If_None_Match=found.headers["ETag"]).status == 304
    own = "stateId" if "stateId" in query else "profileId"
    several = {name: value for name, value in query.items() if name != own}
    assert client.ask("GET", resource, several).json == ["notes"]
    assert client.ask("GET", resource, {**several, "since": "2000-01-01T00:00:00+02:00"}).json == ["notes"]
    assert client.ask("GET", resource, {**several, "since": "2100-01-01T00:00:00Z"}).json == []
    assert client.ask("DELETE", resource, query).status == 204
    assert client.ask("GET", resource, query).status == 404


@pytest.mark.parametrize(("resource", "query"), ALL, ids=[name for name, _ in ALL])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_preconditions_hold(client: Client, resource: str, query: dict[str, Any], method: str) -> None:
    body = None if method == "DELETE" else {"a": 1}
    assert client.ask(method, resource, query, body, If_Match='"0"').status == 412
    client.ask("PUT", resource, query, {"b": 1}, If_None_Match="*")
    etag = client.ask("GET", resource, query).headers["ETag"]
    assert client.ask(method, resource, query, body, If_None_Match="*").status == 412
    assert client.ask(method, resource, query, body, If_Match=etag.strip('"')).status == 412
    assert client.ask("GET", resource, query).json == {"b": 1}
    assert client.ask(method, resource, query, body, If_Match=f'"0", {etag}').status == 204


@pytest.mark.parametrize(("resource", "query"), ALL, ids=[name for name, _ in ALL])
def test_only_state_is_overwritten_unseen(client: Client, resource: str, query: dict[str, Any]) -> None:
    assert client.ask("PUT", resource, query, {"a": 1}).status == 204
    again = client.ask("PUT", resource, query, {"a": 2})
    assert again.status == (204 if resource == "activities/state" else 409)
    assert client.ask("GET", resource, query).json == {"a": 2 if again.status == 204 else 1}


def test_state_has_its_learner_and_its_registration(client: Client) -> None:
    client.ask("PUT", "activities/state", {**STATE, "registration": OTHER}, {"a": 1})
    assert client.ask("GET", "activities/state", STATE).status == 404
    someone = {**AGENT, "mbox": "mailto:kim@example.org"}
    assert client.ask("GET", "activities/state", {**STATE, "registration": OTHER, "agent": someone}).status == 404
    renamed = {**AGENT, "name": "Samuel"}
    assert client.ask("GET", "activities/state", {**STATE, "registration": OTHER, "agent": renamed}).status == 200


def test_all_state_is_deleted_at_once(client: Client) -> None:
    for name in ("one", "two"):
        client.ask("PUT", "activities/state", {**STATE, "stateId": name}, {"a": 1})
    several = {name: value for name, value in STATE.items() if name != "stateId"}
    assert client.ask("DELETE", "activities/state", several).status == 204
    assert client.ask("GET", "activities/state", several).json == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (document(b"{}", "application/json"), document(b"[]", "application/json"), "the document is no JSON object"),
        (document(b"{}", "application/json"), document(b"{}", "text/plain"), "the document is text/plain"),
        (
            document(b"x", "text/plain"),
            document(b"{}", "application/json"),
            "the document that is there is text/plain",
        ),
        (document(b"{}", "application/json"), document(b"{", "application/json"), "the document is not JSON"),
    ],
)
def test_only_objects_are_merged(old: Document, new: Document, error: str) -> None:
    documents = Documents({KEY: old})
    with pytest.raises(Refusal, match=error) as refusal:
        documents.merge(KEY, new)
    assert refusal.value.status == 400
    assert documents.get(KEY) == old


@pytest.mark.parametrize(
    ("method", "resource", "query", "error"),
    [
        ("PUT", "activities/state", {"agent": AGENT, "stateId": "a"}, "the parameter activityId is missing"),
        (
            "PUT",
            "activities/state",
            {**STATE, "stateId": ""},
            "the parameter stateId is not text with something in it: ''",
        ),
        (
            "GET",
            "activities/state",
            {**STATE, "agent": "sam"},
            "the parameter agent is not JSON: Expecting value: line 1 column 1 (char 0)",
        ),
        ("GET", "activities/state", {**STATE, "agent": {}}, "the parameter agent is empty"),
        ("GET", "activities/state", {**STATE, "registration": "1"}, "the parameter registration is not a UUID: '1'"),
        ("GET", "activities/state", {**STATE, "since": "2026-11-23T10:00:00Z"}, "there is no parameter since"),
        (
            "GET",
            "activities/state",
            {**STATE, "activityId": "a"},
            "the parameter activityId is not an absolute IRI: 'a'",
        ),
        ("GET", "activities/profile", {**PROFILE, "agent": AGENT}, "there is no parameter agent"),
        ("DELETE", "activities/profile", {"activityId": "a:b"}, "the parameter profileId is missing"),
        ("POST", "agents/profile", {"agent": AGENT}, "the parameter profileId is missing"),
        (
            "GET",
            "agents/profile",
            {"agent": AGENT, "since": "x"},
            "the parameter since is not an ISO 8601 timestamp with a known zone: 'x'",
        ),
    ],
)
def test_wrong_parameters(client: Client, method: str, resource: str, query: dict[str, Any], error: str) -> None:
    said = client.ask(method, resource, query, None if method == "GET" else {"a": 1})
    assert said.status == 400
    assert error in said.error


def test_json_has_to_be_json(client: Client) -> None:
    said = client.ask("PUT", "activities/state", STATE, b"{", Content_Type="application/json; charset=utf-8")
    assert (said.status, said.error[:25]) == (400, "the document is not JSON:")
