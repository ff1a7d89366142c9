"""Trouble on purpose: which requests it hits, and what they leave behind."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lms.client import Client
from lms.examples import OTHER, PLAIN
from scormpack.lms import FAULTS, Fault, RecordStore, answer, delay, drop, log_in, lose_answer, refuse_cors
from scormpack.package import Entry, Package

STATEMENT = {**PLAIN, "id": OTHER}
PAGE = Package.of("page", [Entry("index.html", b"<!doctype html><title>x</title>")])
LOST = (http.client.RemoteDisconnected, ConnectionError)


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with RecordStore() as store:
        yield store


@pytest.fixture
def client(store: RecordStore) -> Client:
    return Client(store)


def test_a_request_is_dropped_before_it_does_anything(store: RecordStore, client: Client) -> None:
    store.faults.append(drop(method="PUT"))
    with pytest.raises(LOST):
        client.put(STATEMENT)
    assert store.statements() == []
    (lost,) = store.requests()
    assert (lost.status, lost.fault, lost.json) == (None, "drop", STATEMENT)
    assert client.put(STATEMENT).status == 204


def test_an_answer_is_lost_after_the_work_is_done(store: RecordStore, client: Client) -> None:
    store.faults.append(lose_answer())
    with pytest.raises(LOST):
        client.put(STATEMENT)
    assert len(store.statements()) == 1
    assert client.put(STATEMENT).status == 204
    assert len(store.statements()) == 1


def test_the_page_to_go_back_to_is_another_systems(store: RecordStore) -> None:
    trouble = drop(times=None)
    store.faults.append(trouble)
    with urllib.request.urlopen(store.back) as page:
        assert page.status == 200
    assert trouble.seen == 0


@pytest.mark.parametrize("status", [401, 403, 404, 409, 412, 429, 500, 503])
def test_any_status_may_come(store: RecordStore, client: Client, status: int) -> None:
    store.faults.append(answer(status, retry_after=2))
    said = client.put(STATEMENT)
    assert (said.status, said.error, said.headers["Retry-After"]) == (status, "trouble on purpose", "2")
    assert (store.statements(), store.refused()) == ([], [])
    store.faults.append(answer(status))
    assert "Retry-After" not in client.put(STATEMENT).headers


def test_a_request_waits_while_others_go_on(store: RecordStore, client: Client) -> None:
    store.faults.append(delay(0.1, path="statements"))
    before = time.monotonic()
    assert client.put(STATEMENT).status == 204
    assert time.monotonic() - before >= 0.1


def test_a_request_waits_no_longer_than_its_fault_is_there(store: RecordStore, client: Client) -> None:
    waiting = delay(600, path="statements")
    store.faults.append(waiting)
    said: list[int] = []
    asking = threading.Thread(target=lambda: said.append(client.put(STATEMENT).status))
    asking.start()
    store.wait_for(lambda: waiting.seen)
    assert store.statements() == []
    store.faults.clear()
    asking.join(timeout=10)
    assert (said, len(store.statements())) == ([204], 1)


def test_a_sign_on_answers_in_the_place_of_the_store(store: RecordStore, client: Client) -> None:
    store.faults.append(log_in())
    said = client.put(STATEMENT)
    assert (said.status, said.headers["Content-Type"]) == (200, "text/html")
    assert (store.statements(), store.refused()) == ([], [])


def statuses(client: Client, times: int) -> list[int]:
    return [client.ask("GET", "statements").status for _ in range(times)]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (answer(503), [503, 200, 200, 200]),
        (answer(503, nth=3), [200, 200, 503, 200]),
        (answer(503, times=2), [503, 503, 200, 200]),
        (answer(503, nth=2, times=None), [200, 503, 503, 503]),
        (answer(503, method="PUT"), [200, 200, 200, 200]),
        (answer(503, path="statements"), [503, 200, 200, 200]),
        (answer(503, path="state"), [200, 200, 200, 200]),
        (answer(503, path="activities/state"), [200, 200, 200, 200]),
        (answer(503, matching=lambda request: "limit" in request.query), [200, 200, 200, 200]),
    ],
)
def test_which_requests_are_hit(store: RecordStore, client: Client, fault: Fault, expected: list[int]) -> None:
    store.faults.append(fault)
    assert statuses(client, 4) == expected
    store.faults.clear()
    assert statuses(client, 1) == [200]


def test_the_first_fault_that_strikes_is_the_one(store: RecordStore, client: Client) -> None:
    store.faults += [answer(500), answer(503, times=2)]
    assert statuses(client, 4) == [500, 503, 503, 200]


@pytest.mark.parametrize("name", ["missing", "mute", "503", ""])
def test_a_fault_that_requests_do_not_have(name: str) -> None:
    with pytest.raises(
        ValueError, match=f"^'{name}' is not one of drop, lose, answer, login, delay, cors, ignore, wipe$"
    ):
        Fault(name)


def test_every_fault_has_a_sentence_of_its_own() -> None:
    sentences = [kind.sentence for kind in FAULTS.values()]
    assert [sentence for sentence in sentences if not re.fullmatch(r"[A-Z][^.]*\.", sentence)] == []
    assert len(set(sentences)) == len(sentences)


# In a browser -------------------------------------------------------------------------------------

ASK = """async ([url, auth, body]) => {
  const headers = {
    Authorization: auth, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json",
  };
  try {
    const answer = await fetch(url, { method: body ? "PUT" : "GET", headers, body });
    return [answer.status, answer.headers.get("Retry-After")];
  } catch (error) {
    return [0, error.name];
  }
}"""


@pytest.fixture
def page(browser: Browser, store: RecordStore) -> Iterator[Page]:
    """A page of another origin than the store's."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{store.serve(PAGE)}index.html")
        yield page


def put(page: Page, store: RecordStore) -> list[Any]:
    """What a page hears when it puts a statement."""
    body = '{"actor": {"mbox": "mailto:sam@example.org"}, "verb": {"id": "a:b"}, "object": {"id": "a:c"}}'
    return list(page.evaluate(ASK, [f"{store.endpoint}statements?statementId={OTHER}", store.auth, body]))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("fault", "heard", "kept"),
    [
        (drop(), [0, "TypeError"], 0),
        (lose_answer(), [0, "TypeError"], 1),
        (answer(429, retry_after=7), [429, "7"], 0),
        (refuse_cors(method="PUT"), [0, "TypeError"], 0),
        (delay(0.05), [204, None], 1),
        (Fault("answer"), [503, None], 0),
    ],
    ids=["drop", "lose", "answer", "cors", "delay", "by name"],
)
def test_what_a_page_hears(page: Page, store: RecordStore, fault: Fault, heard: list[Any], kept: int) -> None:
    store.faults.append(fault)
    assert put(page, store) == heard
    assert len(store.statements()) == kept
    hit = [request for request in store.log if request.fault]
    assert len(hit) == 1  # the browser has not quietly tried again
    assert put(page, store) == [204, None]
    assert len(store.statements()) == 1


@pytest.mark.browser
def test_an_answer_without_permission_is_not_read(page: Page, store: RecordStore) -> None:
    store.faults.append(refuse_cors(method="GET", path="about"))
    simple = "url => fetch(url).then(answer => answer.status, error => error.name)"
    assert page.evaluate(simple, f"{store.endpoint}about") == "TypeError"
    assert page.evaluate(simple, f"{store.endpoint}about") == 200


LEAVE = """([url, auth, body]) => addEventListener("pagehide", () => fetch(url, {
  method: "PUT", keepalive: true, body,
  headers: { Authorization: auth, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" },
}))"""


@pytest.mark.browser
def test_a_last_word_arrives_though_the_page_is_gone(page: Page, store: RecordStore) -> None:
    page.evaluate(LEAVE, [f"{store.endpoint}statements?statementId={OTHER}", store.auth, json.dumps(STATEMENT)])
    page.close()
    store.wait_for(store.statements)
    assert [request.method for request in store.log] == ["OPTIONS", "PUT"]
