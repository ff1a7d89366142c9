"""The report on paper: what its page says, word for word, for everybody who reads it there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import small_library
from click.testing import CliRunner, Result
from lxml import html
from paths import SAMPLE
from printed import check_access, elements, pages, squeezed

from scormpack.cli import main

PAPER = Path("build/report.pdf")
SPOKEN = ("h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td", "caption")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small library in ./modules, on its own day."""
    small_library.write(tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)
    Path("oak.yaml").write_text(small_library.ASSESSMENT, encoding="utf-8")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["report", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(data: bytes, title: str) -> str:
    """All words, without what is at the foot of each sheet, and on which page is what a word leads to."""
    words = "".join(re.sub(rf"{re.escape(title)}\s*(Page \d+ of \d+)?\s*$", "", text) for text in pages(data))
    return squeezed(re.sub(r"\(page \d+\)", "", words.replace("\n", " ")))


def missing(page: bytes, paper: bytes) -> list[str]:
    """What the page says and the paper does not."""
    document = html.document_fromstring(page)
    said = told(paper, document.findtext(".//title") or "")
    rows = (words for each in document.iter(*SPOKEN) for words in _pieces(each))
    return [words for words in rows if squeezed(words) not in said]


def _pieces(element: html.HtmlElement) -> list[str]:
    """The words of an element; those of a list or a note in it, which may go on on another sheet, by themselves."""
    inner = element.xpath("./ul | ./span[@class='note']")
    for each in inner:
        each.drop_tree()
    return [element.text_content(), *(each.text_content() for each in inner if each.tag == "span")]


@pytest.mark.parametrize("more", [[], ["first"], ["--self-assessment", "oak.yaml"]])
def test_the_paper_says_what_the_page_says(more: list[str]) -> None:
    run(*more)
    assert run("--format", "pdf", *more).stdout == "build/report.pdf\n"
    assert missing(Path("build/report.html").read_bytes(), PAPER.read_bytes()) == []


def test_the_sample_library_is_told_whole_and_can_be_read_by_everybody() -> None:
    answers = (SAMPLE / "assessments" / "willow-lane.yaml").as_posix()
    for form in ("html", "pdf"):
        run("--library", SAMPLE.as_posix(), "--self-assessment", answers, "--format", form)
    page, paper = Path("build/report.html").read_bytes(), PAPER.read_bytes()
    assert missing(page, paper) == []
    title = html.document_fromstring(page).findtext(".//title") or ""
    check_access(paper, title)
    pictures = html.document_fromstring(page).xpath("count(//svg)")
    assert sum(each.kind == "/Figure" for each in elements(paper)) == pictures
    assert f"Page 2 of {len(pages(paper))}" in pages(paper)[1]


def test_what_leads_somewhere_says_on_which_page_it_is() -> None:
    run("--format", "pdf")
    sheets = pages(PAPER.read_bytes())
    led = re.findall(r"Time to plan and pay \(page (\d+)\)", sheets[0])
    assert [n for n, text in enumerate(sheets, start=1) if "Minutes of learning by stage" in text] == list(
        map(int, led)
    )


def test_the_first_sheet_says_what_is_open_and_what_is_fine_and_claims_nothing() -> None:
    run("--format", "pdf", "--self-assessment", "oak.yaml")
    first = pages(PAPER.read_bytes())[0]
    assert first.index("What needs doing") < first.index("What is fine")
    assert "It does not prove compliance." in first.replace("\n", " ")


def test_the_same_input_gives_the_same_bytes() -> None:
    run("--format", "pdf")
    run("--format", "pdf", "--out", "again.pdf")
    assert Path("again.pdf").read_bytes() == PAPER.read_bytes()


def answer_with(evidence: str) -> Result:
    edited = small_library.ASSESSMENT.replace("evidence: A list", f"evidence: {evidence!r}")
    Path("oak.yaml").write_text(edited, encoding="utf-8")
    return run("--format", "pdf", "--self-assessment", "oak.yaml")


def test_what_an_author_writes_is_text_and_no_markup() -> None:
    hostile = "#panic() $x$ <a@b> @ref *bold* // none"
    assert answer_with(hostile).exit_code == 0
    assert squeezed(hostile) in squeezed("".join(pages(PAPER.read_bytes())))


def test_a_sign_without_a_letter_is_told_and_stops_nothing() -> None:
    result = answer_with("A list \N{TAMIL LETTER KA}")
    assert result.exit_code == 0
    assert "report.pdf: warning OUT-01: no letter is there for `\N{TAMIL LETTER KA}`" in result.stderr
    assert PAPER.exists()


def test_a_disk_that_refuses_leaves_nothing() -> None:
    PAPER.mkdir(parents=True)
    result = run("--format", "pdf")
    assert result.exit_code == 1
    assert "PKG-11" in result.stderr
    assert list(PAPER.parent.iterdir()) == [PAPER]
