"""Every rule about content, by its file in tests/rules: what is good, what is bad, and what is found.

`UPDATE_GOLDEN=1 pytest tests/test_rules.py` writes the findings of bad cases anew: read what changed.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
from pathlib import Path

import pytest
from rule_files import (
    BASE,
    RULES,
    Case,
    Seeded,
    apply,
    cases,
    findings_in,
    findings_in_package,
    line,
    packed,
    rule_files,
    seeded,
    write_anew,
)

from scormpack.check.catalogue import entries, held_always
from scormpack.check.content import check_library, check_module, content_rules, waivable
from scormpack.check.content.subject import Collection, Manuscript
from scormpack.content.library import Library, Settings
from scormpack.content.load import load_library, load_module
from scormpack.diagnostics import Diagnostic, Severity

TODAY = datetime.date(2026, 11, 23)
CASES = {case.name: case for case in cases()}
FIRST_BAD = {case.code: case for case in reversed(CASES.values()) if case.bad and packed(case) is None}
# Self-assessments, tables, packages, and what SCORM 1.2, xAPI and cmi5 ask of a module: held against other content.
ELSEWHERE = ("ASS", "OUT", "TAB", "ZIP", "PKG", "PLT", "S12", "XAP", "CM5")
# Every rule that holds always, as the catalogue has it.
ALWAYS = {"MOD-01", "MOD-07", "MOD-14", "ACC-01", "ACC-09", "SCN-01", "QUZ-01", "SAF-01", "SAF-02"}
ALWAYS |= {"PRV-01", "PRV-02", "LNK-01"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the base library, which is the current folder."""
    shutil.copytree(BASE, tmp_path / "library")
    monkeypatch.chdir(tmp_path / "library")
    return Path()


def found_in(case: Case, library: Path) -> list[Diagnostic]:
    package = packed(case)
    if package:
        return findings_in_package(package, case.code)
    for step in case.steps:
        apply(step, library)
    return findings_in(library)


def test_the_base_library_has_no_finding(library: Path) -> None:
    assert findings_in(library) == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule(case: Case, library: Path) -> None:
    found = sorted(line(finding) for finding in found_in(case, library))
    if os.environ.get("UPDATE_GOLDEN") == "1" and (case.bad or case.findings):
        write_anew(case, found)
    else:
        assert found == sorted(case.findings)
    assert any(f" {case.code} " in each for each in found) == case.bad
    assert case.bad or all("(waived until" in each for each in found)


def codes() -> set[str]:
    """Every code that content can be found under, but for those that have tests of their own."""
    return {
        code
        for code, entry in entries().items()
        if set(entry.origins) - {"package", "inspection", "release", "deployment", "results", "run", "session"}
        and entry.family not in ELSEWHERE
    }


def test_every_code_has_a_file_with_a_bad_case() -> None:
    bad = {case.code for case in CASES.values() if case.bad}
    assert codes() - bad == set()


def test_every_file_is_about_a_code_that_exists() -> None:
    others = {code for code in rule_files() if code not in codes()}
    assert others == {"PRV-02", *(code for code in entries() if code.startswith("WEB"))}  # rules about packages


def test_every_file_begins_with_its_code_and_what_is_asked() -> None:
    for code, path in rule_files().items():
        assert re.match(
            rf"# {code}\n\n[A-Z“][^\n]+\.\n\n(?:Many more texts[^\n]+\n\n)?## good: ",
            path.read_text(encoding="utf-8"),
        ), path.name


def test_no_rule_minds_what_the_library_does_not_have() -> None:
    """What is missing is told by others (LNK-01)."""
    bare = Settings(title="Bare", publisher="Nobody", licence="none")
    for name, folder in load_library(BASE).modules.items():
        library = Library(BASE, bare, {}, {}, {}, {}, {name: folder})
        module = load_module(folder)
        list(check_module(Manuscript(module, library, TODAY)))
        list(check_library(Collection(library, {name: module}, TODAY)))


# ---- waivers


def waiver(code: str, until: str = "2027-01-31") -> str:
    return (
        f"  - rule: {code}\n    reason: It was decided with the partners.\n    by: A. Moor\n"
        f"    date: 2026-06-01\n    until: {until}\n"
    )


def waive(library: Path, finding: Diagnostic, text: str) -> None:
    """Write a waiver into the item that `finding` is about."""
    path = _item(library, finding)
    before = path.read_text(encoding="utf-8")
    assert "\nwaive:\n" not in before
    path.write_text(f"{before}waive:\n{text}", encoding="utf-8")


def _item(library: Path, finding: Diagnostic) -> Path:
    """The file of the module, recommendation or provider in which `finding` stands, else library.yaml."""
    first = Path(finding.place.path).parts[0]
    if (library / first / "module.yaml").exists():
        return library / first / "module.yaml"
    return library / (finding.place.path if first in ("recommendations", "providers") else "library.yaml")


def first_bad(code: str, library: Path) -> Diagnostic:
    """The first finding of the first bad case of `code`."""
    found = found_in(FIRST_BAD[code], library)
    return next(finding for finding in found if finding.code == code)


WAIVABLE = sorted(
    {rule.code for rule in content_rules() if rule.meaning.severity is not Severity.INFO}
    & waivable()
    & set(rule_files())
)


@pytest.mark.parametrize("code", WAIVABLE)
def test_what_is_waived_is_told_as_information(code: str, library: Path) -> None:
    before = first_bad(code, library)
    waive(library, before, waiver(code))
    found = [each for each in findings_in(library) if each.code == code or each.code.startswith("WVR")]
    assert found
    for each in found:
        assert (each.code, each.severity) == (code, Severity.INFO)
        assert each.waived == "waived until 2027-01-31 by A. Moor: It was decided with the partners."


@pytest.mark.parametrize("code", WAIVABLE)
def test_a_waiver_that_ended_waives_nothing(code: str, library: Path) -> None:
    before = first_bad(code, library)
    waive(library, before, waiver(code, until="2026-11-22"))
    found = findings_in(library)
    assert before.severity in {each.severity for each in found if each.code == code}
    assert [each.message for each in found if each.code == "WVR-03"] == [f"the waiver of {code} ended on 2026-11-22"]


@pytest.mark.parametrize("item", ["library.yaml", "recommendations/test-a1.yaml", "providers/bridge.yaml"])
def test_a_waiver_that_nothing_needs_is_told_wherever_it_stands(item: str, library: Path) -> None:
    path = library / item
    path.write_text(path.read_text(encoding="utf-8") + "waive:\n" + waiver("ACC-05"), encoding="utf-8")
    assert [each.code for each in findings_in(library)] == ["WVR-04"]


def test_the_rules_that_hold_always_are_those_of_the_catalogue() -> None:
    assert held_always() >= ALWAYS
    assert held_always() & waivable() == set()


@pytest.mark.parametrize("code", sorted(held_always()))
def test_what_holds_always_cannot_be_waived(code: str, library: Path) -> None:
    path = library / "tea-and-talk" / "module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "waive:\n" + waiver(code), encoding="utf-8")
    found = [(each.code, each.severity, each.message) for each in findings_in(library)]
    assert found == [("WVR-02", Severity.ERROR, f"{code} cannot be waived")]


# ---- texts, many of them


TEXTS = {text.name: text for text in seeded()}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    """One copy of the base library for all texts, and the library read once."""
    folder = tmp_path_factory.mktemp("seeded") / "library"
    shutil.copytree(BASE, folder)
    return folder, load_library(folder)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text(text: Seeded, shared: tuple[Path, Library]) -> None:
    folder, library = shared
    changed = text.put_into(folder)
    try:
        module = load_module(folder / changed.parts[0])
    finally:
        shutil.copy(BASE / changed, folder / changed)
    found = {finding.code for finding in check_module(Manuscript(module, library, TODAY))}
    if text.code:
        assert text.code in found
    else:
        assert found == set()


def test_there_are_texts_for_every_rule_that_reads_them() -> None:
    bad = [text for text in TEXTS.values() if text.code]
    assert len(bad) >= 80
    assert len(TEXTS) - len(bad) >= 120
    assert {path.stem for path in (RULES / "seeded").glob("*.md")} == {text.code for text in bad}
