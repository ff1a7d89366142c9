"""The judge of cmi5: every rule by a statement that breaks it, and by the requirement that it names."""

from __future__ import annotations

import itertools
import json
import re
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paths import NODE_MODULES

import scormpack.lms.judge.cmi5
import scormpack.lms.launch.cmi5
from lms.examples import OTHER, REMOVE, changed
from scormpack.lms.judge.cmi5 import (
    CMI5,
    MASTERY,
    MOVEON,
    PREFERENCES,
    PROGRESS,
    SESSION_ID,
    VERBS,
    Case,
    Past,
    Terms,
    judge,
    judge_document,
)
from scormpack.lms.judge.statements import problems
from scormpack.lms.launch.cmi5 import LEARNER

UNIT = "https://content.example/course/unit"
TEMPLATE = {
    "contextActivities": {"grouping": [{"id": UNIT}]},
    "extensions": {SESSION_ID: "s1"},
    "platform": "Example LMS",
}
TERMS = Terms(LEARNER, OTHER, "https://lms.example/activity/1", "s1", TEMPLATE, mastery=0.8)
RESULTS: dict[str, dict[str, Any]] = {
    "completed": {"completion": True, "duration": "PT1M"},
    "passed": {"success": True, "score": {"scaled": 0.8}, "duration": "PT1M"},
    "failed": {"success": False, "score": {"scaled": 0.79}, "duration": "PT1M"},
    "terminated": {"duration": "PT1M"},
}
BEGUN = Past(("initialized",))


def say(verb: str) -> dict[str, Any]:
    """A statement as cmi5 defines it."""
    judged = verb in ("completed", "passed", "failed")
    lists = {"category": [{"id": CMI5}, *([{"id": MOVEON}] if judged else [])], "grouping": [{"id": UNIT}]}
    extensions = {SESSION_ID: "s1", **({MASTERY: 0.8} if verb in ("passed", "failed") else {})}
    return {
        "id": str(uuid.uuid4()),
        "actor": LEARNER,
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"id": TERMS.activity},
        "context": {
            "registration": OTHER,
            "contextActivities": lists,
            "extensions": extensions,
            "platform": "Example LMS",
        },
        "timestamp": "2026-11-23T10:15:30.5Z",
        **({"result": RESULTS[verb]} if verb in RESULTS else {}),
    }


def allow(**more: Any) -> dict[str, Any]:
    """A statement as cmi5 allows it."""
    statement = changed(say("initialized"), "context.contextActivities", {"grouping": [{"id": UNIT}]})
    verb = {"id": "http://adlnet.gov/expapi/verbs/experienced"}
    return {**statement, "verb": verb, "object": {"id": f"{UNIT}/page-1"}, **more}


def found(statement: dict[str, Any], past: Past = BEGUN, terms: Terms = TERMS, has_id: bool = True) -> list[str]:
    """The requirements that a statement does not meet."""
    assert problems(statement) == []
    return [failure.requirement for failure in judge(Case(statement, terms, past, has_id))]


# Right --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["completed", "passed", "failed", "terminated"])
def test_a_statement_as_it_is_defined(verb: str) -> None:
    assert found(say(verb)) == []


def test_the_first_one_is_initialized() -> None:
    assert found(say("initialized"), Past()) == []


def test_what_is_allowed_between() -> None:
    assert found(allow()) == []
    assert found(allow(result={"completion": True, "score": {"scaled": -0.5}, "extensions": {PROGRESS: 50}})) == []


def test_failing_may_be_made_good_in_another_session() -> None:
    assert found(say("passed"), Past(("initialized",), ("initialized", "failed", "terminated"))) == []


def test_a_verdict_needs_no_score() -> None:
    plain = changed(say("passed"), "result.score", REMOVE)
    assert found(changed(plain, "context.extensions", {SESSION_ID: "s1"})) == []


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_is_allowed_in_any_mode(mode: str) -> None:
    terms = Terms(LEARNER, OTHER, TERMS.activity, "s1", TEMPLATE, mode)
    assert found(say("initialized"), Past(), terms) == found(allow(), BEGUN, terms) == []
    assert found(say("terminated"), BEGUN, terms) == []


# Wrong: one place ---------------------------------------------------------------------------------

GROUPING = [{"id": UNIT}]
WRONG: list[tuple[str, str, Any, list[str]]] = [
    # every statement
    ("completed", "timestamp", REMOVE, ["9.7.0.0-1 (d)"]),
    ("completed", "timestamp", "2026-11-23T10:15:30+01:00", ["9.7.0.0-2 (d)"]),
    ("completed", "actor", {"account": LEARNER["account"]}, ["8.1.3.0-3 (d)"]),
    ("completed", "actor.name", "Someone else", ["8.1.3.0-3 (d)"]),
    ("completed", "context.registration", REMOVE, ["9.6.1.0-1 (d)"]),
    ("completed", "context.registration", "0a4bd0a5-6a6a-4b51-8f0e-000000000000", ["9.6.1.0-1 (d)"]),
    ("completed", "context.extensions", {SESSION_ID: "s2"}, ["9.6.3.1-4 (d)", "10.2.1.0-7 (d)"]),
    ("completed", "context.extensions", REMOVE, ["9.6.3.1-4 (d)", "10.2.1.0-6 (d)"]),
    ("completed", "context.platform", "Our own", ["10.2.1.0-7 (d)"]),
    ("completed", "context.platform", REMOVE, ["10.2.1.0-6 (d)"]),
    ("completed", "context.contextActivities.grouping", REMOVE, ["9.6.2.0-1 (d)"]),
    ("completed", "context.contextActivities.grouping", [{"id": "https://content.example/x"}], ["9.6.2.0-1 (d)"]),
    # what it is about, and in which words
    ("completed", "object.id", UNIT, ["8.1.5.0-6 (d)"]),
    ("initialized", "verb.id", VERBS["satisfied"], ["9.3.0.0-1"]),
    ("initialized", "verb.id", "http://adlnet.gov/expapi/verbs/answered", ["9.3.0.0-1"]),
    # results
    ("completed", "result.completion", REMOVE, ["9.6.2.2-2 (d)", "9.5.3.0-1 (d1)"]),
    ("completed", "result.completion", False, ["9.5.3.0-1 (d1)"]),
    ("completed", "result.success", True, ["9.5.2.0-3 (d)"]),
    ("completed", "result.score", {"scaled": 0.9}, ["9.5.1.0-2 (d)"]),
    ("completed", "result.duration", REMOVE, ["9.5.4.1-2 (d)"]),
    ("passed", "result.success", REMOVE, ["9.6.2.2-2 (d)", "9.5.2.0-1 (d1)"]),
    ("passed", "result.success", False, ["9.5.2.0-1 (d1)"]),
    ("passed", "result.completion", True, ["9.5.3.0-2 (d)"]),
    ("passed", "result.duration", REMOVE, ["9.5.4.1-3 (d)"]),
    ("passed", "result.score.scaled", 0.79, ["9.3.4.0-2 (d2)"]),
    ("passed", "result.score.raw", 9, ["9.5.1.0-3 (d1)", "9.5.1.0-3 (d2)"]),
    ("passed", "result.score", {"scaled": 0.9, "raw": 9, "min": 0}, ["9.5.1.0-3 (d2)"]),
    ("passed", "result.score", {"scaled": 0.9, "raw": 9, "max": 10}, ["9.5.1.0-3 (d1)"]),
    ("passed", "context.extensions", {SESSION_ID: "s1"}, ["9.6.3.2-2 (d)"]),
    ("passed", "context.extensions", {SESSION_ID: "s1", MASTERY: 0.7}, ["9.6.3.2-2 (d)"]),
    ("failed", "result.success", True, ["9.5.2.0-2 (d)"]),
    ("failed", "result.score.scaled", 0.8, ["9.3.5.0-2 (d)"]),
    ("failed", "result.score.scaled", -0.1, ["7.0.0.0-5"]),
    ("failed", "result.duration", REMOVE, ["9.5.4.1-4 (d)"]),
    ("terminated", "result", REMOVE, ["9.5.4.1-1 (d)"]),
    ("terminated", "result.success", True, ["9.5.2.0-3 (d)"]),
    ("terminated", "result.completion", True, ["9.5.3.0-2 (d)"]),
    # categories
    ("completed", "context.contextActivities.category", [{"id": CMI5}], ["9.6.2.2-1 (d1)"]),
    ("passed", "context.contextActivities.category", [{"id": CMI5}], ["9.6.2.2-1 (d2)"]),
    ("failed", "context.contextActivities.category", {"id": CMI5}, ["9.6.2.2-1 (d3)"]),
    ("terminated", "context.contextActivities.category", [{"id": CMI5}, {"id": MOVEON}], ["9.6.2.2-2 (d)"]),
    ("completed", "context.contextActivities.category", [{"id": MOVEON}], ["9.6.2.2-2 (d)"]),
    ("terminated", "context.contextActivities.other", [{"id": CMI5}], ["9.6.2.1-1"]),
    ("terminated", "context.contextActivities.parent", [{"id": MOVEON}], ["9.6.2.2-2 (d)"]),
]


@pytest.mark.parametrize(
    ("verb", "place", "value", "requirement"), WRONG, ids=[f"{n}-{w[0]}-{w[1]}" for n, w in enumerate(WRONG)]
)
def test_one_place_that_is_wrong(verb: str, place: str, value: Any, requirement: list[str]) -> None:
    assert found(changed(say(verb), place, value)) == requirement


@pytest.mark.parametrize(
    ("more", "requirement"),
    [
        ({"result": {"score": {"raw": 1}}}, ["9.5.1.0-3 (d1)", "9.5.1.0-3 (d2)"]),
        ({"result": {"extensions": {PROGRESS: 50.5}}}, ["7.0.0.0-5"]),
        ({"result": {"extensions": {PROGRESS: 101}}}, ["7.0.0.0-5"]),
        ({"result": {"extensions": {PROGRESS: "50"}}}, ["7.0.0.0-5"]),
        (
            {
                "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
                "object": {"objectType": "StatementRef", "id": OTHER},
            },
            ["6.3.0.0-1"],
        ),
    ],
)
def test_what_is_not_allowed_either(more: dict[str, Any], requirement: list[str]) -> None:
    statement = allow(**more)
    if statement["object"].get("objectType") == "StatementRef":
        terms = Terms(LEARNER, OTHER, TERMS.activity, "s1", {**TEMPLATE, "platform": None})
        terms.template.pop("platform")
        assert found(changed(statement, "context.platform", REMOVE), terms=terms) == requirement
    else:
        assert found(statement) == requirement


def test_an_allowed_statement_belongs_to_its_session_too() -> None:
    assert found(changed(allow(), "context.registration", REMOVE)) == ["8.1.4.0-3 (d)"]
    assert found(changed(allow(), "context.contextActivities", REMOVE)) == ["10.2.1.0-6 (d)"]


def test_the_object_is_an_activity() -> None:
    terms = Terms(LEARNER, OTHER, TERMS.activity, "s1", {})
    agent = changed(changed(say("terminated"), "object", LEARNER), "context.platform", REMOVE)
    assert found(agent, terms=terms) == ["9.4.0.0-1 (d)"]


def test_the_unit_gives_the_id() -> None:
    assert found(say("terminated"), has_id=False) == ["9.1.0.0-1 (d)"]


def test_no_mastery_is_made_up() -> None:
    terms = Terms(LEARNER, OTHER, TERMS.activity, "s1", TEMPLATE)
    assert found(say("passed"), terms=terms) == ["9.6.3.2-2 (d)"]
    assert found(changed(say("passed"), "context.extensions", {SESSION_ID: "s1"}), terms=terms) == []


# Wrong: the moment --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "here", "earlier", "requirement"),
    [
        ("terminated", "", "", ["9.3.0.0-4 (d2)"]),
        ("initialized", "initialized", "", ["9.3.2.0-3 (d)"]),
        ("completed", "initialized completed", "", ["9.3.0.0-2 (d)"]),
        ("completed", "initialized", "initialized completed", ["9.3.0.0-6 (d2)"]),
        ("passed", "initialized passed", "", ["9.3.0.0-2 (d)"]),
        ("passed", "initialized", "initialized passed", ["9.3.0.0-7 (d2)"]),
        ("passed", "initialized failed", "", ["9.3.0.0-3 (d)"]),
        ("failed", "initialized passed", "", ["9.3.0.0-3 (d)", "9.3.0.0-8 (d)"]),
        ("failed", "initialized", "initialized passed", ["9.3.0.0-8 (d)"]),
        ("completed", "initialized terminated", "", ["9.3.0.0-5 (d2)"]),
        ("terminated", "initialized terminated", "", ["9.3.0.0-5 (d2)", "9.3.0.0-2 (d)"]),
    ],
)
def test_a_statement_at_the_wrong_moment(verb: str, here: str, earlier: str, requirement: list[str]) -> None:
    assert found(say(verb), Past(tuple(here.split()), tuple(earlier.split()))) == requirement


def test_an_allowed_statement_has_its_time() -> None:
    assert found(allow(), Past()) == ["9.3.0.0-4 (d2)"]
    assert found(allow(), Past(("initialized", "terminated"))) == ["9.3.0.0-5 (d2)"]
    assert found(allow(), Past(("initialized",), abandoned=True)) == ["9.3.6.0-2 (d2)"]


def test_what_is_read_before_the_first_statement() -> None:
    assert found(say("initialized"), Past(launch_data_read=False)) == ["10.2.1.0-4"]
    assert found(say("initialized"), Past(preferences_read=False)) == ["11.0.0.0-3 (d2)"]


@pytest.mark.parametrize(("mode", "requirement"), [("Browse", "10.2.2.0-2 (d)"), ("Review", "10.2.2.0-3 (d)")])
@pytest.mark.parametrize("verb", ["completed", "passed", "failed"])
def test_nothing_is_judged_by_looking(mode: str, requirement: str, verb: str) -> None:
    terms = Terms(LEARNER, OTHER, TERMS.activity, "s1", TEMPLATE, mode, 0.8)
    assert found(say(verb), terms=terms) == [requirement]


VERDICTS = [(), ("passed",), ("failed",), ("completed",)]
VERDICTS += [order for one in ("passed", "failed") for order in itertools.permutations((one, "completed"))]
RIGHT = {(), *(("initialized", *said, *end) for said in VERDICTS for end in ((), ("terminated",)))}


@given(st.lists(st.sampled_from(["initialized", "completed", "passed", "failed", "terminated"]), max_size=5))
@example(["initialized", "passed", "completed", "terminated"])
def test_only_orders_that_are_right_pass(order: list[str]) -> None:
    failures = [found(say(verb), Past(tuple(order[:place]))) for place, verb in enumerate(order)]
    assert (not any(failures)) == (tuple(order) in RIGHT)


@pytest.mark.parametrize("order", sorted(RIGHT), ids=" ".join)
def test_every_order_that_is_right_passes(order: tuple[str, ...]) -> None:
    assert [found(say(verb), Past(order[:place])) for place, verb in enumerate(order)] == [[]] * len(order)


# Documents ----------------------------------------------------------------------------------------

STATE = {"activityId": TERMS.activity, "agent": LEARNER, "registration": OTHER, "stateId": "notes"}
DATA = {**STATE, "stateId": "LMS.LaunchData"}
PROFILE = {"agent": LEARNER, "profileId": PREFERENCES}
CHOSEN = {"languagePreference": "de-AT,de,en", "audioPreference": "off"}


def asked(method: str, resource: str, query: dict[str, Any], body: Any = None, past: Past = BEGUN) -> list[str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return [failure.requirement for failure in judge_document(method, resource, query, data, TERMS, past)]


def test_documents_that_are_the_units() -> None:
    for method in ("GET", "PUT", "POST", "DELETE"):
        assert asked(method, "activities/state", STATE) == []
    assert asked("GET", "activities/state", DATA, past=Past()) == []
    assert asked("GET", "agents/profile", PROFILE, past=Past()) == []
    assert asked("PUT", "agents/profile", PROFILE, CHOSEN) == []
    assert asked("PUT", "activities/profile", {"activityId": UNIT, "profileId": "x"}) == []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_launch_data_is_only_read(method: str) -> None:
    assert asked(method, "activities/state", DATA) == ["10.2.1.0-5 (d)"]
    everything = {name: value for name, value in STATE.items() if name != "stateId"}
    assert asked("DELETE", "activities/state", everything) == ["10.2.1.0-5 (d)"]
    assert asked("GET", "activities/state", everything) == []


def test_whose_documents_these_are() -> None:
    other = {**LEARNER, "name": "Kim"}
    assert asked("GET", "activities/state", {**STATE, "agent": other}) == ["8.1.3.0-3 (d)"]
    assert asked("GET", "agents/profile", {**PROFILE, "agent": other}) == ["11.0.0.0-1 (d)"]
    assert asked("GET", "activities/state", changed(STATE, "registration", REMOVE)) == ["8.1.4.0-3 (d)"]
    assert asked("GET", "activities/state", {**DATA, "activityId": UNIT}) == ["10.1.0.0-3"]


@pytest.mark.parametrize("past", [Past(("initialized", "terminated")), Past(abandoned=True)])
def test_a_session_that_is_over_keeps_nothing(past: Past) -> None:
    assert asked("PUT", "activities/state", STATE, past=past) == ["8.1.2.0-2 (d)"]


@pytest.mark.parametrize(
    ("body", "requirement"),
    [
        (b"{", "11.0.0.0-5 (d)"),
        ([], "11.0.0.0-5 (d)"),
        ({"languagePreference": "en"}, "11.0.0.0-5 (d)"),
        ({**CHOSEN, "audioPreference": "loud"}, "11.0.0.0-5 (d)"),
        ({**CHOSEN, "languagePreference": "en_US"}, "11.1.0.0-1 (d)"),
        ({**CHOSEN, "languagePreference": ["en"]}, "11.1.0.0-1 (d)"),
    ],
)
def test_preferences_have_their_form(body: Any, requirement: str) -> None:
    assert asked("PUT", "agents/profile", PROFILE, body) == [requirement]


# The names of the requirements --------------------------------------------------------------------

NUMBER = re.compile(r'"(\d+\.\d+\.\d+\.\d+-\d+(?: \(d\d?\))?)"')


def requirements() -> dict[str, str]:
    """The wording of every requirement, by its id."""
    file = NODE_MODULES / "@cmi5" / "requirements" / "requirements.json"
    return {number: entry["txt"] for number, entry in json.loads(file.read_text(encoding="utf-8")).items()}


def requirement_text(number: str) -> str:
    """What the specification says; where a derived requirement has no words, those of its parent."""
    return requirements()[number] or requirements()[number.partition(" ")[0]]


def named(module: ModuleType | Path) -> set[str]:
    file = module if isinstance(module, Path) else Path(str(module.__file__))
    return set(NUMBER.findall(file.read_text(encoding="utf-8")))


def test_every_failure_names_a_requirement_that_there_is() -> None:
    used = named(scormpack.lms.judge.cmi5) | named(scormpack.lms.launch.cmi5)
    assert len(used) > 40
    assert used <= set(requirements())
    assert [number for number in used if not requirement_text(number)] == []


def test_every_requirement_of_the_judge_is_broken_once_here() -> None:
    assert named(scormpack.lms.judge.cmi5) - named(Path(__file__)) == set()
