"""Results as platforms export them, in the forms of real ones, of learners who were never born."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scormpack.diagnostics import ContentError
from scormpack.results.form import Form
from scormpack.results.names import Names
from scormpack.results.reading import read_results
from scormpack.results.table import Asked
from scormpack.results.values import Gathered

TITLES = {"first": "The first module", "second": "The second module", "tea-and-talk": "Tea, and talk"}
STORE = "https://training.example"
DAYS = ("2026-09-01 22:54:53", "2026-09-02 09:00:00")
# Activity completion of a Moodle: the first column has no name, and no more has the day beside each activity.
COMPLETION = (
    ("", "Email address", "The first module", "", "Tea, and talk", ""),
    ("Łucja Example", "lucja@example.org", "Completed", DAYS[0], "Not completed", ""),
    ("Ömer Example", "omer@example.org", "Completed (did not achieve pass grade)", DAYS[1], "Completed", DAYS[1]),
)
GRADES = (
    (
        *("First name", "Last name", "ID number", "Institution", "Department", "Email address"),
        *("SCORM package: first scorm12 (Real)", "SCORM package: second (Real)", "Course total (Real)"),
        "Last downloaded from this course",
    ),
    ("Łucja", "Example", "", "", "", "lucja@example.org", "100.00", "-", "100.00", "1795998267"),
)
INTERACTIONS = (
    ("Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score", "The first module", "Response 0"),
    ("Łucja Example", "lucja@example.org", "1", "Sunday, 29 November 2026, 11:02 PM", "-", "75", "75", ""),
    ("Łucja Example", "lucja@example.org", "2", "Sunday, 29 November 2026, 11:29 PM", "-", "0", "Incomplete", ""),
)
PROBLEMS = (
    (
        *("Student ID", "Email", "Username", "Enrollment Status", "Grade"),
        *("Homework 1: Start - first-1.2.0-scorm12 (Earned)", "Homework 1: Start - first-1.2.0-scorm12 (Possible)"),
    ),
    ("7", "lucja@example.org", "lucja", "enrolled", "0.5", "3", "4"),
    ("8", "omer@example.org", "omer", "enrolled", "0", "Not Attempted", "4"),
)
ENROLLED = ("Enrollment Track", "Verification Status", "Certificate Eligible", "Certificate Delivered")
COURSE_GRADES = (
    (
        *(
            "Student ID",
            "Email",
            "Username",
            "Grade",
            "Homework 1: The first module",
            "Homework 2: Tea: tea-and-talk",
        ),
        *("Homework (Avg)", "Cohort Name", *ENROLLED, "Certificate Type", "Enrollment Status"),
    ),
    (
        "7",
        "lucja@example.org",
        "lucja",
        "0.5",
        "0.5",
        "Not Attempted",
        "0.25",
        "",
        "honor",
        "N/A",
        "Y",
        "N",
        "",
        "enrolled",
    ),
    (
        "8",
        "omer@example.org",
        "omer",
        "0.9",
        "Not Attempted",
        "0.9",
        "0.45",
        "",
        "honor",
        "N/A",
        "Y",
        "Y",
        "",
        "enrolled",
    ),
)
TOTARA = (
    (
        *("User's Fullname", "Course Name", "User's Organisation Name(s)", "Completion Organisation Name"),
        *(
            "User's Position Name(s)",
            "Completion Position Name",
            "Completion Status",
            "Completion Date",
            "User's Email",
        ),
    ),
    ("Łucja Example", "The first module", "", "", "", "", "Complete", "01 Sep 2026", "lucja@example.org"),
    ("Ömer Example", "The first module", "", "", "", "", "In progress", "", "Email is private"),
    ("Zoë Example", "The first module", "", "", "", "", "Complete via rpl", "02 Sep 2026", "-"),
    ("Zoë Example", "tea-and-talk", "", "", "", "", "Not yet started", "", "-"),
)
# ILIAS tells above its columns what the table is about. It writes its words in the language of whoever exports.
ABOUT_MODULE = (
    ("Name of Installation", "Care, at home, Ltd"),
    ("Name of Object", "The first module"),
    ("Owner of Report", "Jo"),
)
ABOUT_COURSE = (
    ("Name der Installation", "Beispiel"),
    ("Name des Objekts", "Einarbeitung"),
    ("Report erstellt von", "Jo"),
)
ILIAS = (
    *ABOUT_MODULE,
    ("Login", "First Name", "Last Name", "Percentage", "Status", "Last Status Change", "E-Mail"),
    ("lucja", "Łucja", "Example", "100%", "Completed", "1. Sep 2026, 22:54", "lucja@example.org"),
    ("omer", "Ömer", "Example", "50%", "In Progress", "2. Sep 2026, 9:00am", " "),
    ("zoe", "Zoë", "Example", " ", "Not Attempted", " ", " "),
)
ILIAS_MATRIX = (
    *ABOUT_COURSE,
    (
        *("Anmeldename", "(Lernmodul SCORM) The first module", "(Lernmodul SCORM) Tea, and talk", "Prozent (%)"),
        *("(Datei) Dienstplan", "(Kurs) Status", "Nachname"),
    ),
    ("lucja", "Bearbeitet", "In Bearbeitung", "50", "Bearbeitet", "In Bearbeitung", "Example"),
    ("omer", "Nicht bestanden", "Noch nicht begonnen", "", "Bearbeitet", "In Bearbeitung", "Example"),
)
PLAIN = (
    ("Name", "Email", "Module", "Status", "Finished", "Due", "Minutes", "Version"),
    ("Łucja Example", "lucja@example.org", "The first module", "passed", "2026-09-01", "2026-09-30", "12.5", "1.0.0"),
    ("Ömer Example", "omer@example.org", "first", "in progress", "", "2026-09-10", "", ""),
)


def as_csv(rows: Sequence[Sequence[str]], divider: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=divider, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def write(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def asked(form: Form | None = None, **more: Any) -> Asked:
    return Asked(Names(TITLES, ("oak",), form.modules if form else {}), form=form, **more)


def read(*files: Path, form: Form | None = None, **more: Any) -> Gathered:
    return read_results(files, asked(form, **more))


def told(found: Gathered) -> list[str]:
    return [f"{each.place.line}:{each.place.column} {each.code} {each.message}" for each in found.findings]


def refused(*files: Path, form: Form | None = None, **more: Any) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(*files, form=form, **more)
    assert all(each.hint and each.place.outside for each in caught.value.diagnostics)
    return [f"{each.place.line} {each.code} {each.message}" for each in caught.value.diagnostics]


def states(found: Gathered) -> dict[tuple[str, str], str]:
    return {(person.partition("@")[0], module): took.state for (person, module), took in found.took.items()}


def statement(verb: str, about: str = "first", who: str = "lucja", **more: Any) -> dict[str, Any]:
    """A statement as our packages send it."""
    return {
        "timestamp": "2026-09-01T09:00:00.000Z",
        "actor": {"objectType": "Agent", "name": who.title(), "account": {"homePage": STORE, "name": who}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"objectType": "Activity", "id": f"{STORE}/modules/{about}"},
        "context": {"revision": "1.2.0", "contextActivities": {"grouping": [{"id": f"{STORE}/providers/oak"}]}},
        **more,
    }


def answered(task: str, who: str, *, right: bool, at: str = "2026-09-01T09:00:00.000Z") -> dict[str, Any]:
    found = statement("answered", f"first/tasks/{task}", who, timestamp=at, result={"success": right})
    found["object"]["definition"] = {"interactionType": "choice", "description": {"en": f"The question {task}?"}}
    return found


def rated(task: str, who: str, number: int, at: str = "2026-09-01T09:00:00.000Z") -> dict[str, Any]:
    found = statement("answered", f"first/tasks/{task}", who, timestamp=at, result={"response": str(number)})
    found["object"]["definition"] = {"interactionType": "likert", "description": {"en": f"How sure, {task}?"}}
    return found


def lines(*statements: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in statements)
