"""`scormpack diff` on packages of ours and of others: what it says, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from giving import DAYS, FIRST, MODULES, PAGE, SECOND, TEA, changes, edit, give_out, lay_out, run

NEW = "# Afterwards\n\nYou write down what she said, and you say when you will be back.\n"


@pytest.fixture(autouse=True)
def _given_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library was given out once, and a week has passed."""
    monkeypatch.chdir(tmp_path)
    lay_out(MODULES)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])
    give_out("--target", "scorm12")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-12-01"])


def tea(folder: Path, version: str = "1.0.0", provider: str = "oak") -> str:
    return str(folder / provider / f"tea-and-talk-{version}-scorm12.zip")


def again(version: str) -> str:
    """Give out the next version; its package."""
    edit(TEA / "module.yaml", "version: 1.0.0\n", f"version: {version}\n")
    give_out("--target", "scorm12")
    return tea(SECOND, version)


def found(old: str, new: str, code: int = 0) -> Any:
    result = run("diff", old, new, "--format", "json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_other_words_are_shown_before_and_after() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    result = run("diff", tea(FIRST), again("1.0.1"))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:7] == [
        "Safe: whoever has begun goes on, and whoever has passed has passed.",
        "  Other words on the page: “Over a cup of tea”.",
        "",
        "About the package",
        "  kind: scorm12",
        "  version: 1.0.0 → 1.0.1",
        next(line for line in result.stdout.splitlines() if line.startswith("  size: ")),
    ]
    (line,) = (each for each in result.stdout.splitlines() if "hums" in each)
    before, _, after = line.partition(" → ")
    assert before.startswith("  Over a cup of tea: The kettle sings. Two cups wait on the table.")
    assert after.startswith("The kettle hums. Two cups wait on the table.")


def test_words_that_are_other_ones_late_in_a_line_are_shown() -> None:
    edit(PAGE, "You have ten minutes.", "You have five minutes.")
    lines = run("diff", tea(FIRST), again("1.0.1")).stdout.splitlines()
    start = "…wall, and the cat is on the mat. You have"
    assert f"  Over a cup of tea: {start} ten minutes. → {start} five minutes." in lines


def test_the_judgement_is_the_one_of_the_release() -> None:
    edit(PAGE, "id: open-question", "id: an-open-question")
    edit(PAGE, "text: Is it cold?", "text: Is it warm?")
    edit(TEA / "module.yaml", "pages: [over-tea", "pages: [afterwards, over-tea")
    (TEA / "pages" / "afterwards.md").write_text(NEW, encoding="utf-8")
    new = again("2.0.0")
    result = found(tea(FIRST), new, 1)
    judged = changes(SECOND / "oak")["tea-and-talk"]
    assert (result["result"], [*result["lost"], *result["noticed"], *result["reworded"]]) == judged
    assert result["lost"] == [
        "The question “Which question is open?” has another id: an-open-question, which was open-question. "
        "What was done there has to be done again."
    ]


def test_nothing_has_changed() -> None:
    result = run("diff", tea(FIRST), tea(FIRST))
    assert (result.exit_code, result.stdout) == (0, "Nothing has changed.\n")


def test_two_providers_differ_in_their_own_words_only() -> None:
    result = found(tea(FIRST), tea(FIRST, provider="elm"))
    assert (result["result"], result["noticed"], result["reworded"]) == ("progress_stays", [], [])
    assert result["words"] == []
    assert {(each["before"], each["after"]) for each in result["details"]} == {
        ("Oak Care", "Elm & Daughters"),
        ("01632 960 001", "01632 960 002"),
    }


def test_two_modules_are_two_courses() -> None:
    result = run("diff", tea(FIRST), str(FIRST / "oak" / "kind-words-1.0.0-scorm12.zip"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "These look like two courses: “Tea and talk” (tea-and-talk) and “Kind words” (kind-words)."
    ]


def test_a_folder_is_as_good_as_a_zip() -> None:
    shutil.unpack_archive(tea(FIRST), "unpacked")
    assert found(tea(FIRST), "unpacked")["result"] == "unchanged"


def test_a_platform_says_what_to_do() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    lines = run("diff", tea(FIRST), again("1.0.1"), "--platform", "moodle").stdout.splitlines()
    at = lines.index("On platforms")
    assert lines[at + 1] == "  attempts stay: Moodle"
    assert lines[at + 2].startswith("  Open the settings of the same activity")


def test_what_programs_get_has_the_same_keys_always() -> None:
    result = found(tea(FIRST), tea(FIRST))
    assert list(result) == [
        *("result", "lost", "noticed", "reworded", "old", "new", "platforms", "told", "words"),
        *("details", "files", "diagnostics"),
    ]
    assert list(result["old"]) == [
        *("name", "kinds", "is_ours", "id", "title", "version", "player", "bytes", "files", "requests"),
    ]
    assert (result["old"]["kinds"], result["old"]["id"]) == (["scorm12"], "tea-and-talk")


def test_a_package_that_cannot_be_read_is_a_finding() -> None:
    Path("broken.zip").write_bytes(b"PK, or something else")
    result = run("diff", tea(FIRST), "broken.zip")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error ZIP-02" in result.stderr
    told = run("diff", "broken.zip", tea(FIRST), "--format", "json")
    assert [each["code"] for each in json.loads(told.stdout)["diagnostics"]] == ["ZIP-02"]


@pytest.mark.parametrize("arguments", [[], ["old.zip"], ["old.zip", "new.zip"], [".", ".", "--platform", "moodel"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert run("diff", *arguments).exit_code == 2


def test_signs_that_nobody_reads_are_escaped() -> None:
    for name, title in (("a.zip", "One"), ("b.zip", "Two\u202e")):
        with zipfile.ZipFile(name, "w") as archive:
            archive.writestr("cmi5.xml", f"<c><course id='a'><title>{title}</title></course></c>")
    assert "  “Two\\u202e” was called “One”." in run("diff", "a.zip", "b.zip").stdout.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="a disk of Windows has no such names")
def test_a_name_that_is_no_text_is_an_escape() -> None:
    name = os.fsdecode(b"\xff")
    Path(name).mkdir()
    (Path(name) / "index.html").write_text("<p>", encoding="utf-8")
    assert found(name, name)["old"]["name"] == "\\udcff"
