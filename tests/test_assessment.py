"""What a provider says of itself: read strictly, and written blank for it to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_library
from click.testing import CliRunner
from paths import SAMPLE

from scormpack.cli import main
from scormpack.content.assessment import SelfAssessment, load_assessment, measures
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError

FILE = Path("oak.yaml")
BLANK = Path("modules/assessments/oak.yaml")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_library.write(tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)


def load(text: str) -> SelfAssessment:
    FILE.write_text(text, encoding="utf-8")
    return load_assessment(FILE, load_library(Path("modules")))


def found_in(old: str, new: str) -> list[tuple[str, str, str, str]]:
    """Code, place, message and hint of each mistake in the small self-assessment with one change."""
    assert small_library.ASSESSMENT.count(old) == 1
    with pytest.raises(ContentError) as caught:
        load(small_library.ASSESSMENT.replace(old, new))
    return [(each.code, str(each.place), each.message, each.hint) for each in caught.value.diagnostics]


def test_what_is_read() -> None:
    found = load(small_library.ASSESSMENT)
    assert (found.provider, str(found.date), found.prepared_by) == ("oak", "2026-09-01", "The manager of Oak Care")
    assert [(each.measure, each.answer, each.evidence) for each in found.answers] == [
        ("a-asked", "met", "=Policy 3"),
        ("b-notices-present", "partly", "A list"),
        ("c-other", "not_yet", ""),
        ("d-read", None, ""),
    ]


def test_a_measure_that_is_none() -> None:
    assert found_in("a-asked", "a-aksed") == [
        (*("LNK-01", "oak.yaml:5:15", "`a-aksed` is no measure of a recommendation", "Did you mean `a-asked`?"),)
    ]


def test_a_measure_of_a_retired_recommendation() -> None:
    (mistake,) = found_in("c-other", "e-old")
    assert mistake[:3] == ("LNK-01", "oak.yaml:7:15", "`e-old` is no measure of a recommendation")


def test_a_provider_that_is_none() -> None:
    assert found_in("provider: oak", "provider: oka") == [
        ("LNK-01", "oak.yaml:1:11", "`oka` is not in providers/", "Did you mean `oak`?")
    ]


def test_a_measure_that_is_answered_twice() -> None:
    assert found_in("measure: c-other", "measure: a-asked") == [
        (
            *("MOD-01", "oak.yaml:7:15", "`a-asked` is answered twice; first at oak.yaml:5:15"),
            "Keep one of the answers.",
        )
    ]


def test_a_measure_that_two_recommendations_have() -> None:
    file = Path("modules/recommendations/d-elsewhere.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("id: d-read", "id: a-asked"), encoding="utf-8")
    assert found_in("measure: d-read", "measure: b-completion")[0] == (
        *("MOD-01", "oak.yaml:5:15", "`a-asked` is a measure of `a-met` and of `d-elsewhere`"),
        "Give each measure an id of its own.",
    )


@pytest.mark.parametrize("evidence", ["", "evidence: , ", 'evidence: "  ", '])
def test_met_needs_evidence(evidence: str) -> None:
    ((code, place, message, hint),) = found_in('evidence: "=Policy 3", ', evidence)
    assert (code, place) == ("ASS-01", "oak.yaml:5:32")
    assert message == "`a-asked` is answered `met`, and nothing is named that shows it"
    assert hint.startswith("Say under `evidence` where somebody can see it")


def test_partly_needs_evidence_too() -> None:
    assert [each[0] for each in found_in(", evidence: A list", "")] == ["ASS-01"]


@pytest.mark.parametrize("answer", ["not_yet", "not_applicable"])
def test_other_answers_need_none(answer: str) -> None:
    assert load(small_library.ASSESSMENT.replace("answer: partly, evidence: A list", f"answer: {answer}"))


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("answer: partly", "answer: yes", "FRM-04", "`answers[2].answer`: has to be one of"),
        ("date: 2026-09-01", "date: soon", "FRM-03", "`date`: has to be a date such as 2026-11-30"),
        ("prepared_by: The manager of Oak Care", "prepared_by:", "FRM-06", "`prepared_by`: is empty"),
        ("prepared_by: The manager of Oak Care\n", "", "FRM-01", "`prepared_by`: is missing"),
        ("owner: The office", "client: Mrs A", "FRM-02", "`answers[1].client`: no such field"),
    ],
)
def test_what_is_refused(old: str, new: str, code: str, message: str) -> None:
    ((found, _, said, _),) = found_in(old, new)
    assert found == code
    assert said.startswith(message)


# A new one


def test_a_new_one_asks_every_question_and_answers_none() -> None:
    result = CliRunner().invoke(main, ["report", "--new-assessment", "oak"])
    assert (result.exit_code, result.stdout) == (0, f"{BLANK}\n")
    text = BLANK.read_text(encoding="utf-8")
    assert text.startswith("# What Oak Care says of itself.")
    assert "no names of clients" in text
    library = load_library(Path("modules"))
    found = load(text.replace("prepared_by:", "prepared_by: Me"))
    assert [each.measure for each in found.answers] == [measure.id for _, measure in measures(library)]
    assert {(each.answer, each.evidence, each.owner, each.date, each.note) for each in found.answers} == {
        (None, "", "", None, "")
    }
    for _, measure in measures(library):
        assert f"# {measure.text} Look in: " in text


def test_a_new_one_is_valid_as_it_is() -> None:
    CliRunner().invoke(main, ["report", "--new-assessment", "oak"])
    result = CliRunner().invoke(main, ["report", "--self-assessment", str(BLANK)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nobody has answered them yet." in Path("build/report.html").read_text(encoding="utf-8")


def test_a_provider_with_mistakes_answers_nothing() -> None:
    file = Path("modules/providers/oak.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("name: Oak Care", "nam: Oak Care"), encoding="utf-8")
    result = CliRunner().invoke(main, ["report", "--new-assessment", "oak"])
    assert (result.exit_code, "oak.yaml:2:1: error FRM-02" in result.stderr) == (1, True)
    with pytest.raises(ContentError, match="the file of `oak` in providers/ has mistakes"):
        load(small_library.ASSESSMENT)


def test_a_new_one_for_a_library_without_measures() -> None:
    for file in Path("modules/recommendations").glob("*.yaml"):
        file.unlink()
    module = Path("modules/first/module.yaml")
    module.write_text(module.read_text(encoding="utf-8").replace("a-met, b-partly", ""), encoding="utf-8")
    CliRunner().invoke(main, ["report", "--new-assessment", "oak", "--out", str(BLANK)])
    assert load(BLANK.read_text(encoding="utf-8").replace("prepared_by:", "prepared_by: Me")).answers == ()


def test_what_is_filled_in_is_never_overwritten() -> None:
    BLANK.parent.mkdir()
    BLANK.write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(main, ["report", "--new-assessment", "oak"])
    assert result.exit_code == 2
    assert "already exists" in result.stderr
    assert BLANK.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_assessments_is_no_module() -> None:
    CliRunner().invoke(main, ["report", "--new-assessment", "oak"])
    assert sorted(load_library(Path("modules")).modules) == ["first", "second"]


# The sample


def test_the_sample_is_invented_and_can_be_read() -> None:
    file = SAMPLE / "assessments" / "willow-lane.yaml"
    found = load_assessment(file, load_library(SAMPLE))
    assert "invented provider" in file.read_text(encoding="utf-8").splitlines()[1]
    known = [measure.id for _, measure in measures(load_library(SAMPLE))]
    assert [each.measure for each in found.answers] == known
    assert {each.answer for each in found.answers} == {None, "met", "partly", "not_yet", "not_applicable"}
