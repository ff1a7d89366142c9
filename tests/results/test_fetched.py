"""What was fetched from a platform, written as a table and read again by the report."""

from __future__ import annotations

import csv
import datetime
import io
import math
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from given_back import read, told, write
from hypothesis import given
from hypothesis import strategies as st

from scormpack.results.fetched import Fetched, as_table
from scormpack.results.values import Origin, Took

FIRST = Fetched(
    key="https://moodle.example 7",
    person="lucja",
    name="Łucja Example",
    email="lucja@example.org",
    module="first",
    attempt=1,
    status="passed",
    score=87.5,
    seconds=754,
    started=1788302000,
    last=1788303293,
    version="1.2.0",
)
OTHER = FIRST._replace(key="https://moodle.example 8", person="omer", name="Ömer Example", email="")
RESULT = "Module,Attempt,Status,Score,Seconds,Started,Last saved,Version"


def alias(key: str) -> str:
    return f"Person {key[-1]}"


def test_nobody_is_named() -> None:
    rows = [FIRST, OTHER._replace(status="not attempted", score=None, seconds=0, started=0, last=0, version="")]
    assert as_table(rows, alias).decode("utf-8-sig").splitlines() == [
        f"Person,{RESULT}",
        "Person 7,first,1,passed,87.50,754,2026-09-01T22:33:20Z,2026-09-01T22:54:53Z,1.2.0",
        "Person 8,first,1,not attempted,,0,,,",
    ]


def test_names_where_they_are_asked_for() -> None:
    assert as_table([FIRST], None).decode("utf-8-sig").splitlines() == [
        f"Person,Email,Name,{RESULT}",
        "lucja,lucja@example.org,Łucja Example,first,1,passed,87.50,754,"
        "2026-09-01T22:33:20Z,2026-09-01T22:54:53Z,1.2.0",
    ]


@pytest.mark.parametrize("moment", [-1, 253_402_300_800, 1e30])
def test_a_moment_that_no_calendar_has_is_left_out(moment: float) -> None:
    row = as_table([FIRST._replace(started=moment, score=math.nan)], alias).decode("utf-8-sig").splitlines()[1]
    assert row == "Person 7,first,1,passed,,754,,2026-09-01T22:54:53Z,1.2.0"


def test_the_report_reads_it_again(tmp_path: Path) -> None:
    failed = OTHER._replace(status="failed", version="")
    table = as_table([FIRST, failed, OTHER._replace(attempt=2, status="browsed", seconds=60)], alias)
    found = read(write(tmp_path, "r.csv", table))
    day = datetime.date(2026, 9, 1)
    origins = (Origin("r.csv", 3), Origin("r.csv", 4))
    assert found.took == {
        ("person 7", "first"): Took("finished", day, 754, "1.2.0", origins=(Origin("r.csv", 2),)),
        ("person 8", "first"): Took("not_passed", None, 754, "1.2.0", origins=origins),
    }
    assert [(each.form, each.rows, each.notes) for each in found.read] == [
        ("Results that scormpack has fetched", 3, ())
    ]
    assert told(found) == []


def test_the_report_calls_people_by_the_names_in_it(tmp_path: Path) -> None:
    found = read(write(tmp_path, "r.csv", as_table([FIRST, OTHER], None)))
    assert found.people == {"lucja@example.org": "Łucja Example", "omer": "Ömer Example"}


WORDS = st.one_of(
    st.text(), st.sampled_from(["=1+1", "@SUM(A1)", "#N/A", "1E+05", "'-1", "a\0b", "\ud800", '"', "\t="])
)


@given(name=WORDS, module=WORDS)
def test_whatever_somebody_is_called_it_is_read_again_and_nothing_is_executed(name: str, module: str) -> None:
    table = as_table([FIRST._replace(name=name), FIRST._replace(module=module)], None)
    cells = [each for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")) for each in row]
    assert [each for each in cells if each.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    with TemporaryDirectory() as folder:
        found = read(write(Path(folder), "r.csv", table))
    assert found.took["lucja@example.org", "first"].state == "finished"
    assert {each.code for each in found.findings} <= {"RES-02"}
