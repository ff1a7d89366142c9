"""A store behind the store: it answers for statements, and hears of nothing that is wrong or that is not for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lms.client import Client, begin
from lms.examples import OTHER, PLAIN
from scormpack.lms import RecordStore, Request, answer, drop, lose_answer
from scormpack.lms.exchange import Answer

STATEMENT = {**PLAIN, "id": OTHER}
DOCUMENT = {"activityId": "https://content.example/a", "agent": PLAIN["actor"], "stateId": "x"}


class Other:
    """It says what it is told to say."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.says = Answer(202, b'"so"', {"Content-Type": "application/json"})

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.says


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def store(other: Other) -> Iterator[RecordStore]:
    with RecordStore(behind=other.ask) as store:
        yield store


def test_its_answer_is_heard_and_both_have_the_statement(store: RecordStore, other: Other) -> None:
    said = Client(store).post(STATEMENT)
    assert (said.status, said.json) == (202, "so")
    assert [request.json for request in other.asked] == [[STATEMENT]]
    assert [each["id"] for each in store.statements()] == [OTHER]
    assert Client(store).ask("GET", "statements", {"statementId": OTHER}).json == "so"


def test_its_refusal_is_one(store: RecordStore, other: Other) -> None:
    other.says = Answer(422, b'{"detail": "no"}')
    assert Client(store).put(STATEMENT).status == 422
    assert [request.status for request in store.refused()] == [422]


def test_what_is_wrong_or_not_for_it_does_not_reach_it(store: RecordStore, other: Other) -> None:
    client = Client(store)
    assert client.post({"id": OTHER}).status == 400
    assert Client(store, auth="Basic eDp5").post(STATEMENT).status == 401
    assert client.ask("PUT", "activities/state", DOCUMENT, body={"a": 1}).status == 204
    assert client.ask("GET", "activities/state", DOCUMENT).json == {"a": 1}
    forbidden = begin(store, store.launch_cmi5("https://content.example/index.html")).post(STATEMENT)
    assert forbidden.requirements
    assert other.asked == []


def test_trouble_is_made_on_this_side_of_it(store: RecordStore, other: Other) -> None:
    client = Client(store)
    store.faults = [drop(), answer(503), lose_answer()]
    with pytest.raises(ConnectionError):
        client.post(STATEMENT)
    assert (client.post(STATEMENT).status, len(other.asked)) == (503, 0)
    with pytest.raises(ConnectionError):
        client.post(STATEMENT)
    assert (client.post(STATEMENT).status, len(other.asked)) == (202, 2)
