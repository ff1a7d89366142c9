"""Small packages of other makers: what is right has no findings, and each defect exactly these."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from paths import ROOT

from inspection.corpus import RIGHT, changed, zipped
from inspection.spoiled import RIGHT_TOO, SPOILED, Case
from scormpack.inspect import inspect
from scormpack.source.files import shown

GOLDEN = ROOT / "tests" / "inspection" / "spoiled.txt"


def found(case: Case, folder: Path) -> tuple[str, ...]:
    """Every finding in the package of a case, a line each."""
    verdict = inspect(zipped(changed(case.kind, case.edits), folder / "course.zip"))
    begin = shown(folder / "course.zip")
    return tuple(
        f"{each.severity.value} {each.code} course.zip{str(each.place).removeprefix(begin)} {each.message}"
        for each in verdict.findings
    )


@pytest.mark.parametrize("kind", RIGHT)
def test_a_package_that_is_right_is_what_it_is_and_has_no_findings(kind: str, tmp_path: Path) -> None:
    assert inspect(zipped(RIGHT[kind], tmp_path / "course.zip")).kinds == (kind,)
    assert found(Case("", kind, {}), tmp_path) == ()


@pytest.mark.parametrize("case", RIGHT_TOO, ids=lambda case: case.name)
def test_what_is_right_in_another_way_has_no_findings(case: Case, tmp_path: Path) -> None:
    assert found(case, tmp_path) == ()


def test_each_defect_is_found_and_nothing_else(tmp_path: Path) -> None:
    told = {case.name: found(case, tmp_path) for case in SPOILED}
    text = "\n\n".join("\n    ".join([name, *lines]) for name, lines in told.items()) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert [name for name, lines in told.items() if not lines] == []
