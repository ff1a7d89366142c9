"""Tables of results: each form exactly, in any dialect, and whatever a stranger puts into one."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from given_back import (
    COMPLETION,
    COURSE_GRADES,
    GRADES,
    ILIAS,
    ILIAS_MATRIX,
    INTERACTIONS,
    PLAIN,
    PROBLEMS,
    TOTARA,
    as_csv,
    read,
    refused,
    states,
    told,
    write,
)
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from scormpack.diagnostics import ContentError
from scormpack.results.form import Form, forms
from scormpack.results.names import Names
from scormpack.results.reading import read_results
from scormpack.results.table import Asked
from scormpack.results.values import Gathered, Origin, Told, Took
from scormpack.source.node import read_model

Table = Sequence[Sequence[str]]
TABLES = [COMPLETION, COURSE_GRADES, GRADES, ILIAS, ILIAS_MATRIX, INTERACTIONS, PLAIN, PROBLEMS, TOTARA]
SEPTEMBER = datetime.date(2026, 9, 1)
REPORTING = Path(__file__).parents[2] / "docs/reporting.md"


def workbook(rows: Table) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([each or None for each in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def of(folder: Path, rows: Table, name: str = "table.csv", form: Form | None = None) -> Gathered:
    return read(write(folder, name, as_csv(rows)), form=form)


def test_activity_completion_of_moodle(tmp_path: Path) -> None:
    found = of(tmp_path, COMPLETION)
    assert found.people == {"lucja@example.org": "Łucja Example", "omer@example.org": "Ömer Example"}
    second, third = (Origin("table.csv", 2),), (Origin("table.csv", 3),)
    assert found.took == {
        ("lucja@example.org", "first"): Took("finished", SEPTEMBER, origins=second),
        ("lucja@example.org", "tea-and-talk"): Took("not_begun", origins=second),
        ("omer@example.org", "first"): Took("not_passed", origins=third),
        ("omer@example.org", "tea-and-talk"): Took("finished", datetime.date(2026, 9, 2), origins=third),
    }
    assert [(each.form, each.rows, each.notes) for each in found.read] == [("Moodle: activity completion", 2, ())]
    assert told(found) == []


def test_activity_completion_with_a_day_by_which_it_is_expected(tmp_path: Path) -> None:
    """As Totara writes days: in words. An activity that is no module has one too."""
    head = ("", "Email address", "The first module", "30 September 2026", "Fire safety", "1 May 2026")
    done = "Tuesday, 1 September 2026, 10:54 PM"
    found = of(tmp_path, (head, ("Łucja", "lucja@example.org", "Completed", done, "Completed", done)))
    due = datetime.date(2026, 9, 30)
    assert list(found.took.values()) == [Took("finished", SEPTEMBER, due=due, origins=(Origin("table.csv", 2),))]
    assert [each.message for each in found.findings] == ["“Fire safety” is no module of this library (cell E1)"]


def test_marks_of_moodle_finish_nothing(tmp_path: Path) -> None:
    found = of(tmp_path, GRADES)
    assert states(found) == {("lucja", "first"): "begun", ("lucja", "second"): "not_begun"}
    assert found.people == {"lucja@example.org": "Łucja Example"}
    assert found.read[0].notes == ("It has marks and no completion, so nobody counts as finished by it.",)
    assert told(found) == []


def test_a_report_of_a_moodle_activity(tmp_path: Path) -> None:
    found = of(tmp_path, INTERACTIONS)
    assert states(found) == {("lucja", "first"): "begun"}
    (took,) = found.took.values()
    assert took.origins == (Origin("table.csv", 3), Origin("table.csv", 2))
    assert told(found) == []


def test_answers_in_a_report_of_a_moodle_activity(tmp_path: Path) -> None:
    numbered = [f"{part} {n}" for n in (0, 1, 2) for part in ("Question", "Response", "Right answer", "Result")]
    who, sure = ("first.who", "b", "b"), ("first.how-sure", "3", "")
    rows = (
        (*INTERACTIONS[0][:7], *numbered),
        (*INTERACTIONS[2][:7], *who, "correct", *sure, "neutral", "fire.a", "a", "a", "correct"),
        (*INTERACTIONS[1][:7], *who, "wrong", *who, "correct", *sure[:1], "1", "", "neutral"),
        ("Ömer Example", "omer@example.org", *INTERACTIONS[1][2:7], *who, "incorrect", *[""] * 8),
    )
    found = of(tmp_path, rows)
    assert found.answers == {
        ("first", "who"): {
            "lucja@example.org": Told("000001.000000", 0),
            "omer@example.org": Told("000001.000000", 0),
        }
    }
    ((first, last),) = found.sure["first", "how-sure"].values()
    assert (first, last) == (Told("000001.000002", 1), Told("000002.000001", 3))
    assert told(found) == []


def test_answers_that_do_not_say_of_what_are_told(tmp_path: Path) -> None:
    found = of(tmp_path, INTERACTIONS)
    assert found.answers == {}
    assert found.read[0].notes[1:] == (
        "Its answers have no questions: tick “Summary of question” and “Summary of result”.",
    )


def test_a_report_that_names_no_module_is_about_the_one_in_its_files_name(tmp_path: Path) -> None:
    basic = [row[:6] for row in INTERACTIONS]
    found = of(tmp_path, basic, "Course The second module.csv")
    assert states(found) == {("lucja", "second"): "begun"}
    assert found.read[0].notes[0] == "Its name says that it is about second."
    message = "no column says which module it is about, and neither does the name of the file (cell A1)"
    assert refused(write(tmp_path, "basic.csv", as_csv(basic))) == [f"1 RES-03 {message}"]
    given_module = Form(module="first")
    assert states(of(tmp_path, basic, "basic.csv", given_module)) == {("lucja", "first"): "begun"}


def test_problem_grades_of_open_edx(tmp_path: Path) -> None:
    found = of(tmp_path, PROBLEMS)
    assert states(found) == {("lucja", "first"): "begun", ("omer", "first"): "not_begun"}
    assert told(found) == []


def test_course_grades_of_open_edx(tmp_path: Path) -> None:
    """A mark finishes nothing, whoever has a certificate. What stands before a name may have a colon in it."""
    found = of(tmp_path, COURSE_GRADES)
    assert states(found) == {
        ("lucja", "first"): "begun",
        ("lucja", "tea-and-talk"): "not_begun",
        ("omer", "first"): "not_begun",
        ("omer", "tea-and-talk"): "begun",
    }
    assert [each.form for each in found.read] == ["Open edX: grade report"]
    assert told(found) == []


def test_an_activity_may_have_in_its_name_what_divides_it_from_its_section(tmp_path: Path) -> None:
    names = Names({"first": "Your first visit: what to look for"}, (), {})
    head = [each.replace("The first module", "Your first visit: what to look for") for each in COURSE_GRADES[0]]
    file = write(tmp_path, "t.csv", as_csv([head, *COURSE_GRADES[1:]]))
    assert states(read_results([file], Asked(names))) == {("lucja", "first"): "begun", ("omer", "first"): "not_begun"}


def test_course_completion_of_totara(tmp_path: Path) -> None:
    """Whoever keeps an address private is known by her name, and is not one person with all others who do."""
    found = of(tmp_path, TOTARA)
    assert [(who, module, took[:2]) for (who, module), took in found.took.items()] == [
        ("lucja@example.org", "first", ("finished", SEPTEMBER)),
        ("ömer example", "first", ("begun", None)),
        ("zoë example", "first", ("finished", datetime.date(2026, 9, 2))),
        ("zoë example", "tea-and-talk", ("not_begun", None)),
    ]
    assert [(each.form, each.notes) for each in found.read] == [("Totara: course completion", ())]
    assert told(found) == []


def test_participants_of_ilias(tmp_path: Path) -> None:
    """What the table is about stands above its columns. The last change of the status made it what it is."""
    found = of(tmp_path, ILIAS, "anything.csv")
    assert found.took == {
        ("lucja@example.org", "first"): Took("finished", SEPTEMBER, origins=(Origin("anything.csv", 5),)),
        ("omer", "first"): Took("begun", origins=(Origin("anything.csv", 6),)),
        ("zoe", "first"): Took("not_begun", origins=(Origin("anything.csv", 7),)),
    }
    assert found.people["omer"] == "Ömer Example"
    assert [(each.form, each.notes) for each in found.read] == [
        ("ILIAS: learning progress of participants (English)", ())
    ]
    assert told(found) == []


def test_participants_of_something_else_in_ilias(tmp_path: Path) -> None:
    found = of(tmp_path, (ILIAS[0], ("Name of Object", "Fire safety"), *ILIAS[2:]), "The first module.csv")
    assert found.took == {}
    assert told(found) == ["2:16 RES-02 “Fire safety” is no module of this library (cell B2)"]


def test_participants_of_ilias_without_a_status_have_begun_nothing(tmp_path: Path) -> None:
    rows = (*ILIAS[:3], *((*row[:4], *row[5:]) for row in ILIAS[3:]))
    found = of(tmp_path, rows, "The first module.csv")
    assert found.took == {}
    assert found.read[0].notes == ("Nothing in it says how far somebody came with a module.",)


def test_the_matrix_of_ilias(tmp_path: Path) -> None:
    found = of(tmp_path, ILIAS_MATRIX)
    assert states(found) == {
        ("lucja", "first"): "finished",
        ("lucja", "tea-and-talk"): "begun",
        ("omer", "first"): "not_passed",
        ("omer", "tea-and-talk"): "not_begun",
    }
    assert [each.form for each in found.read] == ["ILIAS: learning progress, matrix view (German)"]
    assert [each.message for each in found.findings] == ["“Dienstplan” is no module of this library (cell E4)"]


def test_a_table_is_of_ilias_only_if_it_says_above_what_it_is_about(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "t.csv", as_csv(ILIAS[3:])))[0].startswith("1 RES-01 no known table")


def test_a_plain_table(tmp_path: Path) -> None:
    found = of(tmp_path, PLAIN)
    assert found.took == {
        ("lucja@example.org", "first"): Took(
            "finished", SEPTEMBER, 750.0, "1.0.0", datetime.date(2026, 9, 30), (Origin("table.csv", 2),)
        ),
        ("omer@example.org", "first"): Took(
            "begun", None, None, "", datetime.date(2026, 9, 10), (Origin("table.csv", 3),)
        ),
    }


def test_a_table_that_somebody_describes(tmp_path: Path) -> None:
    rows = (
        ("Bericht vom 3. Oktober", "", "", ""),
        ("", "", "", ""),
        ("Person", "Kurs", "Stand", "Erledigt am", "Filiale"),
        ("Łucja", "Einführung", "Abgeschlossen", "01.09.2026", "A"),
        ("Łucja", "Brandschutz", "Abgeschlossen", "01.09.2026", "A"),
    )
    form = Form(
        columns={"Person": "name", "Kurs": "module", "Stand": "status", "Erledigt am": "finished"},
        words={"finished": ("abgeschlossen",)},
        modules={"Einführung": "first"},
    )
    found = of(tmp_path, rows, form=form)
    assert found.took == {("łucja", "first"): Took("finished", SEPTEMBER, origins=(Origin("table.csv", 4),))}
    assert told(found) == [
        "3:31 RES-06 the column `Filiale` is not used (cell E3)",
        "5:7 RES-02 “Brandschutz” is no module of this library (cell B5)",
    ]
    assert found.read[0].notes == (
        "It tells people apart by their names only: two of one name would be one.",
        "Not counted: the column `Filiale` is not used.",
        "Not counted: “Brandschutz” is no module of this library.",
    )


def test_two_files_of_one_name_are_called_by_where_they_lie(tmp_path: Path) -> None:
    files = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        files.append(write(folder, "done.csv", as_csv(PLAIN)))
    found = read(*files, files[0])
    assert [each.file.rpartition("/done.csv")[0][-2:] for each in found.read] == ["/a", "/b"]
    assert {len(took.origins) for took in found.took.values()} == {2}


def test_every_form_says_where_it_is_known_from() -> None:
    assert [each.name for each in forms() if not (each.source and each.needs)] == []


DESCRIBED = re.findall(r"```yaml\n(columns:.*?)```", REPORTING.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", DESCRIBED, ids=["any", "talentlms", "scorm-cloud"])
def test_a_mapping_in_the_guide_reads_the_table_that_it_describes(text: str, tmp_path: Path) -> None:
    form = read_model(Form, write(tmp_path, "mapping.yaml", text.encode()), tmp_path)
    holds = {"email": "lucja@example.org", "person": "lucja", "name": "Łucja", "module": "The first module"}
    holds |= {
        "status": "Completed",
        "success": "Passed",
        "finished": "2026-09-01",
        "minutes": "12",
        "duration": "0:12:00",
    }
    found = of(tmp_path, (tuple(form.columns), tuple(holds[each] for each in form.columns.values())), form=form)
    assert [took[:2] for took in found.took.values()] == [("finished", SEPTEMBER)]
    assert told(found) == []


# Which module


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("The first module", "first"),
        ("THE FIRST MODULE ", "first"),
        ("first scorm2004-4th", "first"),
        ("oak-first-1.2.0-scorm12.zip", "first"),
        ("tea-and-talk", "tea-and-talk"),
        ("Tea and talk (v 2.0)", "tea-and-talk"),
    ],
)
def test_what_a_module_is_known_by(name: str, module: str, tmp_path: Path) -> None:
    rows = [("Email", "Module", "Status"), ("a@example.org", name, "completed")]
    assert states(of(tmp_path, rows)) == {("a", module): "finished"}


@pytest.mark.parametrize("name", ["First aid", "first and last", "", "module"])
def test_a_name_that_only_looks_like_a_module_is_none(name: str, tmp_path: Path) -> None:
    rows = [("Email", "Module", "Status"), ("a@example.org", name, "completed")]
    found = of(tmp_path, rows)
    assert found.took == {}
    assert [each.code for each in found.findings] == ["RES-02"]


def test_a_title_that_two_modules_have(tmp_path: Path) -> None:
    names = Names({"first": "Calling for help", "second": "Calling for help"}, (), {})
    file = write(tmp_path, "t.csv", as_csv([("Email", "Module", "Status"), ("a@x", "Calling for help", "passed")]))
    with pytest.raises(ContentError, match=r"2:\d+: RES-03: “Calling for help” could be first or second \(cell B2\)"):
        read_results([file], Asked(names))
    said = Names({"first": "Calling for help", "second": "Calling for help"}, (), {"calling for help": "second"})
    assert states(read_results([file], Asked(said))) == {("a", "second"): "finished"}


def test_an_activity_that_says_more_than_a_module_is_called(tmp_path: Path) -> None:
    rows = [("Email", "Module", "Status"), ("a@example.org", "first second", "completed")]
    form = Form(modules={"first 2026": "first"})
    assert states(of(tmp_path, [rows[0], ("a@b", "First 2026", "completed")], form=form)) == {
        ("a", "first"): "finished"
    }
    assert [each.code for each in of(tmp_path, rows).findings] == ["RES-02"]


# Days


def dated(*days: str) -> Table:
    return [
        ("Email", "Module", "Status", "Finished"),
        *((f"{n}@x", "first", "passed", each) for n, each in enumerate(days)),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-01", SEPTEMBER),
        ("2026-09-01 23:59:59", SEPTEMBER),
        ("2026-09-01T23:30:00Z", SEPTEMBER),
        ("2026-09-01T23:30:00-01:00", datetime.date(2026, 9, 2)),
        ("Tuesday, 1 September 2026, 11:02 PM", SEPTEMBER),
        ("1 Sep 2026", SEPTEMBER),
        ("1. Sep 2026, 10:54pm", SEPTEMBER),
        ("3. Mär 2026, 22:54", datetime.date(2026, 3, 3)),
        ("31. Dezember 2026", datetime.date(2026, 12, 31)),
        ("01.09.2026 12:00", SEPTEMBER),
        ("13/09/2026", datetime.date(2026, 9, 13)),
        ("09/13/2026 1:00 PM", datetime.date(2026, 9, 13)),
        ("09/09/2026", datetime.date(2026, 9, 9)),
        ("-", None),
        ("", None),
    ],
)
def test_a_day(day: str, expected: datetime.date | None, tmp_path: Path) -> None:
    (took,) = of(tmp_path, dated(day)).took.values()
    assert took.finished == expected


def test_one_day_of_a_table_tells_how_to_read_the_others(tmp_path: Path) -> None:
    found = of(tmp_path, dated("03/04/2026", "13/04/2026"))
    assert [took.finished for took in found.took.values()] == [datetime.date(2026, 4, 3), datetime.date(2026, 4, 13)]
    assert found.read[0].notes == ("In its days the day comes first, as 13/04/2026 shows.",)


def test_nobody_guesses_which_comes_first(tmp_path: Path) -> None:
    file = write(tmp_path, "t.csv", as_csv(dated("03/04/2026", "04/05/2026")))
    assert refused(file) == ["2 RES-04 the day and the month could be either way round (cell D2)"]
    (first, _) = read(file, order="month_first").took.values()
    assert first.finished == datetime.date(2026, 3, 4)
    mixed = write(tmp_path, "m.csv", as_csv(dated("13/04/2026", "04/13/2026")))
    assert refused(mixed) == [
        "1 RES-04 some days have the day first, some the month: 13/04/2026 and 04/13/2026 (cell D1)"
    ]


@pytest.mark.parametrize("day", ["yesterday", "31/02/2026", "2026-13-01", "1 Brumaire 2026", "1/2/26", "0"])
def test_a_day_that_is_none(day: str, tmp_path: Path) -> None:
    file = write(tmp_path, "t.csv", as_csv(dated(day)))
    assert refused(file) == [f"2 RES-05 “{day}” is no day that can be read (cell D2)"]


# What is wrong is told, all at once


def test_all_that_is_wrong_with_all_files_is_told_at_once(tmp_path: Path) -> None:
    one = write(
        tmp_path, "a.csv", as_csv([("Email", "Module", "Status"), ("", "first", "passed"), ("a@x", "first", "odd")])
    )
    two = write(tmp_path, "b.csv", as_csv([("Wer", "Was"), ("a", "b")]))
    three = write(tmp_path, "c.csv", "Email,Module\nZoë".encode("cp1252"))
    assert refused(one, two, three, tmp_path / "none.csv") == [
        "2 RES-05 a row names nobody (cell A2)",
        "3 RES-05 “odd” says nothing known about how far somebody came (cell C3)",
        "1 RES-01 no known table has these columns: `Wer`, `Was`",
        "2 SRC-07 is not UTF-8 text (byte 16)",
        "0 SRC-04 cannot be read: No such file or directory",
    ]


def test_the_same_thing_is_told_once(tmp_path: Path) -> None:
    rows = [("Email", "Module", "Status"), *((f"{n}@x", "first", "odd") for n in range(50))]
    assert len(refused(write(tmp_path, "t.csv", as_csv(rows)))) == 1


def test_a_cell_that_does_not_hold_what_stood_there(tmp_path: Path) -> None:
    rows = [("Email", "Module", "Status"), ("1.2E+11", "first", "passed"), ("b@x", "first", "#REF!")]
    assert [each.split(" (")[0] for each in refused(write(tmp_path, "t.csv", as_csv(rows)))] == [
        "2 RES-05 “1.2E+11” is a number of which only the first digits are left",
        "3 RES-05 “#REF!” holds the error #REF!",
        "3 RES-05 “#REF!” says nothing known about how far somebody came",
    ]


@pytest.mark.parametrize("table", TABLES)
@given(
    divider=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    as_workbook=st.booleans(),
)
def test_a_table_says_the_same_in_every_dialect(
    table: Table, divider: str, encoding: str, end: str, as_workbook: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("dialect")
    data = workbook(table) if as_workbook else as_csv(table, divider, encoding, end)
    found, usual = read(write(folder, "table.csv", data)), read(write(folder, "table.csv", as_csv(table)))
    assert (found.people, found.took, found.read) == (usual.people, usual.took, usual.read)
    assert [each.message for each in found.findings] == [each.message for each in usual.findings]


@given(
    table=st.sampled_from(TABLES),
    row=st.integers(0, 2),
    column=st.integers(0, 9),
    text=st.text(max_size=40) | st.sampled_from(["=1+1", "9" * 400, "1e999", "inf", "nan", "-1", "[a-", "*" * 200]),
)
def test_whatever_stands_in_a_cell_ends_in_results_or_findings(
    table: Table, row: int, column: int, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [list(each) for each in table]
    rows[row % len(rows)][column % len(rows[0])] = text
    file = write(tmp_path_factory.mktemp("any"), "first.csv", as_csv(rows))
    with suppress(ContentError):
        assert {each.code for each in read(file).findings} <= {"RES-02", "RES-06"}
