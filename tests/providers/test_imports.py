"""Tables taken in: all of it or nothing, and nothing but what the table says."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import EVERY_BLOCK, SAMPLE
from provider_tables import ELM, HEAD, OAK, as_csv, as_workbook, library, planned, problems

from scormpack.cli import main
from scormpack.content.load import load_library
from scormpack.content.provider import Provider
from scormpack.providers.changes import Change, Update
from scormpack.providers.columns import columns
from scormpack.providers.table import as_table
from scormpack.starter.files import replace_files

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{}"/></svg>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return library(tmp_path / "library")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def inside(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, name: str) -> str:
    return (folder / "providers" / f"{name}.yaml").read_text(encoding="utf-8")


def drawing(file: Path, path: str = "M0 0h9") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PICTURE.format(path), encoding="utf-8")
    return file


# Columns


def test_every_single_value_of_a_provider_has_a_column(root: Path) -> None:
    found = columns(load_library(root).settings.slots)
    assert {each.path[0] for each in found} == set(Provider.model_fields) - {"waive"}  # a list has no place in a cell
    assert [each.name for each in found if each.slot] == [
        "local.office_phone",
        "local.debrief_contact",
        "local.death_policy",
    ]
    assert all(each.meaning.endswith(".") for each in found)
    assert [each.name for each in found if not each.example] == ["local.debrief_contact"]


def test_where_packages_go_is_taken_in_and_written_out_again(root: Path, table: Path) -> None:
    head = ("id", "name", "platform", "deploy.site", "deploy.course", "deploy.section")
    as_csv(table, head, ("elm", "Elm Care", "moodle", "https://learning.example.org:8443/moodle", "12", "3"))
    assert run("providers", "import", table, "--library", root).exit_code == 0
    assert load_library(root).providers["elm"].deploy.course == "12"
    assert "unchanged  elm" in run("providers", "import", table, "--library", root, "--dry-run").stdout


def test_a_course_by_its_number_is_a_number_or_text(root: Path) -> None:
    site = "http://127.0.0.1:8085"
    (root / "providers" / "elm.yaml").write_text(
        f"{ELM}deploy: {{site: '{site}', course: 12, section: 0}}\n", "utf-8"
    )
    found = load_library(root).providers["elm"].deploy
    assert (found.site, found.course, found.section) == (site, "12", "0")
    (row,) = (row for row in as_table(load_library(root)) if row[0] == "elm")
    assert {"12", "0", site} <= set(row)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deploy.site", "http://learning.example.org"),
        ("deploy.site", "https://name@learning.example.org"),
        ("deploy.site", "https://learning.example.org?token=x"),
        ("deploy.section", "-1"),
    ],
)
def test_a_place_that_is_none_is_refused(root: Path, table: Path, column: str, value: str) -> None:
    as_csv(table, ("id", column), ("elm", value))
    assert [each.split()[1] for each in problems(root, table)] == ["FRM-05"]


# What a table says


def test_a_row_is_new_changed_or_unchanged(root: Path, table: Path) -> None:
    row = ["ash", "Ash: Care", "020 7946 0999"]
    as_csv(table, HEAD, ["elm", "Elm Care", ""], ["oak", "Oak Care", "01632 960 777"], row)
    result = run("providers", "import", table, "--library", root)
    assert result.stdout.splitlines() == [
        "unchanged  elm",
        "changed    oak",
        "    local.office_phone: “01632 960000” → “01632 960 777”",
        "new        ash",
    ]
    assert result.stderr == "3 providers: 1 new, 1 changed, 1 unchanged.\n"
    assert written(root, "oak") == OAK.replace('"01632 960000"', '"01632 960 777"')
    assert written(root, "elm") == ELM
    assert written(root, "ash") == 'id: ash\nname: "Ash: Care"\nlocal:\n  office_phone: "020 7946 0999"\n'
    assert set(load_library(root).providers) == {"ash", "elm", "oak"}


def test_a_dry_run_says_the_same_and_writes_nothing(root: Path, table: Path) -> None:
    as_csv(table, HEAD, ["ash", "Ash", ""], ["oak", "Oak", "01632 960000"])
    before = inside(root)
    tried = run("providers", "import", table, "--library", root, "--dry-run")
    assert inside(root) == before
    assert tried.stderr == "2 providers: 1 new, 1 changed. Nothing was written.\n"
    assert run("providers", "import", table, "--library", root).stdout == tried.stdout


def test_an_empty_cell_empties_and_what_is_not_in_the_table_stays(root: Path, table: Path) -> None:
    as_csv(table, ["id", "brand.colour", "local.office_phone"], ["oak", "", ""])
    result = run("providers", "import", table, "--library", root)
    assert result.stdout == (
        "changed    oak\n    brand.colour: “#7A2E5A” → (empty)\n    local.office_phone: “01632 960000” → (empty)\n"
    )
    assert result.stderr == "1 provider: 1 changed. 2 values emptied.\n"
    assert written(root, "oak") == OAK.replace('brand: {colour: "#7A2E5A"}\n', "").replace('"01632 960000"', '""')
    assert written(root, "elm") == ELM


def test_rows_and_columns_can_stand_in_any_order_and_notes_are_left_out(root: Path, table: Path) -> None:
    as_csv(table, [], ["Name", "ID"], ["What it means", "# Its file"], ["", ""], ["Oak Trees", "oak"], ["", "#elm"])
    assert planned(root, table).updates == (Update("oak", False, (Change("name", "Oak Care", "Oak Trees"),)),)


def test_a_table_without_providers(root: Path, table: Path) -> None:
    as_csv(table, HEAD)
    assert run("providers", "import", table, "--library", root).stderr == (
        "The table has no providers. Nothing was written.\n"
    )


def test_values_that_stay_are_not_looked_at(tmp_path: Path, table: Path) -> None:
    odd = OAK.replace("01632 960000", "Ask Sam").replace("id: oak", "id: ash")
    root = library(tmp_path / "library", ash=odd, con="id: con\nname: Con\n")
    as_csv(table, HEAD, ["ash", "Ash Care", "Ask Sam"], ["con", "Con", ""])
    assert planned(root, table).updates[0].changes == (Change("name", "Oak Care", "Ash Care"),)


@pytest.mark.parametrize("typed", ["1632960123", "7700900123"])
def test_a_number_gets_back_the_zero_that_a_spreadsheet_took_and_it_is_said(
    typed: str, root: Path, tmp_path: Path
) -> None:
    table = as_workbook(tmp_path / "t.xlsx", HEAD, ["oak", "Oak Care", int(typed)])
    note = f"the table has {typed}, a number without its zero"
    change = Change("local.office_phone", "01632 960000", f"0{typed}", note)
    assert planned(root, table).updates[0].changes == (change,)
    assert f"→ “0{typed}” ({note})\n" in run("providers", "import", table, "--library", root).stdout
    assert planned(root, table).updates[0].state == "unchanged"


def test_a_text_that_is_a_number_gets_its_zero_back_too(root: Path, table: Path) -> None:
    as_csv(table, ["id", "local.debrief_contact", "local.death_policy"], ["oak", "7700900123", "14"])
    assert [change.new for change in planned(root, table).updates[0].changes] == ["07700900123", "14"]


@pytest.mark.parametrize("number", ["116123", "441632960123"])
def test_numbers_without_a_zero_that_can_be_called_stay(number: str, root: Path, tmp_path: Path) -> None:
    table = as_workbook(tmp_path / "t.xlsx", HEAD, ["oak", "Oak Care", int(number)])
    assert planned(root, table).updates[0].changes[0].new == number


# Logos


def test_a_logo_beside_the_table_comes_along(root: Path, table: Path) -> None:
    logo = drawing(table.parent / "logos" / "oak.svg")
    as_csv(table, ["id", "brand.logo"], ["oak", "logos/oak.svg"])
    result = run("providers", "import", table, "--library", root)
    assert result.stdout.endswith("    brand.logo: (empty) → “logos/oak.svg” (its picture comes along)\n")
    assert (root / "providers/logos/oak.svg").read_bytes() == logo.read_bytes()
    assert 'brand: {colour: "#7A2E5A", logo: "logos/oak.svg"}' in written(root, "oak")
    assert planned(root, table).updates[0].state == "unchanged"
    drawing(logo, "M1 1h1")
    result = run("providers", "import", table, "--library", root)
    assert "“logos/oak.svg” → “logos/oak.svg” (its picture comes along)" in result.stdout
    assert (root / "providers/logos/oak.svg").read_bytes() == logo.read_bytes()


def test_a_logo_can_be_in_the_library_already(root: Path, table: Path) -> None:
    drawing(root / "providers" / "oak.svg")
    as_csv(table, ["id", "brand.logo"], ["oak", "oak.svg"])
    assert list(planned(root, table).files) == ["providers/oak.yaml"]


def test_logos_that_cannot_be_used(tmp_path: Path, table: Path) -> None:
    root = library(tmp_path / "library", ash="id: ash\nname: Ash\nbrand: {logo: ash.svg}\n")
    drawing(root / "providers" / "ash.svg", "M1 1h1")
    drawing(table.parent / "ash.svg")
    drawing(table.parent / "elm.svg")
    (table.parent / "bad.png").write_bytes(b"GIF89a")
    (table.parent / "out.svg").symlink_to("/etc/hostname")
    names = ["ash.svg", "bad.png", "../../x.svg", "elm.sgv", "elms.svg", "out.svg", "Elm.svg", "elm.svg"]
    as_csv(table, ["id", "name", "brand.logo"], *([f"p{n}", "P", name] for n, name in enumerate(names, 1)))
    assert problems(root, table) == [
        "2:6 FRM-07 another picture is called `ash.svg`, and `ash` uses it (cell C2)",
        "3:6 FRM-11 `bad.png` is not what its name says (cell C3)",
        "4:6 FRM-05 `brand.logo`: `../../x.svg` is not spelled as it has to be (cell C4)",
        "5:6 SRC-04 there is no file `elm.sgv` beside the table, nor in providers/ (cell C5)",
        "6:6 SRC-04 there is no file `elms.svg` beside the table, nor in providers/ (cell C6)",
        "7:6 SRC-05 `out.svg`: a link leads out of the library (cell C7)",
        "8:6 SRC-04 there is no file `Elm.svg` beside the table, nor in providers/ (cell C8)",
        "9:6 PKG-02 `elm.svg` and `Elm.svg` differ in case only (cell C9)",
    ]


# Refusals


def test_all_problems_of_all_rows_are_told_at_once(root: Path, table: Path) -> None:
    rows = [
        ["id", "nam", "name", "brand.colour", "local.office_phone", "local.debrief_contact", "office_phone", "name"],
        ["oak", "", "Oak", "#12345", "01632 960 12", "Ann, on 01632 960 11", "", ""],
        ["OAK", "", "x" * 61, "", "1.63296E+09", "", "", ""],
        ["con", "", "Con", "", "12", "Give 5 mg of morphine.", "", "", "more"],
        ["", "", "Nobody", "", "", "", "", ""],
        ["ash", "", "", "", "", "", "", ""],
        ["ash", "", "As\x07h", "", "#REF!", "{contact:nobody}", "", ""],
    ]
    before = inside(root)
    assert problems(root, as_csv(table, *rows)) == [
        "1:4 FRM-02 there is no column `nam` (cell B1)",
        "1:67 FRM-02 there is no column `office_phone` (cell G1)",
        "1:80 SRC-02 the column `name` is there twice (cell H1)",
        "2:10 FRM-05 `brand.colour`: `#12345` is not spelled as it has to be (cell D2)",
        "2:17 LOC-04 `office_phone` of Oak is not a phone number: 01632 960 12 (cell E2)",
        "2:30 LOC-04 a number in `debrief_contact` of Oak cannot be called: 01632 960 11 (cell F2)",
        "3:1 FRM-05 `id`: `OAK` is not spelled as it has to be (cell A3)",
        "3:1 MOD-01 the id `OAK` is given twice; first in cell A2 (cell A3)",
        "3:6 FRM-06 `name`: is longer than 60 characters (cell C3)",
        "3:69 TAB-02 `local.office_phone`: is a number of which only the first digits are left (cell E3)",
        "4:1 FRM-05 `id`: `con` is a name that Windows keeps for itself (cell A4)",
        "4:11 LOC-04 `office_phone` of Con is not a phone number: 12 (cell E4)",
        "4:14 LOC-03 a provider cannot add an amount of medicine: “5 mg” (cell F4)",
        "4:39 FRM-02 stands in a column without a name (cell I4)",
        "5:1 FRM-01 `id`: is missing (cell A5)",
        "6:6 FRM-01 `name`: is missing (cell C6)",
        "7:1 MOD-01 the id `ash` is given twice; first in cell A6 (cell A7)",
        "7:6 SRC-01 `name`: the control character U+0007 is not used here (cell C7)",
        "7:12 TAB-02 `local.office_phone`: holds the error #REF! (cell E7)",
        "7:18 LNK-01 `{contact:nobody}` is not filled in here (cell F7)",
    ]
    result = run("providers", "import", table, "--library", root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("Nothing was written.\n")
    assert inside(root) == before


def test_the_nearest_column_is_named(root: Path, table: Path) -> None:
    as_csv(table, ["id", "office_phone"], ["oak", ""])
    assert "fix: Did you mean `local.office_phone`?" in run("providers", "import", table, "--library", root).stderr


def test_a_table_without_ids(root: Path, table: Path) -> None:
    as_csv(table, ["provider", "name"], ["oak", "Oak"])
    assert problems(root, table) == [
        "1:0 FRM-01 no column is called `id`",
        "1:1 FRM-02 there is no column `provider` (cell A1)",
    ]


def test_a_cell_that_is_too_long(root: Path, table: Path) -> None:
    as_csv(table, HEAD, ["oak", "x" * 5_001, ""])
    assert problems(root, table) == ["2:5 FRM-06 `name`: is longer than 5,000 characters (cell B2)"]


def test_a_new_provider_whose_name_nobody_can_tell(root: Path, table: Path) -> None:
    as_csv(table, HEAD, ["ash", "#REF!", ""])
    assert problems(root, table) == ["2:5 TAB-02 `name`: holds the error #REF! (cell B2)"]


def test_more_problems_than_anybody_fixes_at_once(root: Path, table: Path) -> None:
    as_csv(table, HEAD, *([f"p{number}", "", "1"] for number in range(2_000)))
    assert len(problems(root, table)) == 1_000


def test_an_id_becomes_the_name_of_its_file(tmp_path: Path, table: Path) -> None:
    root = library(tmp_path / "library", ash=ELM)
    as_csv(table, ["id", "name"], ["ash", "Elm Care"])
    assert planned(root, table).updates[0].changes == (Change("id", "elm", "ash"),)


def test_a_file_with_mistakes_of_its_own(tmp_path: Path, table: Path) -> None:
    root = library(tmp_path / "library", ash="id: ash\nname: [Ash]\n", fir="id: fir\nnames: Fir\n")
    as_csv(table, ["id", "name"], ["ash", "Ash"], ["fir", "Fir"])
    assert problems(root, table) == [
        "2:7 FRM-03 `name`: has to be text",
        "2:1 FRM-02 `names`: no such field",
    ]


def test_an_id_that_differs_from_a_file_in_case_only(tmp_path: Path, table: Path) -> None:
    root = library(tmp_path / "library", Ash="id: ash\nname: Ash\n")
    as_csv(table, ["id", "name"], ["ash", "Ash"])
    assert problems(root, table) == [
        "2:1 PKG-02 `id`: the library has providers/Ash.yaml, which differs in case only (cell A2)"
    ]


def test_a_library_with_mistakes_takes_nothing(root: Path, table: Path) -> None:
    (root / "library.yaml").write_text("title: x\n", encoding="utf-8")
    as_csv(table, HEAD, ["oak", "Oak", ""])
    result = run("providers", "import", table, "--library", root)
    assert result.exit_code == 1
    assert "library.yaml:1:1: error FRM-01: `licence`: is missing" in result.stderr


# All or nothing


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
@pytest.mark.parametrize("after", range(6))
def test_a_full_disk_leaves_all_as_it_was(
    method: str, after: int, root: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing(table.parent / "oak.svg")
    head = ["id", "name", "brand.logo"]
    as_csv(table, head, ["ash", "Ash", "oak.svg"], ["elm", "Elm", ""], ["fir", "Fir", ""], ["oak", "Oak", "oak.svg"])
    before, does, left = inside(root), getattr(Path, method), [after]

    def full(self: Path, *arguments: Any) -> Any:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return does(self, *arguments)

    monkeypatch.setattr(Path, method, full)
    result = run("providers", "import", table, "--library", root)
    if left[0] >= 0:
        assert (result.exit_code, method, after) == (0, "replace", 5)  # five files in all
        return
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Nothing was written: ")
    assert result.stderr.endswith(" cannot be written: No space left on device.\n")
    assert inside(root) == before


# Out and in again


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("source", [SAMPLE, EVERY_BLOCK], ids=["sample", "every block"])
def test_what_was_written_changes_nothing(source: Path, ending: str, tmp_path: Path) -> None:
    root = shutil.copytree(source, tmp_path / "library")
    out = tmp_path / f"table{ending}"
    before = inside(root)
    assert run("providers", "export", "--out", out, "--library", root).stdout.endswith(f"table{ending}\n")
    result = run("providers", "import", out, "--library", root)
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"unchanged"}
    assert inside(root) == before


def test_a_table_goes_to_standard_output(root: Path) -> None:
    result = run("providers", "export", "--library", root)
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfid,name,")
    assert len(result.stdout.splitlines()) == 5


def test_a_table_to_fill_in(root: Path) -> None:
    rows = run("providers", "export", "--empty", "--library", root).stdout.splitlines()
    assert [row.partition(",")[0] for row in rows] == [
        "\ufeffid",
        '"# The name of this file',
        "# for example: our-homecare",
    ]


def test_a_file_that_exists_is_left_alone(root: Path, table: Path) -> None:
    table.write_text("mine", encoding="utf-8")
    result = run("providers", "export", "--out", table, "--library", root)
    assert result.exit_code == 1
    assert "this already exists" in result.stderr
    assert table.read_text(encoding="utf-8") == "mine"


def test_a_table_has_one_of_two_endings(root: Path) -> None:
    result = run("providers", "export", "--out", "table.ods", "--library", root)
    assert result.exit_code == 2
    assert "`table.ods` ends neither in .xlsx nor in .csv." in result.stderr


def test_a_provider_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    root = library(tmp_path / "library", ash="id: ash\n")
    result = run("providers", "export", "--library", root)
    assert result.exit_code == 1
    assert [row.split(",")[0] for row in result.stdout.splitlines()[3:]] == ["elm", "oak"]
    assert "ash.yaml:1:1: error FRM-01: `name`: is missing" in result.stderr


PLAIN = st.text("abc XÖ’“&é#:'", min_size=1, max_size=12).map(str.strip).filter(lambda text: text.strip("#"))
PHONES = st.sampled_from(["", "01632 960 123", "+44 1632 960123", "0808 157 0123", "116 123"])
ROWS = st.dictionaries(
    st.from_regex(r"[a-d][a-d]{0,2}", fullmatch=True),
    st.tuples(PLAIN, PHONES, PLAIN | st.just("")),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("writer", [as_csv, as_workbook])
@given(rows=ROWS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_comes_out_as_it_went_in(
    writer: Callable[..., Path], rows: dict[str, tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")
    root = library(folder / "library")
    head = ["id", "name", "local.office_phone", "local.debrief_contact"]
    table = writer(folder / "table", head, *([name, *values] for name, values in rows.items()))
    replace_files(planned(root, table).files, root)
    assert {update.state for update in planned(root, table).updates} == {"unchanged"}
    names, _, _, *found = as_table(load_library(root))
    picked = [[row[names.index(column)] for column in head] for row in found]
    assert [row for row in picked if row[0] not in ("elm", "oak")] == [[name, *rows[name]] for name in sorted(rows)]
