"""What a statement has to be: good ones, and every way to be wrong."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.examples import ACCOUNT, ACTIVITY, AGENT, FULL, GOOD, OTHER, PLAIN, REMOVE, changed, interaction
from scormpack.lms.judge.statements import problems
from scormpack.lms.judge.values import is_duration, is_iri, is_language, is_moment, is_utc, is_uuid, parse
from scormpack.lms.store.ledger import Ledger, same

IRI = "not an absolute IRI"
IDENTIFIERS = "identifiers, not exactly one of mbox, mbox_sha1sum, openid, account"
SUB = {**PLAIN, "objectType": "SubStatement"}
TWICE = [{"id": "a"}, {"id": "a"}]

BAD: list[tuple[str, Any, str]] = [
    # the whole
    ("", [], "statement is a list, not an object"),
    ("", {}, "statement is empty; statement has no actor; statement has no verb; statement has no object"),
    ("actor", REMOVE, "statement has no actor"),
    ("verb", REMOVE, "statement has no verb"),
    ("object", REMOVE, "statement has no object"),
    ("Actor", AGENT, "statement.Actor is not a property that there is"),
    ("note", "x", "statement.note is not a property that there is"),
    ("result", None, "statement.result is null"),
    ("id", "1", "statement.id is not a UUID: '1'"),
    ("id", 1, "statement.id is a number, not text"),
    ("version", "1.1.0", "statement.version is not a version 1.0.x: '1.1.0'"),
    ("stored", "now", "statement.stored is not an ISO 8601 timestamp with a known zone: 'now'"),
    # who
    ("actor", "sam", "statement.actor is text, not an object"),
    ("actor", {}, "statement.actor is empty"),
    ("actor", {"name": "Sam"}, f"statement.actor has 0 {IDENTIFIERS}"),
    ("actor", {**AGENT, **ACCOUNT}, f"statement.actor has 2 {IDENTIFIERS}"),
    ("actor.name", 5, "statement.actor.name is a number, not text"),
    ("actor.objectType", "agent", "statement.actor.objectType is not one of Agent: 'agent'"),
    ("actor.mbox", "sam@example.org", "statement.actor.mbox is not mailto: and an address: 'sam@example.org'"),
    ("actor.mbox", ["mailto:sam@example.org"], "statement.actor.mbox is a list, not text"),
    ("actor", {"mbox_sha1sum": "12"}, "statement.actor.mbox_sha1sum is not a SHA-1 sum: '12'"),
    ("actor", {"openid": "sam"}, f"statement.actor.openid is {IRI}: 'sam'"),
    ("actor", {"account": {"name": "1"}}, "statement.actor.account has no homePage"),
    ("actor", {"account": {"homePage": "https://lms.example"}}, "statement.actor.account has no name"),
    (
        "actor",
        {"account": {"homePage": "lms.example", "name": "1"}},
        f"statement.actor.account.homePage is {IRI}: 'lms.example'",
    ),
    ("actor", {"objectType": "Group"}, "statement.actor is a group without identifier and without members"),
    (
        "actor",
        {"objectType": "Group", "member": []},
        "statement.actor is a group without identifier and without members",
    ),
    ("actor", {"member": [AGENT]}, "statement.actor has no objectType"),
    ("actor", {"objectType": "Group", "member": [{}]}, "statement.actor.member[0] is empty"),
    (
        "actor",
        {"objectType": "Group", "member": [{"objectType": "Group", **ACCOUNT}]},
        "statement.actor.member[0].objectType is not one of Agent: 'Group'",
    ),
    ("authority", {"objectType": "Group", "member": [AGENT]}, "statement.authority is a group, but not of two"),
    # what
    ("verb", {"display": {"en": "did"}}, "statement.verb has no id"),
    ("verb.id", "passed", f"statement.verb.id is {IRI}: 'passed'"),
    ("verb.id", "https://", f"statement.verb.id is {IRI}: 'https://'"),
    ("verb.display", {}, "statement.verb.display is empty"),
    ("verb.display", {"a": "x"}, "statement.verb.display, the name 'a', is not a language tag of RFC 5646: 'a'"),
    ("verb.display", {"en": None}, "statement.verb.display['en'] is null, not text"),
    ("object", {"objectType": "Activity"}, "statement.object has no id"),
    ("object.id", "a b:c", f"statement.object.id is {IRI}: 'a b:c'"),
    (
        "object.objectType",
        "activity",
        "statement.object.objectType is not one of Activity, Agent, Group, StatementRef, SubStatement: 'activity'",
    ),
    ("object", {"objectType": "StatementRef", "id": "1"}, "statement.object.id is not a UUID: '1'"),
    ("object.definition", {}, "statement.object.definition is empty"),
    ("object.definition", {"type": "course"}, f"statement.object.definition.type is {IRI}: 'course'"),
    ("object.definition", {"title": "x"}, "statement.object.definition.title is not a property that there is"),
    (
        "object.definition",
        {"name": "Course"},
        "statement.object.definition.name is text, not an object",
    ),
    (
        "object.definition",
        {"extensions": {"level": 1}},
        f"statement.object.definition.extensions, the name 'level', is {IRI}: 'level'",
    ),
    ("object", {**SUB, "id": OTHER}, "statement.object.id is not a property that there is"),
    (
        "object",
        {**SUB, "object": SUB},
        "statement.object.object.objectType is not one of Activity, Agent, Group, StatementRef: 'SubStatement'",
    ),
    (
        "verb.id",
        "http://adlnet.gov/expapi/verbs/voided",
        "statement voids, but its object is no StatementRef",
    ),
    # interactions
    (
        "object.definition",
        {"interactionType": "Choice"},
        "statement.object.definition.interactionType is not one of true-false, choice, fill-in, long-fill-in, "
        "matching, performance, sequencing, likert, numeric, other: 'Choice'",
    ),
    (
        "object.definition",
        {"choices": [{"id": "a"}]},
        "statement.object.definition.choices stands there without interactionType",
    ),
    (
        "object.definition",
        {"correctResponsesPattern": ["a"]},
        "statement.object.definition.correctResponsesPattern stands there without interactionType",
    ),
    (
        "object.definition",
        {"interactionType": "choice", "scale": [{"id": "a"}]},
        "statement.object.definition.scale does not belong to choice",
    ),
    (
        "object.definition",
        {"interactionType": "likert", "choices": [{"id": "a"}]},
        "statement.object.definition.choices does not belong to likert",
    ),
    (
        "object.definition",
        {"interactionType": "choice", "choices": TWICE},
        "statement.object.definition.choices has an id twice",
    ),
    (
        "object.definition",
        {"interactionType": "choice", "choices": [{"id": "a b"}]},
        "statement.object.definition.choices[0].id is not an id without spaces: 'a b'",
    ),
    (
        "object.definition",
        {"interactionType": "choice", "choices": [{"description": {"en": "A"}}]},
        "statement.object.definition.choices[0] has no id",
    ),
    (
        "object.definition",
        {"interactionType": "choice", "correctResponsesPattern": "a"},
        "statement.object.definition.correctResponsesPattern is text, not a list",
    ),
    # how it went
    ("result", {}, "statement.result is empty"),
    ("result.score", {}, "statement.result.score is empty"),
    ("result.score", {"scaled": 80}, "statement.result.score.scaled is not from -1 to 1: 80"),
    ("result.score", {"scaled": "1"}, "statement.result.score.scaled is text, not a number"),
    ("result.score", {"scaled": True}, "statement.result.score.scaled is a boolean, not a number"),
    ("result.score", {"raw": -1, "min": 0, "max": 9}, "statement.result.score.raw is below min: -1, 0"),
    ("result.score", {"raw": 10, "min": 0, "max": 9}, "statement.result.score.raw is above max: 10, 9"),
    ("result.score", {"min": 9, "max": 9}, "statement.result.score.min is not below max: 9, 9"),
    ("result.success", "true", "statement.result.success is text, not a boolean"),
    ("result.completion", 1, "statement.result.completion is a number, not a boolean"),
    ("result.response", ["a"], "statement.result.response is a list, not text"),
    ("result.duration", "65", "statement.result.duration is not an ISO 8601 duration: '65'"),
    ("result.extensions", {"tries": 2}, f"statement.result.extensions, the name 'tries', is {IRI}: 'tries'"),
    # around it
    ("context", {}, "statement.context is empty"),
    ("context.registration", "r1", "statement.context.registration is not a UUID: 'r1'"),
    ("context.instructor", {"name": "Kim"}, f"statement.context.instructor has 0 {IDENTIFIERS}"),
    ("context.team", AGENT, "statement.context.team is not a Group"),
    ("context.language", "english!", "statement.context.language is not a language tag of RFC 5646: 'english!'"),
    ("context.contextActivities", {}, "statement.context.contextActivities is empty"),
    (
        "context.contextActivities",
        {"parents": [ACTIVITY]},
        "statement.context.contextActivities.parents is not a property that there is",
    ),
    (
        "context.contextActivities",
        {"parent": ["https://content.example"]},
        "statement.context.contextActivities.parent[0] is text, not an object",
    ),
    (
        "context.contextActivities",
        {"grouping": {"objectType": "Agent", **ACCOUNT}},
        "statement.context.contextActivities.grouping has no id; "
        "statement.context.contextActivities.grouping.objectType is not one of Activity: 'Agent'; "
        "statement.context.contextActivities.grouping.account is not a property that there is",
    ),
    ("context.statement", {"id": OTHER}, "statement.context.statement has no objectType"),
    (
        "timestamp",
        "2026-11-23T10:15:30",
        "statement.timestamp is not an ISO 8601 timestamp with a known zone: '2026-11-23T10:15:30'",
    ),
    (
        "attachments",
        [{}],
        "statement.attachments[0] is empty; statement.attachments[0] has no usageType; "
        "statement.attachments[0] has no display; statement.attachments[0] has no contentType; "
        "statement.attachments[0] has no length; statement.attachments[0] has no sha2",
    ),
]


@pytest.mark.parametrize("statement", GOOD.values(), ids=list(GOOD))
def test_good_statements_are_good(statement: dict[str, Any]) -> None:
    assert problems(statement) == []


@pytest.mark.parametrize(("place", "value", "problem"), BAD, ids=[f"{n}-{b[0]}" for n, b in enumerate(BAD)])
def test_every_way_to_be_wrong(place: str, value: Any, problem: str) -> None:
    found = problems(changed(PLAIN, place, value))
    assert "; ".join(found).startswith(problem)
    assert len(found) == problem.count("; ") + 1 or problem.endswith("is empty")


@pytest.mark.parametrize("name", ["revision", "platform"])
def test_some_context_belongs_to_activities_only(name: str) -> None:
    about_sam = changed(PLAIN, "object", {"objectType": "Agent", **ACCOUNT})
    problem = f"statement.context.{name} stands there though the object is no activity"
    assert problems(changed(about_sam, "context", {name: "2"})) == [problem]
    assert problems(changed(PLAIN, "context", {name: "2"})) == []


def test_null_and_emptiness_are_allowed_in_extensions_only() -> None:
    inside: dict[str, Any] = {"https://content.example/x": None, "https://content.example/y": {}}
    assert problems(changed(FULL, "result.extensions", inside)) == []
    assert problems(changed(FULL, "result.extensions", {})) == []
    assert problems(changed(FULL, "result.extensions", None)) == ["statement.result.extensions is null"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2026-11-23T10:15:30Z", True),
        ("2026-11-23T10:15:30.1234567Z", True),
        ("2026-11-23T10:15:30+05:30", True),
        ("2026-11-23T10:15:30+05", True),
        ("2026-11-23T10:15:30-00:00", False),
        ("2026-11-23T10:15:30-0000", False),
        ("2026-11-23T10:15:30-00", False),
        ("2026-11-23T10:15:30", False),
        ("2026-11-23 10:15:30Z", False),
        ("2026-11-23", False),
        ("2026-02-30T10:15:30Z", False),
        ("2026-11-23T24:15:30Z", False),
        ("9999-12-31T23:59:59-23:59", False),
        ("0001-01-01T00:00:00+23:59", False),
        ("23.11.2026", False),
    ],
)
def test_moments(text: str, fits: bool) -> None:
    assert is_moment(text) is fits


def test_what_is_utc() -> None:
    assert [is_utc(f"2026-11-23T10:15:30{zone}") for zone in ("Z", "+00:00", "+01:00", "")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text", ["P1Y", "P1M", "P1D", "PT1H", "PT1M", "PT1S", "PT0.5S", "P1DT12H", "P1.5D", "PT36,5H"]
)
def test_durations(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "1D", "P1S", "PT1D", "P1H", "P-1D", "PT1.5H3S", "P1W2D", "pt1s", "PT1S ", "P1M1Y"]
)
def test_no_durations(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize(
    "text", ["en", "en-US", "zh-Hant-TW", "sl-rozaj-biske", "es-419", "de-CH-1901", "x-own", "EN-us"]
)
def test_language_tags(text: str) -> None:
    assert is_language(text)


@pytest.mark.parametrize("text", ["", "e", "en_US", "en-", "english", "en-US-", "12", "en US", "en--US"])
def test_no_language_tags(text: str) -> None:
    assert not is_language(text)


@pytest.mark.parametrize(
    "text", ["http:/x", "https://", "//x.example", "x", "https://a b", "a:<", "https://x:y/", "h:%zz"]
)
def test_no_iris(text: str) -> None:
    assert not is_iri(text)


@pytest.mark.parametrize(
    "text", ["", OTHER[:-1], OTHER + "0", OTHER.replace("-", ""), OTHER.replace("0a", "0g"), f"{{{OTHER}}}"]
)
def test_no_uuids(text: str) -> None:
    assert not is_uuid(text)
    assert is_uuid(OTHER)
    assert is_uuid(OTHER.upper())


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', "NaN", "[Infinity]", "{'a': 1}", "", "[1,]", "1e999", '{"a": -1e999}']
)
def test_no_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|twice|Expecting|Illegal|too large"):
        parse(text)


# Any good statement -------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).filter(str.strip)
languages = st.sampled_from(["en", "en-US", "de", "es-419", "zh-Hant"])
maps = st.dictionaries(languages, words, min_size=1)
iris = st.from_regex(r"https://[a-z]{1,9}\.example(/[a-z0-9_~-]{1,9}){0,3}", fullmatch=True)
uuids = st.uuids(version=4).map(str)
moments = st.datetimes(timezones=st.just(datetime.UTC)).map(lambda moment: moment.isoformat())
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda v: st.lists(v) | st.dictionaries(words, v)
)
extensions = st.dictionaries(iris, anything, max_size=2)


def record(needed: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    """An object that has some of what it may have, and is not empty."""
    return st.fixed_dictionaries(needed, optional=optional).filter(bool)


agents = st.one_of(
    record({"mbox": st.from_regex(r"mailto:[a-z]{1,9}@[a-z]{1,9}\.example", fullmatch=True)}, name=words),
    record({"account": st.fixed_dictionaries({"homePage": iris, "name": words})}, objectType=st.just("Agent")),
)
components = st.lists(st.fixed_dictionaries({"id": st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True)}), unique_by=str)
definitions = st.one_of(
    record({}, name=maps, description=maps, type=iris, extensions=extensions),
    record({"interactionType": st.just("choice")}, choices=components, correctResponsesPattern=st.lists(words)),
)
activities = record({"id": iris}, definition=definitions)
scores = st.builds(
    lambda raw, below, above: {"scaled": raw / 100, "raw": raw, "min": raw - below - 1, "max": raw + above},
    *(st.integers(0, 100),) * 3,
)
durations = st.integers(0, 10**6).map(lambda hundredths: f"PT{hundredths / 100:.2f}S")
results = record(
    {}, score=scores, success=st.booleans(), completion=st.booleans(), response=words, duration=durations
)
lists = record({}, parent=st.lists(activities, max_size=2), grouping=activities)
contexts = record(
    {}, registration=uuids, contextActivities=lists, language=languages, platform=words, extensions=extensions
)
good_statements = record(
    {"actor": agents, "verb": record({"id": iris}, display=maps), "object": activities},
    id=uuids,
    result=results,
    context=contexts,
    timestamp=moments,
)


@given(good_statements)
def test_any_good_statement_is_good(statement: dict[str, Any]) -> None:
    assert problems(statement) == []


@given(good_statements)
def test_what_is_given_out_is_a_good_statement_too(statement: dict[str, Any]) -> None:
    ledger = Ledger()
    for _ in range(2):
        ledger.add(ledger.new_ones([{"id": OTHER, **statement}]))
    (kept,) = ledger.kept.values()
    assert problems(kept) == []
    assert same(kept, statement)


@given(good_statements, st.data())
def test_null_is_found_anywhere(statement: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(statement)))
    assert f"statement.{place} is null" in problems({**statement, place: None})


@given(anything)
def test_nothing_breaks_the_check(value: Any) -> None:
    assert problems(value)
    for place in ("actor", "verb", "object", "result", "context", "timestamp", "attachments"):
        assert isinstance(problems(changed(PLAIN, place, value)), list)


def test_components_of_each_kind_of_interaction() -> None:
    assert problems(interaction("matching", "source", "target", "steps")) == [
        "statement.object.definition.steps does not belong to matching"
    ]
