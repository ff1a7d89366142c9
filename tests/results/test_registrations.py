"""Registrations of SCORM Cloud, as its programming interface answers."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from given_back import lines, read, refused, states, told, write
from hypothesis import given
from hypothesis import strategies as st

from scormpack.diagnostics import ContentError
from scormpack.results.form import Form
from scormpack.results.values import Origin, Took

SEPTEMBER = datetime.date(2026, 9, 1)


def registration(who: str = "lucja", completion: str = "COMPLETED", success: str = "PASSED", **more: Any) -> Any:
    return {
        "id": "7d4f",
        "instance": 0,
        "updated": "2026-09-01T23:10:00.000Z",
        "registrationCompletion": completion,
        "registrationSuccess": success,
        "score": {"scaled": 100.0},
        "totalSecondsTracked": 754.5,
        "completedDate": "2026-09-01T23:10:00.000Z" if completion == "COMPLETED" else None,
        "course": {"id": "first-course", "title": "The first module", "version": 3},
        "learner": {"id": who, "email": f"{who}@example.org", "firstName": who.title(), "lastName": "Example"},
        **more,
    }


def test_who_finished_what_and_when(tmp_path: Path) -> None:
    found = read(write(tmp_path, "cloud.jsonl", lines(registration(), registration("omer", "INCOMPLETE", "UNKNOWN"))))
    assert found.people == {"lucja@example.org": "Lucja Example", "omer@example.org": "Omer Example"}
    assert found.took == {
        ("lucja@example.org", "first"): Took("finished", SEPTEMBER, 754.5, origins=(Origin("cloud.jsonl", 1),)),
        ("omer@example.org", "first"): Took("begun", None, 754.5, origins=(Origin("cloud.jsonl", 2),)),
    }
    assert [(each.form, each.rows, each.notes) for each in found.read] == [("SCORM Cloud: registrations", 2, ())]
    assert told(found) == []


def test_a_day_is_that_of_the_zone_asked_for(tmp_path: Path) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=1))
    (took,) = read(write(tmp_path, "c.json", lines(registration())), zone=zone).took.values()
    assert took.finished == datetime.date(2026, 9, 2)


@pytest.mark.parametrize(
    ("completion", "success", "asks", "state"),
    [
        ("COMPLETED", "PASSED", True, "finished"),
        ("COMPLETED", "UNKNOWN", False, "finished"),
        ("COMPLETED", "UNKNOWN", True, "not_passed"),
        ("COMPLETED", "FAILED", False, "not_passed"),
        ("INCOMPLETE", "FAILED", True, "begun"),
        ("UNKNOWN", "UNKNOWN", True, "not_begun"),
    ],
)
def test_how_far_somebody_came(completion: str, success: str, asks: bool, state: str, tmp_path: Path) -> None:
    file = write(tmp_path, "c.json", lines(registration("lucja", completion, success)))
    assert states(read(file, asks=frozenset({"first"} if asks else ()))) == {("lucja", "first"): state}


def test_an_answer_an_array_and_lines_say_the_same(tmp_path: Path) -> None:
    all_of_them = [registration(), registration("omer")]
    answer = write(tmp_path, "a.json", json.dumps({"registrations": all_of_them, "more": None}).encode())
    array = write(tmp_path, "b.json", json.dumps(all_of_them, indent=2).encode("utf-8-sig"))
    in_lines = write(tmp_path, "c.json", lines(*all_of_them) + b"\n")
    first, *others = [states(read(file)) for file in (answer, array, in_lines)]
    assert first == {("lucja", "first"): "finished", ("omer", "first"): "finished"}
    assert others == [first, first]


def test_whoever_has_no_address_is_known_by_an_id(tmp_path: Path) -> None:
    file = write(tmp_path, "c.json", lines(registration(learner={"id": "W-17"})))
    assert list(read(file).took) == [("w-17", "first")]


def test_a_course_by_another_name_is_told_and_can_be_named(tmp_path: Path) -> None:
    file = write(tmp_path, "c.json", lines(registration(course={"id": "x", "title": "Induction"})))
    found = read(file)
    assert (found.took, told(found)) == (
        {},
        ["1:0 RES-02 “Induction” is no module of this library (cell `course.title`)"],
    )
    assert states(read(file, form=Form(modules={"Induction": "first"}))) == {("lucja", "first"): "finished"}


def test_what_is_no_registration_is_told_once(tmp_path: Path) -> None:
    file = write(
        tmp_path, "c.json", lines(registration(), 7, None, {"verb": 1}, registration(learner=[]), registration())
    )
    assert refused(file) == ["2 RES-05 is no registration", "5 RES-05 a row names nobody (cell A5)"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title"]), inner, max_size=2),
    max_leaves=5,
)


@given(field=st.sampled_from(sorted(registration())), value=ANYTHING)
def test_whatever_stands_in_a_field_ends_in_results_or_findings(
    field: str, value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    odd = {**registration(), field: value}
    file = write(tmp_path_factory.mktemp("any"), "c.json", lines(registration(), odd))
    try:
        found = {each.code for each in read(file).findings}
    except ContentError as error:
        found = {each.code for each in error.diagnostics}
    assert found <= {"RES-02", "RES-03", "RES-05"}
