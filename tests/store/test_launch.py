"""Launches: what a unit is given, what the launcher records, and what becomes of sessions."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from store import LEARNER, RecordStore, Session, Unit
from store.client import Client, ask, begin
from store.cmi5 import CMI5, MASTERY, MOVEON, SESSION_ID, VERBS
from store.values import is_duration

PAGE = "https://content.example/index.html"


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with RecordStore() as store:
        yield store


def say(session: Session, verb: str, **result: Any) -> dict[str, Any]:
    """A statement of a unit, made as cmi5 wants it."""
    judged = verb in ("completed", "passed", "failed")
    template = session.template
    category = [{"id": CMI5}, *([{"id": MOVEON}] if judged else [])]
    mastery = session.terms.mastery if "score" in result else None
    duration = {} if verb == "initialized" else {"duration": "PT1S"}
    extra = {MASTERY: mastery} if mastery is not None else {}
    told = {**duration, **result}
    return {
        "id": str(uuid.uuid4()),
        "actor": session.terms.actor,
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"id": session.terms.activity},
        **({"result": told} if told else {}),
        "context": {
            **template,
            "registration": session.terms.registration,
            "contextActivities": {**template["contextActivities"], "category": category},
            "extensions": {**template["extensions"], **extra},
        },
        "timestamp": "2026-11-23T10:15:30Z",
    }


def verbs(store: RecordStore) -> list[str]:
    return [statement["verb"]["id"].rpartition("/")[2] for statement in store.statements()]


# What a unit is given -----------------------------------------------------------------------------


def test_the_url_says_where_to_go(store: RecordStore) -> None:
    session = store.launch_cmi5(f"{PAGE}?from=home")
    query = {name: values[0] for name, values in parse_qs(urlsplit(session.url).query, strict_parsing=True).items()}
    enrolled = session.registration
    assert session.url.startswith(f"{PAGE}?from=home&endpoint=http%3A%2F%2F127.0.0.1")
    assert "+" not in session.url
    assert json.loads(query.pop("actor")) == LEARNER
    assert query == {
        "from": "home",
        "endpoint": store.endpoint,
        "fetch": f"{store.address}/fetch/{session.id}",
        "registration": enrolled.id,
        "activityId": enrolled.activity,
    }


def test_the_key_is_given_once(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE)
    address = f"{store.address}/fetch/{session.id}"
    client = Client(store, f"Basic {session.token}")
    assert client.ask("GET", "statements").status == 401  # nobody knows it yet
    first, second = ask(address, "POST"), ask(address, "POST")
    assert first.json == {"auth-token": session.token}
    assert (second.status, second.json["error-code"]) == (200, "1")
    assert session.fetches == 2
    assert client.ask("GET", "statements").status == 200
    assert (ask(address).status, session.failures[0].requirement) == (405, "8.2.2.0-4")
    assert ask(f"{store.address}/fetch/nobody", "POST").status == 404


def test_launch_data_say_what_the_course_says(store: RecordStore) -> None:
    unit = Unit(move_on="Passed", mastery_score=0.75, launch_parameters="a=1", entitlement_key="k")
    more = {"language": "de", "contextActivities": {"parent": [{"id": "https://lms.example/c"}]}}
    session = store.launch_cmi5(PAGE, unit, mode="Browse", return_url="https://lms.example/back", context=more)
    enrolled = session.registration
    state = {"activityId": enrolled.activity, "agent": LEARNER, "registration": enrolled.id}
    client = begin(store, session)
    assert client.ask("GET", "activities/state", {**state, "stateId": "LMS.LaunchData"}).json == {
        "contextTemplate": {
            "language": "de",
            "contextActivities": {"parent": [{"id": "https://lms.example/c"}], "grouping": [{"id": unit.id}]},
            "extensions": {SESSION_ID: session.id},
        },
        "launchMode": "Browse",
        "launchMethod": "AnyWindow",
        "launchParameters": "a=1",
        "masteryScore": 0.75,
        "moveOn": "Passed",
        "returnURL": "https://lms.example/back",
        "entitlementKey": {"courseStructure": "k"},
    }


def test_preferences_may_be_missing_and_may_be_locked(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE, preferences=None, preferences_locked=True)
    client = begin(store, session)
    profile = {"agent": LEARNER, "profileId": "cmi5LearnerPreferences"}
    assert client.ask("GET", "agents/profile", profile).status == 404
    assert session.preferences_read
    told = {"languagePreference": "en", "audioPreference": "off"}
    assert client.ask("PUT", "agents/profile", profile, told).status == 403
    assert session.failures == []


# What becomes of a session ------------------------------------------------------------------------


def test_a_session_from_launch_to_end(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE, Unit(move_on="CompletedAndPassed", mastery_score=0.5))
    client = begin(store, session)
    assert client.put(say(session, "initialized")).status == 204
    assert (
        client.post(
            say(session, "passed", success=True, score={"scaled": 0.5}), say(session, "completed", completion=True)
        ).status
        == 200
    )
    assert client.put(say(session, "terminated")).status == 204
    assert verbs(store) == ["launched", "initialized", "passed", "completed", "satisfied", "terminated"]
    assert session.verbs == ["initialized", "passed", "completed", "terminated"]
    assert (session.satisfied, session.failures, store.refused()) == (True, [], [])
    assert [s["verb"]["display"]["en"] for s in session.said()] == session.verbs
    (satisfied,) = store.statements("satisfied")
    assert satisfied["object"]["id"] == session.registration.course
    assert satisfied["context"]["extensions"] == {SESSION_ID: session.id}


@pytest.mark.parametrize(
    ("move_on", "said", "satisfied"),
    [
        ("NotApplicable", [], True),
        ("Passed", ["completed"], False),
        ("Passed", ["passed"], True),
        ("Completed", ["passed"], False),
        ("Completed", ["completed"], True),
        ("CompletedAndPassed", ["completed"], False),
        ("CompletedAndPassed", ["passed"], False),
        ("CompletedAndPassed", ["passed", "completed"], True),
        ("CompletedOrPassed", ["failed"], False),
        ("CompletedOrPassed", ["completed"], True),
        ("CompletedOrPassed", ["passed"], True),
    ],
)
def test_what_satisfies(store: RecordStore, move_on: str, said: list[str], satisfied: bool) -> None:
    session = store.launch_cmi5(PAGE, Unit(move_on=move_on))
    client = begin(store, session)
    results = {"passed": {"success": True}, "failed": {"success": False}, "completed": {"completion": True}}
    for verb in ["initialized", *said]:
        assert client.put(say(session, verb, **results.get(verb, {}))).status == 204
    assert session.satisfied is satisfied
    assert len(store.statements("satisfied")) == satisfied


def test_what_was_reached_counts_in_later_sessions(store: RecordStore) -> None:
    first = store.launch_cmi5(PAGE, Unit(move_on="CompletedAndPassed"))
    client = begin(store, first)
    client.post(say(first, "initialized"), say(first, "completed", completion=True), say(first, "terminated"))
    second = store.launch_cmi5(PAGE, again=first)
    client = begin(store, second)
    assert second.registration is first.registration
    assert (second.id != first.id, second.token != first.token) == (True, True)
    client.put(say(second, "initialized"))
    assert client.put(say(second, "completed", completion=True)).requirements == ["9.3.0.0-6 (d2)"]
    assert client.put(say(second, "passed", success=True)).status == 204
    assert second.satisfied
    assert second.verbs == ["initialized", "passed"]
    assert [str(failure) for failure in second.failures] == [
        "9.3.0.0-6 (d2): completed was said in this registration before"
    ]


def test_a_session_left_open_is_abandoned(store: RecordStore) -> None:
    first = store.launch_cmi5(PAGE)
    client = begin(store, first)
    client.put(say(first, "initialized"))
    store.launch_cmi5(PAGE, again=first)
    store.launch_cmi5(PAGE, again=first)
    assert verbs(store) == ["launched", "initialized", "abandoned", "launched", "abandoned", "launched"]
    abandoned = store.statements("abandoned")[0]
    assert is_duration(abandoned["result"]["duration"])
    assert abandoned["context"]["extensions"] == {SESSION_ID: first.id}
    assert client.put(say(first, "terminated")).requirements == ["9.3.6.0-2 (d2)"]


def test_after_terminated_the_key_opens_nothing(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE)
    client = begin(store, session)
    last = say(session, "terminated")
    client.post(say(session, "initialized"), last)
    state = {"activityId": session.terms.activity, "agent": LEARNER, "stateId": "a"}
    said = client.ask("PUT", "activities/state", {**state, "registration": session.terms.registration}, {})
    assert (said.status, said.requirements) == (403, ["8.1.2.0-2 (d)"])
    assert client.ask("GET", "statements").requirements == ["8.1.2.0-2 (d)"]
    assert client.put(say(session, "completed", completion=True)).requirements == ["9.3.0.0-5 (d2)"]
    assert len(session.failures) == 3
    assert client.put(last).status == 204  # the same statement once more, as after an answer that was lost
    assert len(session.failures) == 3
    store.launch_cmi5(PAGE, again=session)
    assert store.statements("abandoned") == []


def test_a_list_with_a_failure_leaves_no_trace(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE)
    client = begin(store, session)
    nameless = say(session, "completed", completion=True)
    del nameless["id"]
    said = client.post(say(session, "initialized"), nameless)
    assert (said.status, said.requirements) == (403, ["9.1.0.0-1 (d)"])
    assert (session.verbs, session.initialized, verbs(store)) == ([], False, ["launched"])
    assert store.requests()[-1].failures == session.failures


def test_a_unit_that_reads_nothing_first(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE)
    ask(f"{store.address}/fetch/{session.id}", "POST")
    said = Client(store, f"Basic {session.token}").put(say(session, "initialized"))
    assert said.requirements == ["10.2.1.0-4", "11.0.0.0-3 (d2)"]


def test_there_is_a_page_to_go_back_to(store: RecordStore) -> None:
    assert ask(store.back).status == 200


def test_a_test_can_wait_for_what_comes_late(store: RecordStore) -> None:
    store.wait_for(lambda: True)
    with pytest.raises(AssertionError, match=r"what was asked:\nGET /back \{\} -> 200"):
        store.wait_for(lambda: ask(store.back).status == 404, 0.02)


# Tin Can ------------------------------------------------------------------------------------------


def asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_tin_can_launch(store: RecordStore) -> None:
    launch = store.launch_tincan(PAGE, "https://content.example/course", grouping="https://lms.example/c")
    query = asked(launch.url)
    assert json.loads(query.pop("actor")) == launch.actor
    assert query == {
        "endpoint": store.endpoint,
        "auth": store.auth,
        "activity_id": "https://content.example/course",
        "grouping": "https://lms.example/c",
    }


@pytest.mark.parametrize(
    ("actor", "old"),
    [
        (
            {"objectType": "Agent", "name": "Sam", "mbox": "mailto:sam@example.org"},
            {"objectType": "Agent", "name": ["Sam"], "mbox": ["mailto:sam@example.org"]},
        ),
        (
            {"account": {"homePage": "https://lms.example", "name": "1"}},
            {
                "objectType": "Agent",
                "account": [{"accountServiceHomePage": "https://lms.example", "accountName": "1"}],
            },
        ),
    ],
)
def test_an_actor_of_old(store: RecordStore, actor: dict[str, Any], old: dict[str, Any]) -> None:
    launch = store.launch_tincan(PAGE, "https://content.example/course", actor=actor, old_actor=True)
    assert json.loads(asked(launch.url)["actor"]) == old


def test_what_content_of_tin_can_leaves(store: RecordStore) -> None:
    registration = str(uuid.uuid4())
    launch = store.launch_tincan(PAGE, "https://content.example/course", registration=registration)
    client = Client(store, asked(launch.url)["auth"])
    statement = {
        "actor": launch.actor,
        "verb": {"id": VERBS["passed"]},
        "object": {"id": launch.activity},
        "context": {"registration": registration},
    }
    client.post(statement, {**statement, "context": {"registration": str(uuid.uuid4())}})
    assert [len(launch.said()), len(launch.said("passed")), len(launch.said("failed"))] == [1, 1, 0]
    assert launch.state("notes") is None
    query = {"activityId": launch.activity, "agent": launch.actor, "stateId": "notes", "registration": registration}
    client.ask("PUT", "activities/state", query, {"page": 3})
    kept = launch.state("notes")
    assert kept is not None
    assert kept.json == {"page": 3}
