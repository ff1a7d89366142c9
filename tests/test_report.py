"""The report: what it says of a small library, in each of its forms, and what it never says."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import small_library
from click.testing import CliRunner, Result
from lxml import html
from paths import ROOT, SAMPLE

from scormpack.cli import main
from scormpack.report.advice import state_of
from scormpack.report.tables import as_table
from scormpack.report.values import Addressed, Expectation

GOLDEN = ROOT / "tests" / "fixtures" / "report.json"
MODULES = Path("modules")
COMMENTS = """\
comments:
  - {name: Grace, date: 2026-09-04, block: only, text: Good.}
  - {name: Grace, date: 2026-09-03, block: only, quote: Sing to the moon., text: Loud.}
  - {name: Grace, date: 2026-09-01, resolved_on: 2026-09-03, text: Too short.}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small library in ./modules, with a sentence that partners have not seen, on its own day."""
    small_library.write(tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)
    assert run("agree", "first", "--workshop", "1").exit_code == 0
    edit(MODULES / "first" / "pages" / "only.md", "Talk to", "Speak with")
    (MODULES / "first" / "review.yaml").write_text(COMMENTS, encoding="utf-8")
    Path("oak.yaml").write_text(small_library.ASSESSMENT, encoding="utf-8")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def as_json(*arguments: str) -> Any:
    result = run("report", "--format", "json", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def as_page(*arguments: str) -> html.HtmlElement:
    assert run("report", *arguments).exit_code == 0
    return html.document_fromstring(Path("build/report.html").read_bytes())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: html.HtmlElement, name: str) -> str:
    (found,) = page.xpath(f'//*[@id="{name}"]')
    return words(found)


# What it says, as JSON


def test_all_that_it_says() -> None:
    found = as_json()
    found.pop("problems")  # how many rules there are is not the report's
    found["summary"] = [each for each in found["summary"] if each["table"] != "problems"]
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_it_counts_what_validate_finds() -> None:
    found = json.loads(run("validate", "--format", "json").stdout)["diagnostics"]
    counts = Counter((each["path"].split("/")[1], each["severity"]) for each in found)
    rows = {each["module"]: (each["errors"], each["warnings"]) for each in as_json()["problems"]}
    for name in ("first", "second"):
        assert rows[name] == (counts[name, "error"], counts[name, "warning"])
    whole = [sum(numbers) for numbers in zip(*rows.values(), strict=True)]
    assert whole == [sum(each["severity"] == kind for each in found) for kind in ("error", "warning")]


def test_an_error_is_named_in_words() -> None:
    (row,) = [each for each in as_json()["problems"] if each["module"] == "second"]
    assert "Review that is due (MOD-08)" in row["kinds"]


def addressed(*met: bool) -> Addressed:
    return Addressed("a", "A", tuple(Expectation("x", each, "" if each else "y") for each in met))


@pytest.mark.parametrize(
    ("modules", "signposted", "state"),
    [
        ([], False, "missing"),
        ([], True, "signposted"),
        ([addressed()], False, "met"),
        ([addressed(True, True), addressed(True)], False, "met"),
        ([addressed(True), addressed(True, False)], True, "partly"),
        ([addressed(False)], False, "partly"),
    ],
)
def test_what_the_states_mean(modules: list[Addressed], signposted: bool, state: str) -> None:
    assert state_of(modules, signposted) == state


def test_of_one_module_only_what_belongs_to_it() -> None:
    found = as_json("first")
    assert found["named"] is True
    assert [each["id"] for each in found["recommendations"]] == ["a-met", "b-partly"]
    assert [each["state"] for each in found["recommendations"]] == ["met", "met"]
    assert [each["id"] for each in found["topics"]] == ["covered"]
    assert [each["module"] for each in found["time"]] == ["first"]
    assert {each["id"] for each in found["reviews"]} == {"first", "a-met", "b-partly"}


def test_for_one_provider() -> None:
    assert {each["provider"] for each in as_json("--provider", "oak")["local_details"]} == {"Oak Care"}


def test_a_module_that_cannot_be_read_is_named() -> None:
    (MODULES / "second" / "pages" / "only.md").write_text("No title\n", encoding="utf-8")
    found = as_json()
    assert found["unread"] == ["second"]
    assert found["summary"][0] == {
        "table": "problems",
        "to_do": True,
        "text": "The module second cannot be read, and this report does not count it.",
    }
    (row,) = [each for each in found["problems"] if each["module"] == "second"]
    assert row["kinds"] == ["Page without its one title (FRM-08)"]


def test_a_library_that_is_empty() -> None:
    for name in ("contacts.yaml", "recommendations", "providers", "first", "second"):
        (MODULES / name).rename(f"away-{name}")
    (MODULES / "library.yaml").write_text("title: Empty\npublisher: Nobody\nlicence: none\n", encoding="utf-8")
    found = as_json()
    assert (found["recommendations"], found["topics"], found["time"]) == ([], [], [])
    assert "There are no modules." in words(as_page())


def test_what_the_library_can_say_of_a_measure() -> None:
    says = {row["id"]: row["from_library"] for each in as_json()["recommendations"] for row in each["measures"]}
    assert says["a-asked"] == ""
    assert says["c-other"] == "The library says nothing about this. Answer it from your own records."
    assert says["a-completion"].startswith("The library does not know who has completed what.")
    assert "first weeks: 1 module; first months: 0 modules; advanced: 1 module" in says["a-completion"]
    assert says["b-notices-present"] == "No module has content that is declared as hard."


def test_hard_content_without_a_notice_is_not_called_noticed() -> None:
    edit(MODULES / "second" / "module.yaml", "sensitivity: [none]", "sensitivity: [death]")
    says = {row["id"]: row["from_library"] for each in as_json()["recommendations"] for row in each["measures"]}
    assert says["b-notices-present"].startswith("Of 1 module with hard content, 0 have a notice")
    assert "Something is missing in “The second module”." in says["b-notices-present"]


# The provider's evidence


def test_the_answers_of_a_provider() -> None:
    found = as_json("--self-assessment", "oak.yaml")
    assert found["self_assessment"] == {
        "provider": "oak",
        "name": "Oak Care",
        "colour": "#7A2E5A",
        "date": "2026-09-01",
        "prepared_by": "The manager of Oak Care",
        "counts": {"met": 1, "partly": 1, "not_yet": 1, "not_applicable": 0, "not_answered": 2},
    }
    answers = {row["id"]: row["answered"] for each in found["recommendations"] for row in each["measures"]}
    assert answers["a-asked"] == {
        "answer": "met",
        "evidence": "=Policy 3",
        "owner": "The office",
        "date": "2026-08-08",
        "note": "Seen by all",
        "review": None,
    }
    assert answers["b-notices-present"]["review"] == "2027-02-08"
    nothing = {"answer": "not_answered", "evidence": "", "owner": "", "date": None, "note": "", "review": None}
    assert answers["d-read"] == answers["a-completion"] == nothing
    assert {each["provider"] for each in found["local_details"]} == {"Oak Care"}
    assert [each["text"] for each in found["summary"]][:2] == [
        "2 of 5 questions not answered yet.",
        "1 of 5 questions answered “not yet”, 1 “partly”.",
    ]


def test_the_evidence_report_says_whose_words_these_are() -> None:
    page = as_page("--self-assessment", "oak.yaml")
    assert words(page.xpath("//h1")[0]) == "Evidence report: Oak Care"
    found = section(page, "recommendations")
    assert "Oak Care has answered the questions below itself." in found
    assert "This tool has not seen the evidence that is named." in found
    assert "=Policy 3" in found
    assert page.xpath("//main/section/@id")[:2] == ["summary", "recommendations"]


def test_another_provider_than_the_one_who_answered() -> None:
    result = run("report", "--self-assessment", "oak.yaml", "--provider", "elm")
    assert result.exit_code == 2
    assert "The self-assessment is by `oak`" in result.stderr


def test_a_self_assessment_with_mistakes_makes_no_report() -> None:
    edit(Path("oak.yaml"), 'evidence: "=Policy 3", ', "")
    result = run("report", "--self-assessment", "oak.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ASS-01" in result.stderr
    assert not Path("build").exists()


# The page


@pytest.fixture(params=[(), ("--self-assessment", "oak.yaml"), ("first",)], ids=["library", "evidence", "module"])
def page(request: pytest.FixtureRequest) -> html.HtmlElement:
    return as_page(*request.param)


def test_the_page_needs_nothing_from_elsewhere(page: html.HtmlElement) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //object | //form | //*[@style]") == []
    assert page.xpath("//@src | //@onclick | //@onload") == []
    styles = "".join(page.xpath("//style/text()"))
    assert re.findall(r"url\(|@import|https?:", styles) == []
    assert [href for href in page.xpath("//a/@href") if not href.startswith("#")] == []


def test_every_link_leads_somewhere(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)


def test_every_table_says_what_it_is(page: html.HtmlElement) -> None:
    tables = page.xpath("//table")
    captions = [words(caption) for caption in page.xpath("//table/caption")]
    assert len(captions) == len(set(captions)) == len(tables) > 5
    for table in tables:
        heads = [words(head) for head in table.xpath("./thead/tr/th[@scope='col']")]
        assert len(heads) == len(table.xpath("./thead/tr/*"))
        for row in table.xpath("./tbody/tr"):
            assert [cell.tag for cell in row] == ["th", *["td"] * (len(heads) - 1)], words(row)
            assert row[0].get("scope") == "row"
            labels = [cell.get("data-label") for cell in row[1:]]
            assert labels == heads[1:]


def test_its_headings_come_in_order(page: html.HtmlElement) -> None:
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_says_its_language_and_what_it_is_not(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert words(page.xpath("//header/p[@class='what']")[0]).startswith(
        "This report shows what is in the library and what a provider has written down. It does not prove compliance."
    )


def test_it_claims_nothing(page: html.HtmlElement) -> None:
    text = words(page.xpath("//body")[0])
    assert re.findall(r"complian\w+", text, re.IGNORECASE) == ["compliance"]
    assert re.findall(r"accredit\w+|certif\w+|endors\w+|competen\w+|guarantee\w*", text, re.IGNORECASE) == []


def test_the_summary_says_what_needs_doing_first() -> None:
    page = as_page()
    boxes = page.xpath("//section[@id='summary']/div")
    assert [words(box.xpath("./h2")[0]) for box in boxes] == ["✗ What needs doing, or is open", "✓ What is fine"]
    to_do = sum(each["to_do"] for each in as_json()["summary"])
    assert len(boxes[0].xpath(".//li")) == to_do
    assert words(page.xpath("//p[@class='verdict']")[0]).startswith(f"{to_do} things need doing or are open.")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reviews", "The second module ✗ Overdue since 1 September 2026"),
        ("comments", "The first module ◐ 2 1 3 September 2026"),
        ("contacts", "Never checked ✗ Never"),
        ("contacts", "Ancient ✗ 1 January 2025, 627 days ago"),
        ("local-details", "Someone to talk to Oak Care"),
        ("recommendations", "b-partly Managers should do the thing called b-partly. ◐ Partly met by the modules"),
        ("rec-b-partly", "The second module ✗ No: no page has a card ✗ No: time policy says optional"),
        ("rec-c-missing", "✗ Missing Priority: could. Evidence: moderate. Status: draft."),
        ("rec-d-elsewhere", "Where else to look: A website. It is good"),
        ("topics", "A gap ✗ Gap: no module, no signpost"),
        ("topics", "A topic elsewhere→ The hospice. They know more"),
        ("waivers", "◐ Open: not followed until 31 December 2026"),
        ("waivers", "Learners with nothing to learn (LNK-05) The library ✗ Ended on 31 August 2026"),
        ("waivers", "Sentence words 25 30 Our readers asked for it"),
        ("provenance", "Workshop 1, 2026-02-02, 10 partners"),
        ("provenance", "✗ 1 change since: only/prose/text has changed"),
        ("time", "2 modules take 30 minutes in total."),
        ("time", "In all 2 30 28"),
    ],
)
def test_what_the_page_says(name: str, said: str) -> None:
    page = as_page()
    for row in page.xpath("//td | //th"):
        row.tail = " "
    assert said in section(page, name)


def test_the_same_input_gives_the_same_bytes() -> None:
    for form, file in (("html", "report.html"), ("csv", "report/recommendations.csv")):
        run("report", "--format", form)
        first = Path("build", file).read_bytes()
        run("report", "--format", form)
        assert Path("build", file).read_bytes() == first


def test_what_an_author_writes_is_text_and_no_markup() -> None:
    edit(MODULES / "second" / "module.yaml", "title: The second module", "title: A <b>bold</b> & “new” module")
    page = as_page()
    assert page.xpath("//b") == []
    assert "A <b>bold</b> & “new” module" in words(page)


def test_the_sample_library_is_told_whole() -> None:
    page = as_page("--library", str(SAMPLE))
    assert len(page.xpath("//article")) == len(list((SAMPLE / "recommendations").glob("*.yaml")))


# Tables for a spreadsheet


def tables() -> dict[str, list[list[str]]]:
    found = {}
    for file in sorted(Path("build/report").glob("*.csv")):
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")
        found[file.stem] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return found


def test_a_file_for_each_table() -> None:
    result = run("report", "--format", "csv", "--self-assessment", "oak.yaml")
    assert (result.exit_code, result.stdout) == (0, "build/report: 15 tables\n")
    found = tables()
    assert sorted(found) == [
        *("comments", "contacts", "expectations", "limits", "local-details", "measures", "problems", "provenance"),
        *("recommendations", "reviews", "summary", "time", "topics", "versions", "waivers"),
    ]
    for name, rows in found.items():
        assert {len(row) for row in rows} == {len(rows[0])}, name
    assert found["expectations"][3] == [
        *("b-partly", "second", "The second module", "a what-if card", "no", "no page has a card"),
    ]
    assert found["topics"][2] == ["A gap", "", "", "", "", "", "yes"]
    (answer,) = [row for row in found["measures"] if row[1] == "a-asked"]
    assert answer[-6:] == ["Met", "'=Policy 3", "The office", "2026-08-08", "", "Seen by all"]


def cell_of(value: object) -> str:
    """The cell as a spreadsheet reads it."""
    text = as_table([[value]]).decode("utf-8-sig")
    return next(csv.reader(io.StringIO(text, newline="")))[0]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run(text: str) -> None:
    assert cell_of(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"), [("a=1", "a=1"), (None, ""), (True, "yes"), (("a", "b"), "a; b"), (("=a",), "'=a"), (3, "3")]
)
def test_other_cells(value: object, cell: str) -> None:
    assert cell_of(value) == cell


def test_no_cell_of_a_report_is_a_formula() -> None:
    run("report", "--format", "csv", "--self-assessment", "oak.yaml")
    cells = [cell for rows in tables().values() for row in rows for cell in row]
    assert "'=Elm Care" not in cells  # the report is Oak Care's
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


# Where it is written


def test_where_it_is_written() -> None:
    assert run("report").stdout == "build/report.html\n"
    assert run("report", "--out", "there/mine.html").stdout == "there/mine.html\n"
    assert run("report", "--format", "csv", "--out", "tables").stdout == "tables: 15 tables\n"
    assert run("report", "--format", "json", "--out", "mine.json").stdout == "mine.json\n"
    assert json.loads(Path("mine.json").read_text(encoding="utf-8")) == as_json()


def test_a_disk_that_refuses() -> None:
    Path("file").touch()
    result = run("report", "--out", "file/report.html")
    assert result.exit_code == 1
    assert "PKG-11: cannot be written" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frist"], "There is no module `frist`. Did you mean `first`?"),
        (["--provider", "ok"], "There is no provider `ok`. Did you mean `oak`?"),
        (["--new-assessment", "ok"], "There is no provider `ok`. Did you mean `oak`?"),
    ],
)
def test_a_name_that_the_library_does_not_have(arguments: list[str], said: str) -> None:
    result = run("report", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_library_that_cannot_be_read() -> None:
    edit(MODULES / "library.yaml", "title: A small library\n", "")
    result = run("report")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "FRM-01: `title`: is missing" in result.stderr
