"""The statements resource, as a client meets it: what is kept, what is found, what is refused."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from lms.client import VERSION, Client, ask
from lms.examples import ACCOUNT, AGENT, FULL, GOOD, NUMBER, OTHER, PLAIN, changed
from scormpack.lms import RecordStore
from scormpack.package import Entry, Package

VOID = {**GOOD["voiding"], "id": NUMBER}
SENT = {**PLAIN, "id": OTHER}


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with RecordStore() as store:
        yield store


@pytest.fixture
def client(store: RecordStore) -> Client:
    return Client(store)


def named(number: int, **more: Any) -> dict[str, Any]:
    return {**PLAIN, "id": str(uuid.UUID(int=number, version=4)), **more}


# Keeping ------------------------------------------------------------------------------------------


def test_a_statement_is_completed(client: Client) -> None:
    (number,) = client.post(PLAIN).json
    found = client.ask("GET", "statements", {"statementId": number})
    assert found.status == 200
    kept = found.json
    assert set(kept) == {*PLAIN, "id", "stored", "timestamp", "authority", "version"}
    assert kept["timestamp"] == kept["stored"]
    assert "X-Experience-API-Consistent-Through" in found.headers


def test_what_is_sent_is_what_is_kept(client: Client) -> None:
    assert client.put(FULL).status == 204
    kept = client.ask("GET", "statements", {"statementId": NUMBER.upper()}).json
    lists = FULL["context"]["contextActivities"]
    expected = changed(FULL, "context.contextActivities.grouping", [lists["grouping"]])
    assert {name: kept[name] for name in FULL} == expected


def test_the_same_statement_twice_is_one(store: RecordStore, client: Client) -> None:
    assert [client.put(SENT).status for _ in range(2)] == [204, 204]
    assert client.ask("POST", "statements", body=SENT).json == [OTHER]
    assert len(store.statements()) == 1


def test_another_statement_with_the_same_id_is_a_conflict(store: RecordStore, client: Client) -> None:
    client.put(SENT)
    other = {**SENT, "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}
    assert [client.put(other).status, client.post(named(1), other).status] == [409, 409]
    assert [statement["verb"] for statement in store.statements()] == [SENT["verb"]]


@pytest.mark.parametrize(
    ("place", "value", "status"),
    [
        ("verb.display", {"en": "has answered"}, 204),
        ("object.definition", {"name": {"en": "Course"}}, 204),
        ("timestamp", "2026-11-23T11:15:30+01:00", 204),
        ("timestamp", "2026-11-23T11:15:30Z", 409),
        ("actor.name", "Samuel", 409),
        ("result", {"success": True}, 409),
    ],
)
def test_what_may_differ_in_the_same_statement(client: Client, place: str, value: Any, status: int) -> None:
    first = {**SENT, "timestamp": "2026-11-23T10:15:30Z"}
    client.put(first)
    assert client.put(changed(first, place, value)).status == status


def test_a_list_is_kept_as_a_whole_or_not_at_all(store: RecordStore, client: Client) -> None:
    said = client.post(PLAIN, changed(PLAIN, "result", {}), PLAIN)
    assert (said.status, said.error) == (400, "statement 2.result is empty")
    assert store.statements() == []
    assert len(client.post(PLAIN, PLAIN).json) == 2


# Finding ------------------------------------------------------------------------------------------


def find(client: Client, **query: Any) -> list[int]:
    """The numbers of what a query finds, in order."""
    said = client.ask("GET", "statements", query)
    assert said.status == 200, said.body
    return [uuid.UUID(statement["id"]).int & 0xFF for statement in said.json["statements"]]


def test_queries(client: Client) -> None:
    passed = {"id": "http://adlnet.gov/expapi/verbs/passed"}
    elsewhere = {"id": "https://content.example/other"}
    client.post(
        named(1),
        named(2, verb=passed),
        named(3, object=elsewhere, context={"registration": OTHER}),
        named(4, object=elsewhere, actor=ACCOUNT, context={"contextActivities": {"parent": PLAIN["object"]}}),
    )
    assert find(client) == [4, 3, 2, 1]
    assert find(client, ascending="true", limit="2") == [1, 2]
    assert find(client, verb=passed["id"]) == [2]
    assert find(client, activity=elsewhere["id"]) == [4, 3]
    assert find(client, activity=PLAIN["object"]["id"], related_activities="true") == [4, 2, 1]
    assert find(client, registration=OTHER.upper()) == [3]
    assert find(client, agent=ACCOUNT) == [4]
    assert find(client, agent={**AGENT, "name": "Samuel"}, limit="0") == [3, 2, 1]


def test_since_and_until(client: Client) -> None:
    for number in (1, 2, 3):
        client.post(named(number))
    stored = client.ask("GET", "statements", {"statementId": named(2)["id"]}).json["stored"]
    assert find(client, since=stored) == [3]
    assert find(client, until=stored) == [2, 1]


def test_more_goes_on_where_a_page_ends(client: Client) -> None:
    client.post(*(named(number) for number in range(1, 6)))
    first = client.ask("GET", "statements", {"limit": "2"}).json
    second = client.ask("GET", first["more"].removeprefix("/xapi/")).json
    third = client.ask("GET", second["more"].removeprefix("/xapi/")).json
    assert [len(page["statements"]) for page in (first, second, third)] == [2, 2, 1]
    assert third["more"] == ""
    assert client.ask("GET", "more/77").status == 404


def test_a_voided_statement_is_found_as_such_only(client: Client) -> None:
    client.post(SENT)
    client.post(VOID)
    assert client.ask("GET", "statements", {"statementId": OTHER}).status == 404
    assert client.ask("GET", "statements", {"voidedStatementId": OTHER}).json["id"] == OTHER
    assert [s["id"] for s in client.ask("GET", "statements").json["statements"]] == [NUMBER]
    voids_void = named(1, verb=VOID["verb"], object={"objectType": "StatementRef", "id": NUMBER})
    assert client.post(voids_void).error == "a statement that voids cannot be voided"


# Refusing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "query", "body", "error"),
    [
        ("POST", {}, [], "the list of statements is empty"),
        ("POST", {}, b"{", "the body is not JSON: Expecting property name"),
        ("POST", {}, b'{"actor": 1, "actor": 2}', "the body is not JSON: a name stands twice in one object"),
        ("POST", {}, b"\xff", "the body is not JSON: 'utf-8' codec"),
        ("POST", {}, "passed", "statement is text, not an object"),
        ("POST", {}, [SENT, SENT], "two statements of the list have the same id"),
        ("POST", {"statementId": OTHER}, PLAIN, "there is no parameter statementId"),
        ("POST", {"method": "PUT"}, PLAIN, "there is no parameter method"),
        ("PUT", {}, PLAIN, "the parameter statementId is missing"),
        ("PUT", {"statementId": "1"}, PLAIN, "the parameter statementId is not a UUID: '1'"),
        ("PUT", {"statementId": NUMBER}, SENT, f"the statement has the id {OTHER}, the query says {NUMBER}"),
        ("PUT", {"statementId": OTHER}, [SENT], "statement is a list, not an object"),
        ("GET", {"limits": "1"}, None, "there is no parameter limits"),
        ("GET", {"StatementId": OTHER}, None, "there is no parameter StatementId"),
        ("GET", {"limit": "9" * 5000}, None, "the parameter limit is not a whole number: '999"),
        ("GET", {"since": "9999-12-31T23:59:59-23:59"}, None, "the parameter since is not an ISO 8601 timestamp"),
        ("GET", {"agent": "[" * 5000}, None, "the parameter agent is not JSON: more than 100 levels"),
        ("POST", {}, b"[" * 100_000, "the body is not JSON: more than 100 levels"),
        ("POST", {}, b"[" * 101 + b"]" * 101, "the body is not JSON: more than 100 levels"),
        ("POST", {}, b"[" * 100 + b"1" + b"]" * 100, "statement is a list, not an object"),
        ("GET", {"limit": "-1"}, None, "the parameter limit is not a whole number: '-1'"),
        ("GET", {"ascending": "yes"}, None, "the parameter ascending is not one of true, false: 'yes'"),
        ("GET", {"verb": "passed"}, None, "the parameter verb is not an absolute IRI: 'passed'"),
        ("GET", {"since": "today"}, None, "the parameter since is not an ISO 8601 timestamp with a known zone"),
        ("GET", {"registration": "1"}, None, "the parameter registration is not a UUID: '1'"),
        ("GET", {"agent": {"name": "Sam"}}, None, "the parameter agent has 0 identifiers"),
        ("GET", {"statementId": OTHER, "limit": "1"}, None, "statementId cannot stand beside limit"),
        (
            "GET",
            {"statementId": OTHER, "voidedStatementId": NUMBER},
            None,
            "statementId cannot stand beside voidedStatementId",
        ),
    ],
)
def test_what_is_refused_with_400(
    store: RecordStore, client: Client, method: str, query: dict[str, Any], body: Any, error: str
) -> None:
    said = client.ask(method, "statements", query, body)
    assert said.status == 400
    assert said.error.startswith(error)
    assert store.statements() == []
    assert [request.error for request in store.refused()] == [said.error]


def test_other_refusals(client: Client) -> None:
    assert client.ask("GET", "statements", {"statementId": OTHER}).status == 404
    assert client.ask("GET", "activity").status == 404
    assert client.ask("DELETE", "statements").status == 405
    assert client.ask("PATCH", "activities/state").status == 405
    assert client.ask("POST", "about").status == 405
    assert ask(f"{client.store.address}/elsewhere").status == 404


@pytest.mark.parametrize("media_type", [None, "text/plain", "multipart/mixed; boundary=x"])
def test_statements_come_as_json(client: Client, media_type: str | None) -> None:
    said = client.ask("POST", "statements", body=PLAIN, Content_Type=media_type)
    assert (said.status, said.error[:34]) == (400, "statements come as application/jso")


def test_a_parameter_stands_once(store: RecordStore) -> None:
    headers = {**VERSION, "Authorization": store.auth}
    said = ask(f"{store.endpoint}statements?limit=1&limit=2", headers=headers)
    assert (said.status, said.error) == (400, "parameters that stand twice: limit")


@pytest.mark.parametrize(
    ("version", "error"),
    [
        (None, "the header X-Experience-API-Version is missing"),
        ("2.0.0", "X-Experience-API-Version is not one of 1.0, 1.0.0, 1.0.1, 1.0.2, 1.0.3: 2.0.0"),
        ("0.95", "X-Experience-API-Version is not one of 1.0, 1.0.0, 1.0.1, 1.0.2, 1.0.3: 0.95"),
    ],
)
def test_the_version_has_to_be_said(client: Client, version: str | None, error: str) -> None:
    said = client.ask("GET", "statements", X_Experience_API_Version=version)
    assert (said.status, said.error, said.headers["X-Experience-API-Version"]) == (400, error, "1.0.3")


@pytest.mark.parametrize(
    ("auth", "error"),
    [
        (None, "the header Authorization is missing"),
        ("Basic bm9ib2R5Om5vdGhpbmc=", "the header Authorization opens nothing here"),
        ("Bearer x", "the header Authorization opens nothing here"),
        ("Basic ", "the header Authorization opens nothing here"),
    ],
)
def test_who_may_not_come_in(client: Client, auth: str | None, error: str) -> None:
    said = client.ask("GET", "statements", Authorization=auth)
    assert (said.status, said.error) == (401, error)
    assert said.headers["WWW-Authenticate"].startswith("Basic")


def test_anyone_may_ask_what_this_is(store: RecordStore) -> None:
    assert ask(f"{store.endpoint}about").json == {"version": ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]}


# Pages of other origins ---------------------------------------------------------------------------

ORIGIN = {"Origin": "http://127.0.0.1:1"}


def preflight(store: RecordStore, method: str, headers: str) -> tuple[int, str]:
    wanted = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    said = ask(f"{store.endpoint}statements", "OPTIONS", headers={**ORIGIN, **wanted})
    return said.status, said.headers.get("Access-Control-Allow-Origin", "")


def test_preflights_need_no_key_and_name_what_is_allowed(store: RecordStore) -> None:
    usual = "authorization,content-type,x-experience-api-version,if-match"
    assert preflight(store, "PUT", usual) == (204, ORIGIN["Origin"])
    assert preflight(store, "GET", "") == (204, ORIGIN["Origin"])
    assert preflight(store, "PATCH", usual) == (403, "")
    assert preflight(store, "PUT", f"{usual},x-own") == (403, "")


def test_every_answer_can_be_read_by_pages(client: Client) -> None:
    said = client.ask("GET", "statements", {"no": "such"}, **ORIGIN)
    assert said.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
    assert "ETag" in said.headers["Access-Control-Expose-Headers"]


# Content ------------------------------------------------------------------------------------------


def test_content_is_on_another_origin(store: RecordStore) -> None:
    origin = store.serve(Package.of("content", [Entry("media/a b.svg", b"<svg/>")]))
    said = ask(f"{origin}media/a%20b.svg")
    assert (said.status, said.body, said.headers["Content-Type"]) == (200, b"<svg/>", "image/svg+xml")
    assert not store.address.startswith(origin.rstrip("/"))
    assert ask(f"{origin}nothing").status == 404


def test_the_log_tells_it_all(store: RecordStore, client: Client) -> None:
    client.put(SENT)
    client.ask("GET", "statements", {"limit": "x"})
    put, get = store.requests()
    assert (put.method, put.path, put.query, put.status) == ("PUT", "/xapi/statements", {"statementId": OTHER}, 204)
    assert put.json == json.loads(put.body) == SENT
    assert put.header("Authorization") == store.auth
    assert put.at <= get.at
    assert str(get).endswith("-> 400 the parameter limit is not a whole number: 'x'")
    assert store.requests("PUT", "statements") == [put]
