"""Statements of a record store: who finished what in which version, first answers, and how sure people were."""

from __future__ import annotations

import datetime
import json
import zoneinfo
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from given_back import COMPLETION, answered, as_csv, lines, rated, read, refused, statement, states, told, write
from hypothesis import given
from hypothesis import strategies as st

from scormpack.diagnostics import ContentError
from scormpack.results.values import Gathered, Origin, Told, Took

NOTES = (
    "Its days are those of the time zone UTC.",
    "It knows people by their accounts: whoever stands in a table by an address is somebody else there.",
)
LUCJA = "https://training.example|lucja"


def of(folder: Path, *statements: Any, **more: Any) -> Gathered:
    return read(write(folder, "statements.jsonl", lines(*statements)), **more)


def test_who_finished_what_when_and_in_which_version(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        statement("initialized"),
        statement("completed", result={"duration": "PT1M30S"}),
        statement("passed", timestamp="2026-09-02T09:00:00.000Z", result={"duration": "PT2M"}),
        statement("suspended", result={"duration": "PT10S"}),
    )
    assert found.people == {LUCJA: "Lucja"}
    origins = (Origin("statements.jsonl", 3), Origin("statements.jsonl", 2), Origin("statements.jsonl", 1))
    (took,) = found.took.values()
    assert took[:5] == Took("finished", datetime.date(2026, 9, 2), 120.0, "1.2.0")[:5]
    assert took.origins[:3] == origins
    assert [(each.form, each.rows, each.notes) for each in found.read] == [("Statements of a record store", 4, NOTES)]


@pytest.mark.parametrize(
    ("verbs", "asks", "state"),
    [
        (["completed"], False, "finished"),
        (["completed"], True, "begun"),
        (["completed", "passed"], True, "finished"),
        (["completed", "failed"], True, "not_passed"),
        (["failed", "passed"], True, "finished"),
        (["suspended"], True, "begun"),
    ],
)
def test_a_module_that_asks_questions_is_finished_when_it_is_passed(
    verbs: list[str], asks: bool, state: str, tmp_path: Path
) -> None:
    found = of(tmp_path, *map(statement, verbs), asks=frozenset({"first"} if asks else ()))
    assert [took.state for took in found.took.values()] == [state]


def test_a_moment_is_told_in_the_zone_that_is_asked_for(tmp_path: Path) -> None:
    late = statement("passed", timestamp="2026-08-31T23:30:00Z")
    for zone, day in (("UTC", 31), ("Europe/London", 1)):
        (took,) = of(tmp_path, late, zone=zoneinfo.ZoneInfo(zone)).took.values()
        assert took.finished
        assert took.finished.day == day


def test_the_first_answer_of_each_person_counts(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        answered("who", "lucja", right=True, at="2026-09-01T09:05:00.000Z"),
        answered("who", "lucja", right=False, at="2026-09-01T09:00:00.000Z"),
        answered("who", "lucja", right=False, at="2026-09-01T10:59:00.000+02:00"),
        answered("who", "omer", right=True),
    )
    assert {person.rpartition("|")[2]: each.value for person, each in found.answers["first", "who"].items()} == {
        "lucja": 0,
        "omer": 1,
    }
    assert found.answers["first", "who"][LUCJA] == Told("2026-09-01T08:59:00+00:00", 0)
    assert found.texts == {("first", "who"): "The question who?"}


def test_how_sure_somebody_is_first_and_last(tmp_path: Path) -> None:
    days = [f"2026-09-0{day}T09:00:00.000Z" for day in (2, 1, 3)]
    found = of(tmp_path, *(rated("sure", "lucja", number, day) for number, day in zip((2, 1, 4), days, strict=True)))
    assert [(first.value, last.value) for first, last in found.sure["first", "sure"].values()] == [(1, 4)]


@pytest.mark.parametrize(
    "actor",
    [
        {"mbox": "mailto:Lucja@example.org"},
        {"account": {"homePage": "https://a.example", "name": "lucja@example.org"}},
        {"account": {"homePage": "https://b.example", "name": "LUCJA@example.org"}},
    ],
)
def test_an_address_is_the_same_person_in_a_table(actor: dict[str, Any], tmp_path: Path) -> None:
    said = write(tmp_path, "said.jsonl", lines(statement("passed", actor=actor)))
    found = read(said, write(tmp_path, "done.csv", as_csv(COMPLETION)))
    assert set(found.people) == {"lucja@example.org", "omer@example.org"}
    assert found.took["lucja@example.org", "first"].version == "1.2.0"
    assert found.read[0].notes == NOTES[:1]


def test_a_statement_of_cmi5_names_its_module_as_what_it_belongs_to(tmp_path: Path) -> None:
    passed = statement("passed")
    passed["object"]["id"] = "https://lms.example/activity/7"
    passed["context"]["contextActivities"]["grouping"].insert(0, {"id": "https://training.example/modules/second"})
    assert [module for _, module in of(tmp_path, passed).took] == ["second"]


def test_a_statement_about_an_activity_with_the_title_of_a_module(tmp_path: Path) -> None:
    passed = statement("passed")
    passed["object"] = {"id": "https://lms.example/7", "definition": {"name": {"en": "The first module"}}}
    assert [module for _, module in of(tmp_path, passed).took] == ["first"]


def test_what_is_not_ours_is_told_and_not_counted(tmp_path: Path) -> None:
    other = statement("passed")
    other["object"]["id"] = "https://elsewhere.example/films/1"
    found = of(tmp_path, other, other, statement("passed", "third"))
    assert found.took == {}
    assert told(found) == ["3:0 RES-02 “third” is no module of this library"]
    assert found.read[0].notes[1:] == ("3 statements are about nothing of ours, and are not counted.",)


@pytest.mark.parametrize(
    "form",
    [
        lambda found: b"\xef\xbb\xbf" + lines(*found),
        lambda found: b"\n" + lines(*found),
        lambda found: json.dumps(found).encode(),
        lambda found: json.dumps({"statements": found, "more": ""}).encode(),
        lambda found: json.dumps({"statements": found, "more": ""}, indent=2).encode(),
    ],
)
def test_lines_an_array_and_an_answer_of_a_store(form: Any, tmp_path: Path) -> None:
    found = read(write(tmp_path, "any.json", form([statement("passed"), statement("failed", "second")])))
    assert states(found) == {(LUCJA, "first"): "finished", (LUCJA, "second"): "not_passed"}


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"{}\n[", "2 RES-05 is no statement in JSON"),
        (b"{}\nnot json", "2 RES-05 is no statement in JSON"),
        (b"[" * 100_000, "1 RES-05 is no statement in JSON"),
        (b'{}\n{"a": "' + b"x" * 1_000_001 + b'"}', "2 RES-05 is no statement in JSON"),
        (lines(statement("passed", timestamp="soon")), "1 RES-05 a statement has no timestamp that can be read"),
        (
            lines(statement("passed", timestamp="2026-13-01T00:00:00Z")),
            "1 RES-05 “2026-13-01T00:00:00Z” is no moment that can be read",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, finding: str, tmp_path: Path) -> None:
    assert refused(write(tmp_path, "any.jsonl", data)) == [finding]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda part: st.lists(part) | st.dictionaries(st.text(max_size=9), part),
)


@given(
    part=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("actor", "verb", "object", "context", "result", "timestamp"), JSON)
    )
)
def test_whatever_a_statement_holds_ends_in_results_or_findings(
    part: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with suppress(ContentError):
        read(
            write(
                tmp_path_factory.mktemp("any"), "any.jsonl", lines({**answered("who", "lucja", right=True), **part})
            )
        )
