"""What the report says of results: exactly, about whom, and never about fewer than five."""

from __future__ import annotations

import csv
import datetime
import io
import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_library
from click.testing import CliRunner, Result
from given_back import answered, as_csv, lines, rated, statement, write
from lxml import html

from scormpack.cli import main
from scormpack.content.load import load_module
from scormpack.report.results import results as told_of
from scormpack.report.values import GivenOut
from scormpack.results.values import Gathered, Took

CHECK = "```single\nid: who\nprompt: Who do you call?\nrationale: They know.\n"
OPTIONS = "[{text: The office, correct: true, feedback: Yes.}, {text: Nobody, feedback: Somebody has to.}]"
QUESTION = f"{CHECK}options: {OPTIONS}\n```\n"
BEFORE = "```confidence\nid: before\nprompt: How sure are you?\n```\n"
AFTER = "```confidence\nid: after\nprompt: And now?\n```\n"
COMPLETION = (
    ("", "Email address", "The first module", "", "The second module", "", "Fire safety", ""),
    ("Łucja", "lucja@example.org", "Completed", "2026-09-01 22:54:53", "Not completed", "", "Completed", ""),
    ("Ömer", "omer@example.org", "Completed", "2026-08-31 10:00:00", "Completed", "2026-09-02 09:00:00", "", ""),
)
PEOPLE = ("ada", "ben", "cora", "dev", "eve")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small library, whose second module asks a question and how sure somebody is; its day is 20 September."""
    small_library.write(tmp_path / "modules")
    page = tmp_path / "modules" / "second" / "pages" / "only.md"
    page.write_text(f"# Only a page\n\nWords.\n\n{BEFORE}\n{QUESTION}\n{AFTER}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)
    write(tmp_path, "done.csv", as_csv(COMPLETION))


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["report", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--format", "json", *arguments).stdout)
    return found


def results(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = told(*arguments)["results"]
    return found


def forms() -> Iterator[str]:
    """The report in every form, as one text each."""
    arguments = ("--results", "done.csv", "--results", "said.jsonl")
    yield run("--format", "json", *arguments).stdout
    run(*arguments)
    yield Path("build/report.html").read_text(encoding="utf-8")
    run("--format", "csv", *arguments)
    yield "".join(file.read_text(encoding="utf-8-sig") for file in sorted(Path("build/report").glob("*.csv")))


def test_without_results_nothing_is_said_of_them() -> None:
    assert told()["results"] is None


def test_who_has_finished_what_when_and_who_is_overdue() -> None:
    found = results("--results", "done.csv", "--due", "2026-09-10")
    assert found["people"] == 2
    assert [
        [row["module"], row["people"], row["finished"], row["not_begun"], row["overdue"]] for row in found["modules"]
    ] == [
        ["first", 2, 2, 0, 0],
        ["second", 2, 1, 1, 1],
    ]
    assert found["learners"][0] == {
        "person": "Łucja",
        "module": "second",
        "title": "The second module",
        "state": "not_begun",
        "finished": None,
        "version": "",
        "version_from": "",
        "due": "2026-09-10",
        "overdue": True,
        "sources": ["done.csv, row 2"],
    }
    rows = [(row["person"], row["module"], row["finished"], row["sources"]) for row in found["learners"]]
    assert rows == [
        ("Łucja", "second", None, ["done.csv, row 2"]),
        ("Ömer", "first", "2026-08-31", ["done.csv, row 3"]),
        ("Ömer", "second", "2026-09-02", ["done.csv, row 3"]),
        ("Łucja", "first", "2026-09-01", ["done.csv, row 2"]),
    ]


def test_what_is_due_today_is_not_overdue() -> None:
    for due, overdue in (("2026-09-19", 1), ("2026-09-20", 0)):
        assert sum(row["overdue"] for row in results("--results", "done.csv", "--due", due)["learners"]) == overdue


def test_what_is_finished_is_fine_and_all_else_is_open() -> None:
    lines_of = [
        each
        for each in told("--results", "done.csv", "--due", "2026-09-01")["summary"]
        if each["table"] == "finished"
    ]
    assert [(each["to_do"], each["text"]) for each in lines_of] == [
        (True, "1 of 4 results overdue."),
        (True, "1 of 4 results of 2 people and 2 modules not finished."),
        (False, "3 of 4 results of 2 people and 2 modules finished."),
    ]


def test_hours_by_month() -> None:
    write(Path(), "said.jsonl", lines(statement("passed", "first", result={"duration": "PT90S"})))
    found = results("--results", "done.csv", "--results", "said.jsonl")["months"]
    assert found == [
        {"month": "2026-08", "finished": 1, "planned_minutes": 10, "recorded": 0, "recorded_minutes": 0},
        {"month": "2026-09", "finished": 3, "planned_minutes": 40, "recorded": 1, "recorded_minutes": 2},
    ]


def test_the_version_is_what_the_platform_says_or_the_record() -> None:
    write(Path(), "said.jsonl", lines(statement("passed", "first")))
    said = results("--results", "said.jsonl")["learners"]
    assert [(row["version"], row["version_from"]) for row in said] == [("1.2.0", "platform")]
    day = datetime.date(2026, 9, 1)
    given = [
        GivenOut("first", "The first module", "1.0.0", datetime.date(2026, 1, 1), day, ("Oak Care",)),
        GivenOut("first", "The first module", "1.1.0", day, None, ("Oak Care",)),
    ]
    module = load_module(Path("modules/first"))
    for finished, version in ((day, "1.1.0"), (datetime.date(2026, 8, 31), "1.0.0"), (datetime.date(2025, 1, 1), "")):
        found = Gathered(took={("a@x", "first"): Took("finished", finished)})
        (row,) = told_of(found, [module], day, given).learners
        assert (row.version, row.version_from) == (version, "record" if version else "")


def test_two_providers_with_two_versions_leave_it_open() -> None:
    days = datetime.date(2026, 1, 1), None
    given = [GivenOut("first", "The first module", f"1.{n}.0", *days, (f"Provider {n}",)) for n in (0, 1)]
    found = Gathered(took={("a@x", "first"): Took("finished", datetime.date(2026, 9, 1))})
    (row,) = told_of(found, [load_module(Path("modules/first"))], datetime.date(2026, 9, 2), given).learners
    assert (row.version, row.version_from) == ("", "")


def test_what_is_left_out_is_told_there_and_in_the_report() -> None:
    result = run("--results", "done.csv")
    assert "done.csv:1:53: warning RES-02: “Fire safety” is no module of this library (cell G1)" in result.stderr
    assert results("--results", "done.csv")["read"] == [
        {
            "file": "done.csv",
            "form": "Moodle: activity completion",
            "rows": 2,
            "notes": ["Not counted: “Fire safety” is no module of this library."],
        }
    ]


def test_a_part_of_the_library_takes_other_modules_for_modules() -> None:
    found = results("first", "--results", "done.csv")
    assert {row["module"] for row in found["learners"]} == {"first"}
    assert found["read"][0]["notes"] == ["Not counted: “Fire safety” is no module of this library."]


def test_what_cannot_be_read_stops_everything() -> None:
    write(Path(), "odd.csv", b"Wer,Was\na,b\n")
    result = run("--results", "done.csv", "--results", "odd.csv", code=1)
    assert "odd.csv:1: error RES-01: no known table has these columns: `Wer`, `Was`" in result.stderr
    assert not Path("build").exists()


# A mapping


def test_a_mapping_says_what_columns_and_names_mean() -> None:
    write(Path(), "odd.csv", "Wer,Was,Wie,Wann\nŁucja,Einführung,Fertig,03/04/2026\n".encode())
    mapping = "columns: {Wer: name, Was: module, Wie: status, Wann: finished}\n"
    mapping += "words: {finished: [Fertig]}\nmodules: {Einführung: first}\ndays: day_first\n"
    write(Path(), "mapping.yaml", mapping.encode())
    (row,) = results("--results", "odd.csv", "--mapping", "mapping.yaml")["learners"]
    assert (row["person"], row["module"], row["finished"]) == ("Łucja", "first", "2026-04-03")


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        ("columns: {Wer: nmae}\n", "mapping.yaml:1:16: error FRM-04", 1),
        ("modules: {x: frist}\n", "There is no module `frist`. Did you mean `first`?", 2),
        ("columns: [\n", "mapping.yaml:2:1: error SRC-01", 1),
    ],
)
def test_a_mapping_with_a_mistake(text: str, said: str, code: int) -> None:
    write(Path(), "mapping.yaml", text.encode())
    assert said in run("--results", "done.csv", "--mapping", "mapping.yaml", code=code).stderr


def test_a_zone_that_there_is_not() -> None:
    assert "There is no time zone `../etc`" in run("--results", "done.csv", "--zone", "../etc", code=2).stderr


# Names


def test_names_are_left_out_and_with_them_all_that_leads_to_one() -> None:
    found = run("--format", "json", "--results", "done.csv", "--names", "omit").stdout
    assert [each for each in ("Łucja", "Ömer", "example.org", "row 2", "row 3") if each in found] == []
    assert json.loads(found)["results"]["learners"] == []
    assert json.loads(found)["results"]["modules"][0]["sources"] == ["done.csv"]


def test_names_are_replaced_by_the_same_ones_each_time() -> None:
    first = results("--results", "done.csv", "--names", "replace")["learners"]
    assert [each for each in ("Łucja", "Ömer", "example.org") if each in json.dumps(first, ensure_ascii=False)] == []
    assert len({row["person"] for row in first}) == 2
    assert results("--results", "done.csv", "--names", "replace")["learners"] == first
    other = results("--results", "done.csv", "--names", "replace", "--names-key", "other.key")["learners"]
    assert {row["person"] for row in first} & {row["person"] for row in other} == set()
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("names.key").stat().st_mode) == 0o600


def test_a_key_that_is_none() -> None:
    Path("names.key").write_text("short", encoding="utf-8")
    assert "SRC-04: holds no key for names" in run("--results", "done.csv", "--names", "replace", code=1).stderr
    assert "PKG-11" in run("--results", "done.csv", "--names", "replace", "--names-key", "no/k", code=1).stderr


# Groups


def said_by(people: tuple[str, ...]) -> None:
    said = [rated("before", each, 1) for each in people] + [rated("after", each, 3) for each in people]
    found = [*said, *(answered("who", each, right=each == "ada") for each in people)]
    for each in found:
        each["object"]["id"] = each["object"]["id"].replace("/modules/first/", "/modules/second/")
    write(Path(), "said.jsonl", lines(*found))


def test_five_are_a_group() -> None:
    said_by(PEOPLE)
    found = results("--results", "said.jsonl")
    assert found["answers"] == [
        {
            "module": "second",
            "title": "The second module",
            "question": "who",
            "text": "Who do you call?",
            "people": 5,
            "right": 1,
        }
    ]
    assert found["sureness"] == [
        {
            "module": "second",
            "title": "The second module",
            "before_text": "How sure are you?",
            "after_text": "And now?",
            "people": 5,
            "before": 1.0,
            "after": 3.0,
        }
    ]
    assert found["too_few"] == 0


def test_four_are_none_in_any_form() -> None:
    said_by(PEOPLE[:4])
    found = results("--results", "said.jsonl")
    assert (found["answers"], found["sureness"], found["too_few"]) == ([], [], 2)
    for text in forms():
        assert "Who do you call?" not in text.replace("How sure", "")
        assert "And now?" not in text


def test_who_told_only_once_is_not_in_the_group() -> None:
    """Else the mean of all, less the mean of those who told twice, would be that of one."""
    said_by(PEOPLE)
    lone = [rated("before", "finn", 4), rated("after", "gwen", 4)]
    for each in lone:
        each["object"]["id"] = each["object"]["id"].replace("/modules/first/", "/modules/second/")
    data = Path("said.jsonl").read_bytes()
    Path("said.jsonl").write_bytes(data + lines(*lone))
    (row,) = results("--results", "said.jsonl")["sureness"]
    assert (row["people"], row["before"], row["after"]) == (5, 1.0, 3.0)


# The page and the tables


def test_the_page_says_it_and_claims_nothing() -> None:
    said_by(PEOPLE)
    run("--results", "done.csv", "--results", "said.jsonl", "--due", "2026-09-10")
    page = html.document_fromstring(Path("build/report.html").read_bytes())
    text = " ".join(page.text_content().split())
    assert "Łucja" in text
    assert "✗ Not begun, overdue" in text.replace("\xa0", " ")
    assert [
        name for name in ("complian", "certif", "competen") if text.lower().count(name) > (name == "complian")
    ] == []
    pictures = page.xpath("//*[local-name()='svg']")
    assert [each.get("aria-labelledby") for each in pictures] == [
        f"{name}-title {name}-desc" for name in ("hours-chart", "questions-chart", "coverage")
    ]
    ids = set(page.xpath("//@id"))
    assert all(set(each.get("aria-labelledby").split()) <= ids and each.get("role") == "img" for each in pictures)


def test_a_file_for_each_table_of_results() -> None:
    said_by(PEOPLE)
    run("--format", "csv", "--results", "done.csv", "--results", "said.jsonl")
    found = {file.stem: file.read_text(encoding="utf-8-sig") for file in Path("build/report").glob("*.csv")}
    rows = {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in found.items()}
    assert rows["finished"][2][:5] == ["second", "The second module", "2", "1", "0"]
    assert rows["questions"][1] == ["second", "The second module", "who", "Who do you call?", "5", "1"]
    assert rows["confidence"][1][-3:] == ["5", "1.0", "3.0"]
    assert rows["hours"][1] == ["2026-08", "1", "10", "0", "0"]
    assert [row[0] for row in rows["learners"][1:]] == ["Ömer", "Ömer", "Łucja", "Łucja"]
    assert len(rows["results-read"]) == 3


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_the_same_files_give_the_same_bytes(form: str) -> None:
    said_by(PEOPLE)
    arguments = ("--results", "done.csv", "--results", "said.jsonl", "--names", "replace", "--format", form)
    made = []
    for name in ("one", "two"):
        run(*arguments, "--out", name)
        folder = Path(name)
        files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        made.append([(file.name if folder.is_dir() else "", file.read_bytes()) for file in files])
    assert made[0] == made[1]


def test_the_evidence_report_has_results_too() -> None:
    Path("oak.yaml").write_text(small_library.ASSESSMENT, encoding="utf-8")
    run("--results", "done.csv", "--self-assessment", "oak.yaml")
    page = html.document_fromstring(Path("build/report.html").read_bytes())
    assert [each.get("id") for each in page.xpath("//main/section")][:3] == ["summary", "finished", "hours"]


def test_what_a_stranger_calls_himself_is_text_and_no_formula() -> None:
    write(Path(), "odd.csv", as_csv([COMPLETION[0], ("=cmd|'/c calc'!A1", "<b>@x", *COMPLETION[1][2:])]))
    run("--format", "csv", "--results", "odd.csv")
    with Path("build/report/learners.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert [row[0] for row in csv.reader(opened)][1] == "'=cmd|'/c calc'!A1"
    run("--results", "odd.csv")
    assert html.document_fromstring(Path("build/report.html").read_bytes()).xpath("//b") == []
