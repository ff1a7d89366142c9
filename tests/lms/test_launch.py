"""Launches: what a unit is given, what the launcher records, and what becomes of sessions."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lms.client import Client, ask, begin
from scormpack.lms import LEARNER, Block, Course, RecordStore, Registration, Session, Unit
from scormpack.lms.judge.cmi5 import CMI5, MASTERY, MOVEON, SESSION_ID, VERBS
from scormpack.lms.judge.values import is_duration

PAGE = "https://content.example/index.html"
RESULTS: dict[str, dict[str, Any]] = {
    "completed": {"completion": True},
    "passed": {"success": True},
    "failed": {"success": False},
}


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


def take(store: RecordStore, session: Session, *said: str) -> Client:
    """A unit that begins and says some verbs; it is not over then."""
    client = begin(store, session)
    for verb in ["initialized", *said]:
        assert client.put(say(session, verb, **RESULTS.get(verb, {}))).status == 204
    return client


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
        "activityId": session.activity,
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
    state = {"activityId": session.activity, "agent": LEARNER, "registration": enrolled.id}
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
    assert satisfied["object"]["id"] == session.registration.activity(session.registration.course)
    assert satisfied["context"]["extensions"] == {SESSION_ID: session.id}


SAID = {
    "nothing": [],
    "completed": ["completed"],
    "passed": ["passed"],
    "both": ["passed", "completed"],
    "failed": ["failed"],
}
ENOUGH = {
    "NotApplicable": ["nothing", "completed", "passed", "both", "failed"],
    "Passed": ["passed", "both"],
    "Completed": ["completed", "both"],
    "CompletedAndPassed": ["both"],
    "CompletedOrPassed": ["completed", "passed", "both"],
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("move_on", ENOUGH)
def test_what_satisfies(store: RecordStore, move_on: str, said: str) -> None:
    session = store.launch_cmi5(PAGE, Unit(move_on=move_on))
    take(store, session, *SAID[said])
    is_enough = said in ENOUGH[move_on]
    assert session.satisfied is is_enough
    course = session.registration.course
    assert session.registration.satisfied == ([session.unit.id, course.id] if is_enough else [])
    assert len(store.statements("satisfied")) == is_enough
    assert session.failures == []


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
    take(store, first)
    store.launch_cmi5(PAGE, again=first)
    store.launch_cmi5(PAGE, again=first)
    assert verbs(store) == ["launched", "initialized", "abandoned", "launched", "abandoned", "launched"]
    abandoned = store.statements("abandoned")[0]
    assert abandoned["object"] == {"id": first.activity}
    assert abandoned["context"]["extensions"] == {SESSION_ID: first.id}
    assert abandoned["context"]["contextActivities"]["grouping"] == [{"id": first.unit.id}]


def test_an_abandoned_session_lasted_until_its_last_statement(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = "10:00:00"
    for module in ("launch.cmi5", "store.ledger"):
        monkeypatch.setattr(f"scormpack.lms.{module}.now", lambda: f"2026-11-23T{clock}.000000Z")
    session = store.launch_cmi5(PAGE)
    clock = "10:01:00"
    client = take(store, session)
    clock = "10:02:30"
    client.put(say(session, "completed", completion=True))
    clock = "12:00:00"
    silent = store.launch_cmi5(PAGE, again=session)
    clock = "13:00:00"
    store.launch_cmi5(PAGE, again=silent)
    told = [each["result"]["duration"] for each in store.statements("abandoned")]
    assert told == ["PT150.000S", "PT0.000S"]
    assert all(map(is_duration, told))


def test_an_abandoned_session_may_ask_and_say_nothing(store: RecordStore) -> None:
    session = store.launch_cmi5(PAGE)
    client = take(store, session)
    unread = store.launch_cmi5(PAGE, again=session)
    store.launch_cmi5(PAGE, again=session)
    before = verbs(store)
    state = {
        "activityId": session.activity,
        "agent": LEARNER,
        "registration": session.registration.id,
        "stateId": "a",
    }
    for verb in ("completed", "terminated"):
        assert client.put(say(session, verb, **RESULTS.get(verb, {}))).requirements == ["9.3.6.0-2 (d2)"]
    over = [
        client.ask("GET", "statements"),
        client.ask("GET", "activities/state", state),
        client.ask("PUT", "activities/state", state, {}),
        client.ask("GET", "agents/profile", {"agent": LEARNER, "profileId": "cmi5LearnerPreferences"}),
    ]
    assert [(each.status, each.requirements) for each in over] == [(403, ["8.1.2.0-2 (d)"])] * 4
    assert ask(f"{store.address}/fetch/{unread.id}", "POST").json["error-code"] == "1"
    assert verbs(store) == before
    assert len(session.failures) == 6


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
    with pytest.raises(TimeoutError, match=r"what was asked:\nGET /back \{\} -> 200"):
        store.wait_for(lambda: ask(store.back).status == 404, 0.02)


# A course of several units ------------------------------------------------------------------------

A, B, C, D, E = (Unit(f"https://content.example/{name}", "Completed", url=f"{name}.html") for name in "abcde")
INNER = Block("https://content.example/inner", (C, D))
OUTER = Block("https://content.example/outer", (B, INNER))
COURSE = Course("https://content.example/course", (A, OUTER, E))


def complete(store: RecordStore, enrolled: Registration, unit: Unit) -> Session:
    """A whole session of a unit."""
    session = store.launch_cmi5(PAGE, unit, again=enrolled)
    take(store, session, "completed", "terminated")
    assert (session.failures, session.satisfied) == ([], True)
    return session


@pytest.mark.parametrize(
    ("order", "satisfied"),
    [
        ([A, B, C, D, E], [A, B, C, D, INNER, OUTER, E, COURSE]),
        ([C, D, B, A, E], [C, D, INNER, B, OUTER, A, E, COURSE]),
        ([E, A, B, C, D], [E, A, B, C, D, INNER, OUTER, COURSE]),
        ([A, B, C, E], [A, B, C, E]),
    ],
)
def test_what_is_in_a_block_satisfies_it_and_the_blocks_the_course(
    store: RecordStore, order: list[Unit], satisfied: list[Unit | Block]
) -> None:
    enrolled = store.enrol(COURSE)
    for unit in order:
        complete(store, enrolled, unit)
    assert enrolled.satisfied == [each.id for each in satisfied]
    told = [statement["object"]["id"] for statement in store.statements("satisfied")]
    assert told == [enrolled.activity(each) for each in satisfied if isinstance(each, Block)]


def test_what_is_said_of_a_block(store: RecordStore) -> None:
    enrolled = store.enrol(COURSE)
    complete(store, enrolled, C)
    session = complete(store, enrolled, D)
    assert verbs(store)[-2:] == ["satisfied", "terminated"]
    (statement,) = store.statements("satisfied")
    assert statement["object"] == {
        "id": enrolled.activity(INNER),
        "definition": {"type": "https://w3id.org/xapi/cmi5/activitytype/block"},
    }
    assert statement["context"] == {
        "registration": enrolled.id,
        "contextActivities": {
            "category": [{"id": CMI5}],
            "grouping": [{"id": INNER.id}],
        },
        "extensions": {SESSION_ID: session.id},
    }


def test_what_is_said_of_the_course(store: RecordStore) -> None:
    enrolled = store.enrol(COURSE)
    sessions = [complete(store, enrolled, unit) for unit in COURSE.units]
    statement = store.statements("satisfied")[-1]
    assert statement["object"]["id"] == enrolled.activity(COURSE)
    assert statement["object"]["definition"] == {"type": "https://w3id.org/xapi/cmi5/activitytype/course"}
    assert statement["context"]["extensions"] == {SESSION_ID: sessions[-1].id}
    made = {enrolled.activity(part) for part in COURSE.inside_out()}
    assert (len(made), made & {part.id for part in COURSE.inside_out()}) == (8, set())


def test_satisfied_is_said_once(store: RecordStore) -> None:
    enrolled = store.enrol(COURSE)
    for unit in COURSE.units:
        complete(store, enrolled, unit)
    for unit in COURSE.units:
        take(store, store.launch_cmi5(PAGE, unit, again=enrolled, mode="Review"), "terminated")
    assert len(store.statements("satisfied")) == 3
    assert enrolled.satisfied.count(COURSE.id) == 1


def test_what_asks_for_nothing_is_satisfied_at_registration(store: RecordStore) -> None:
    free = Block("https://content.example/free", (replace(A, move_on="NotApplicable"),))
    course = Course("https://content.example/course", (free, B, replace(E, move_on="NotApplicable")))
    enrolled = store.enrol(course)
    assert enrolled.satisfied == [A.id, free.id, E.id]
    (statement,) = store.statements()
    assert statement["object"]["id"] == enrolled.activity(free)
    number = statement["context"]["extensions"][SESSION_ID]
    session = store.launch_cmi5(PAGE, course.units[0], again=enrolled)
    assert uuid.UUID(number) != uuid.UUID(session.id)
    take(store, session, "completed", "terminated")
    assert verbs(store) == ["satisfied", "launched", "initialized", "completed", "terminated"]
    complete(store, enrolled, B)
    assert enrolled.satisfied == [A.id, free.id, E.id, B.id, course.id]
    assert len(store.statements("satisfied")) == 2


def test_each_unit_has_its_own(store: RecordStore) -> None:
    """Its id, its launch data, its documents and its past; the registration is that of all."""
    enrolled = store.enrol(COURSE)
    one = store.launch_cmi5(PAGE, A, again=enrolled)
    client = take(store, one, "completed")
    about = {"agent": LEARNER, "registration": enrolled.id}
    notes = {**about, "activityId": one.activity, "stateId": "notes"}
    assert client.ask("PUT", "activities/state", notes, {"page": 3}).status == 204
    client.put(say(one, "terminated"))
    two = store.launch_cmi5(PAGE, B, again=enrolled)
    assert (one.registration is two.registration, one.activity != two.activity) == (True, True)
    client = begin(store, two)
    assert client.ask("GET", "activities/state", {**notes, "activityId": two.activity}).status == 404
    data = {**about, "activityId": one.activity, "stateId": "LMS.LaunchData"}
    assert client.ask("GET", "activities/state", data).requirements == ["10.1.0.0-3"]
    told = client.ask("GET", "activities/state", {**data, "activityId": two.activity}).json
    assert told["contextTemplate"]["contextActivities"]["grouping"] == [{"id": B.id}]
    client.put(say(two, "initialized"))
    assert client.put({**say(two, "completed", completion=True), "object": {"id": one.activity}}).requirements == [
        "8.1.5.0-6 (d)"
    ]
    assert client.put(say(two, "completed", completion=True)).status == 204
    later = store.launch_cmi5(PAGE, A, again=enrolled)
    assert later.activity == one.activity
    client = take(store, later)
    assert client.ask("GET", "activities/state", notes).json == {"page": 3}
    assert client.put(say(later, "completed", completion=True)).requirements == ["9.3.0.0-6 (d2)"]


def test_opening_one_unit_abandons_another_and_what_that_has_said_counts(store: RecordStore) -> None:
    """A learner has one unit open at a time (cmi5, 9.3.6)."""
    enrolled = store.enrol(Course("https://content.example/course", (replace(A, move_on="CompletedAndPassed"), B)))
    one = store.launch_cmi5(PAGE, enrolled.course.units[0], again=enrolled)
    client = take(store, one, "completed")
    two = store.launch_cmi5(PAGE, B, again=enrolled)
    assert [one.abandoned, two.abandoned] == [True, False]
    assert store.statements("abandoned")[0]["object"]["id"] == one.activity
    assert client.put(say(one, "passed", success=True)).requirements == ["9.3.6.0-2 (d2)"]
    take(store, two, "completed", "terminated")
    assert enrolled.satisfied == [B.id]
    take(store, store.launch_cmi5(PAGE, again=one), "passed")
    assert enrolled.satisfied == [B.id, A.id, enrolled.course.id]


def test_a_unit_that_the_course_does_not_have(store: RecordStore) -> None:
    enrolled = store.enrol(COURSE)
    with pytest.raises(ValueError, match=r"^the course has no unit https://content\.example/course/unit$"):
        store.launch_cmi5(PAGE, Unit(), again=enrolled)
    assert store.statements() == []


def test_what_a_course_now_says_of_a_unit_holds(store: RecordStore) -> None:
    enrolled = store.enrol(COURSE)
    session = store.launch_cmi5(PAGE, replace(C, move_on="Passed"), again=enrolled)
    take(store, session, "completed", "terminated")
    assert enrolled.satisfied == []
    assert [unit.move_on for unit in enrolled.course.units] == [*["Completed"] * 2, "Passed", *["Completed"] * 2]
    again = store.launch_cmi5(PAGE, again=session)
    assert (again.unit, again.activity) == (session.unit, session.activity)


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
