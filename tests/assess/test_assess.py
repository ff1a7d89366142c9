"""A self-assessment as a table: filled in by people, and taken in whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import small_library
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from provider_tables import as_csv

from scormpack.assess.changes import plan_import
from scormpack.assess.form import COLUMNS, as_table
from scormpack.cli import main
from scormpack.content.assessment import WORDS, load_assessment
from scormpack.content.load import load_library
from scormpack.source.files import shown

SHEET = "Self-assessment"
KEPT = Path("modules/assessments/oak.yaml")
TABLE = Path("oak.xlsx")
AT = {column.name: number for number, column in enumerate(COLUMNS)}
HAND = """\
# Kept by the office.
provider: oak
date: 2026-09-01
prepared_by: Ann   # who left in October
answers:
  # Has somebody asked?
  - measure: a-asked
    answer: met
    evidence: 'Policy 3'   # in the green folder
    owner: The office
    date: 2026-08-08
  - {measure: c-other, answer: not_yet}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_library.write(tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["assess", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def keep(text: str = HAND) -> None:
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(text, encoding="utf-8")


def exported(out: Path = TABLE) -> Path:
    out.unlink(missing_ok=True)
    result = run("export", "oak", "--out", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{out}\n", "")
    return out


def fill(answers: Mapping[str, Mapping[str, Any]], file: Path = TABLE) -> Path:
    """Write into the cells of a workbook as a person does: by the id of the row and the name of the column."""
    book = load_workbook(file)
    for row in book[SHEET].iter_rows(min_row=2):
        for name, value in answers.get(str(row[0].value), {}).items():
            row[AT[name]].value = value
    book.save(file)
    return file


def sheet(file: Path = TABLE) -> Worksheet:
    found = load_workbook(file)[SHEET]
    assert isinstance(found, Worksheet)
    return found


def told(result: Result) -> list[str]:
    """The findings, without reasons and remedies."""
    return [line for line in result.stderr.splitlines() if ": error " in line]


# Out


def test_a_row_for_each_question_with_what_is_answered_already() -> None:
    keep()
    rows = {row[0]: row for row in sheet(exported()).iter_rows(min_row=3, values_only=True)}
    assert list(rows) == [
        *("provider", "date", "prepared_by"),
        *("a-asked", "a-completion", "b-notices-present", "c-other", "d-read"),
    ]
    assert [rows[name][AT["answer"]] for name in ("provider", "date", "prepared_by")] == ["oak", "2026-09-01", "Ann"]
    assert rows["a-asked"][AT["answer"] :] == ("Met", "Policy 3", "The office", "2026-08-08", None, None)
    assert rows["c-other"][AT["answer"] :] == ("Not yet", None, None, None, None, None)
    assert set(rows["d-read"][AT["answer"] :]) == {None}


def test_answers_are_chosen_from_a_list_that_says_what_the_words_mean() -> None:
    found = sheet(exported())
    kinds = {str(each.sqref): each for each in found.data_validations.dataValidation}
    chosen = kinds["E6:E10"]
    assert (chosen.type, chosen.formula1) == ("list", '"Met,Partly,Not yet,Does not apply"')
    assert chosen.showInputMessage
    assert all(f"{word}: {meaning}" in str(chosen.prompt) for word, meaning in WORDS.values())
    assert {each.promptTitle for each in kinds.values()} == {
        "answer",
        "evidence",
        "who",
        "when",
        "look again",
        "note",
    }
    assert all(
        len(str(each.prompt)) <= 255 and len(str(each.promptTitle)) <= 32 for each in kinds.values()
    )  # Excel's


def test_the_workbook_is_ready_to_be_filled_in_and_printed() -> None:
    book = load_workbook(exported())
    assert book.sheetnames == ["How to fill this in", SHEET]
    assert book.active is not None
    assert book.active.title == SHEET
    found = sheet()
    assert (found.freeze_panes, found.print_title_rows) == ("B3", "$1:$1")
    assert (found.page_setup.orientation, found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (
        *("landscape", 1),
        0,
    )
    assert not found.merged_cells.ranges
    words = "\n".join(str(row[0]) for row in book["How to fill this in"].iter_rows(values_only=True))
    assert "Oak Care" in words
    assert all(f"{word}: {meaning}" in words for word, meaning in WORDS.values())


def test_nothing_that_anybody_wrote_is_a_formula() -> None:
    keep(HAND.replace("'Policy 3'", '"=HYPERLINK(1)"'))
    cells = [cell for row in sheet(exported()).iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert run("import", TABLE).stderr == "oak: 0 values changed, in 0 questions. Nothing was written.\n"


def test_a_table_that_exists_is_left_as_it_is() -> None:
    TABLE.write_text("mine", encoding="utf-8")
    result = run("export", "oak")
    assert (result.exit_code, TABLE.read_text("utf-8")) == (1, "mine")
    assert "already exists" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("export", "aok"), 2, "Did you mean `oak`?"),
        (("export", "oak", "--out", "oak.ods"), 2, "`oak.ods` ends neither in .xlsx nor in .csv."),
        (("import", "none.xlsx"), 2, "does not exist"),
    ],
)
def test_what_is_asked_for_wrongly(arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.stderr


# In


@pytest.mark.parametrize("name", ["oak.xlsx", "oak.csv"])
def test_what_was_written_changes_nothing(name: str) -> None:
    keep()
    result = run("import", exported(Path(name)))
    assert (result.exit_code, result.stdout) == (0, "")
    assert KEPT.read_text("utf-8") == HAND


def test_a_first_table_becomes_a_file_with_every_question() -> None:
    exported()
    fill({"prepared_by": {"answer": "Bea, manager"}, "a-asked": {"answer": "Met", "evidence": "Policy: #3"}})
    result = run("import", TABLE)
    assert result.stdout.splitlines() == [
        "prepared_by: (empty) → “Bea, manager”",
        "a-asked: answer: (empty) → “met”",
        "a-asked: evidence: (empty) → “Policy: #3”",
        KEPT.as_posix(),
    ]
    assert result.stderr == "oak: 3 values changed, in 1 question.\n"
    found = load_assessment(KEPT, load_library(Path("modules")))
    assert (found.prepared_by, len(found.answers)) == ("Bea, manager", 5)
    assert [(each.answer, each.evidence) for each in found.answers if each.answer] == [("met", "Policy: #3")]


def test_only_the_lines_of_values_that_change_are_touched() -> None:
    keep()
    exported()
    changes: dict[str, dict[str, Any]] = {
        "prepared_by": {"answer": "Bea"},
        "a-asked": {"evidence": "Ann's list", "when": datetime.date(2026, 11, 30), "look again": "2027-05-31"},
        "c-other": {"note": "In May, perhaps"},
        "d-read": {"answer": "does not apply", "note": "No such record"},
    }
    result = run("import", fill(changes))
    assert result.exit_code == 0
    text = KEPT.read_text("utf-8")
    assert [line for line in text.splitlines() if line not in HAND.splitlines()] == [
        "prepared_by: Bea   # who left in October",
        "    evidence: 'Ann''s list'   # in the green folder",
        "    date: 2026-11-30",
        "    review: 2027-05-31",
        '  - {measure: c-other, answer: not_yet, note: "In May, perhaps"}',
        *("  # Was it read? Look in: worker feedback.", "  - measure: d-read", "    answer: not_applicable"),
        *("    evidence:", "    owner:", "    date:", "    review:", "    note: No such record"),
    ]


def test_an_empty_cell_empties_and_a_column_that_is_missing_leaves_alone() -> None:
    keep()
    as_csv(Path("t.csv"), ("id", "answer", "note"), ("provider", "oak", ""), ("c-other", "", ""))
    result = run("import", "t.csv")
    assert result.stdout.splitlines()[0] == "c-other: answer: “not_yet” → (empty)"
    assert "evidence: 'Policy 3'   # in the green folder" in KEPT.read_text("utf-8")


def test_a_dry_run_writes_nothing() -> None:
    exported()
    fill({"prepared_by": {"answer": "Bea"}, "c-other": {"answer": "Not yet"}})
    result = run("import", TABLE, "--dry-run")
    assert result.stderr == "oak: 2 values changed, in 1 question. Nothing was written.\n"
    assert not KEPT.exists()


def test_all_mistakes_are_told_at_once_with_their_cells() -> None:
    exported()
    changes: dict[str, dict[str, Any]] = {
        "provider": {"answer": "aok"},
        "prepared_by": {"answer": None},
        "a-asked": {"answer": "nearly", "when": "last week"},
        "b-notices-present": {"answer": "Partly"},
        "c-other": {"id": "c-ohter", "answer": "Met"},
        "d-read": {"id": "a-asked", "note": "=1+1"},
    }
    result = run("import", fill(changes))
    assert (result.exit_code, told(result)) == (
        1,
        [
            "oak.xlsx:3:5: error LNK-01: `aok` is not in providers/ (cell E3)",
            "oak.xlsx:5: error FRM-06: `prepared_by`: is empty (row 5)",
            "oak.xlsx:6:5: error FRM-04: `answer`: has to be Met, Partly, Not yet or Does not apply, not `nearly` "
            "(cell E6)",
            "oak.xlsx:6:8: error FRM-03: `when`: has to be a day such as 2026-11-30 (cell H6)",
            "oak.xlsx:8:5: error ASS-01: `b-notices-present` is answered `partly`, and nothing is named that shows "
            "it (cell E8)",
            "oak.xlsx:9:1: error LNK-01: `c-ohter` is no measure of a recommendation (cell A9)",
            "oak.xlsx:10:1: error MOD-01: the question `a-asked` is there twice; first in cell A6 (cell A10)",
            "oak.xlsx:10:10: error TAB-02: `note`: is a formula, and its value is not stored (cell J10)",
        ],
    )
    assert not KEPT.exists()


def test_a_table_without_a_provider_is_refused() -> None:
    as_csv(Path("t.csv"), ("id", "answer"), ("a-asked", "Not yet"))
    assert told(run("import", "t.csv")) == ["t.csv:2: error FRM-01: no row has the id `provider` (row 2)"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    Path("t.xlsx").write_bytes(data)
    result = run("import", "t.xlsx")
    assert result.exit_code == 1
    assert len(told(result)) == 1


def test_a_file_with_mistakes_of_its_own_is_left_as_it_is() -> None:
    keep(HAND)
    exported()
    broken = HAND.replace("answer: met", "answer: mte")
    keep(broken)
    result = run("import", fill({"c-other": {"answer": "Does not apply"}}))
    assert (result.exit_code, KEPT.read_text("utf-8")) == (1, broken)
    assert "oak.yaml:8:13: error FRM-04" in result.stderr


def test_rows_may_be_sorted_and_columns_moved() -> None:
    keep()
    rows = list(sheet(exported()).iter_rows(values_only=True))
    book = Workbook()
    for row in (rows[0], *sorted(rows[1:], key=str, reverse=True)):
        book.worksheets[0].append(row[::-1])
    book.save("t.xlsx")
    assert run("import", "t.xlsx").stderr == "oak: 0 values changed, in 0 questions. Nothing was written.\n"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@given(
    evidence=TEXTS.filter(str.strip),
    note=TEXTS,
    day=st.dates(datetime.date(1990, 1, 1)),
    answer=st.sampled_from(list(WORDS)),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_said_comes_back(
    form: str, evidence: str, note: str, day: datetime.date, answer: str, tmp_path: Path
) -> None:
    library = load_library(Path("modules"))
    keep()
    empty = as_table(library, load_assessment(KEPT, library))
    said = {"answer": WORDS[answer][0], "evidence": evidence, "look again": str(day), "note": note}
    table = [
        [*row[:4], *(said.get(name, "") for name in list(AT)[4:])] if row[0] == "a-asked" else row for row in empty
    ]
    file = tmp_path / f"t.{form}"
    file.write_bytes(WRITERS[form](table))
    plan = plan_import(library, file)
    KEPT.write_text(plan.text, encoding="utf-8", newline="")
    (found,) = [each for each in load_assessment(KEPT, library).answers if each.measure == "a-asked"]
    assert (found.answer, found.review) == (answer, day)
    assert (found.evidence, found.note) == (" ".join(evidence.split()), " ".join(note.split()))
    assert plan_import(library, file).changes == ()


def _workbook(table: list[list[str]]) -> bytes:
    from scormpack.assess.workbook import written

    return written(table, "Oak Care")


def _comma(table: list[list[str]]) -> bytes:
    from scormpack.tables import comma

    return comma.written(table)


WRITERS: dict[str, Callable[[list[list[str]]], bytes]] = {"xlsx": _workbook, "csv": _comma}


def test_a_full_disk_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    exported()
    fill({"c-other": {"answer": "Does not apply", "note": "None"}})
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.name == KEPT.name:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    result = run("import", TABLE)
    assert (result.exit_code, KEPT.read_text("utf-8")) == (1, HAND)
    assert shown(Path("modules").resolve()) in result.stderr
