"""`scormpack print`: which files it writes, what it says, and what keeps it from printing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import giving
import pytest
from click.testing import CliRunner, Result

from scormpack.cli import main


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library in ./modules with two providers and two modules, one of which has a card."""
    monkeypatch.chdir(tmp_path)
    giving.lay_out(giving.MODULES)
    with giving.PAGE.open("a", encoding="utf-8") as page:
        page.write(giving.CARD)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["print", "--jobs", "1", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written() -> Sequence[str]:
    return sorted(file.relative_to("build").as_posix() for file in Path("build").rglob("*") if file.is_file())


def test_each_provider_gets_the_papers_of_each_module() -> None:
    result = run("tea-and-talk", "--what", "cards", "--what", "cards-a6")
    assert result.exit_code == 0, result.output
    assert written() == [
        f"print/{provider}/tea-and-talk-1.0.0-{name}-a4.pdf"
        for provider in ("elm", "oak")
        for name in ("cards", "cards-a6")
    ]
    assert "4 files printed." in result.stderr


def test_what_is_chosen_is_in_the_name_of_the_file() -> None:
    run(
        "tea-and-talk",
        "--provider",
        "oak",
        "--what",
        "cards",
        "--paper",
        "letter",
        "--turn",
        "short",
        "--out",
        "build/here",
    )
    assert written() == ["here/oak/tea-and-talk-1.0.0-cards-letter-short.pdf"]


def test_programs_are_told_what_was_printed() -> None:
    found: dict[str, Any] = json.loads(
        run("tea-and-talk", "--provider", "oak", "--what", "cards", "--format", "json").stdout
    )
    (file,) = found["printed"]
    assert {name: file[name] for name in ("module", "version", "provider", "output", "path")} == {
        "module": "tea-and-talk",
        "version": "1.0.0",
        "provider": "oak",
        "output": "cards",
        "path": "build/print/oak/tea-and-talk-1.0.0-cards-a4.pdf",
    }
    assert file["bytes"] == Path(file["path"]).stat().st_size


def test_the_same_files_come_from_the_cache_and_from_several_processes() -> None:
    run("--what", "cards")
    first = {name: Path("build", name).read_bytes() for name in written()}
    run("--what", "cards", "--jobs", "2")
    assert {name: Path("build", name).read_bytes() for name in written()} == first
    run("--what", "cards", "--no-cache", "--out", "build/anew")
    assert all(Path("build/anew", *Path(name).parts[1:]).read_bytes() == data for name, data in first.items())


def test_a_module_with_a_mistake_is_not_printed() -> None:
    giving.edit(giving.TEA / "module.yaml", "local_slots: [office_phone, policy_name]", "local_slots: [policy_name]")
    result = run("tea-and-talk", "--provider", "oak")
    assert result.exit_code == 1
    assert "LOC-01" in result.stderr
    assert "Not printed: tea-and-talk" in result.stderr
    assert written() == []


def test_a_review_that_is_overdue_keeps_a_module_from_being_printed() -> None:
    giving.edit(giving.TEA / "module.yaml", "review_due: 2027-09-30", "review_due: 2026-11-01")
    result = run("tea-and-talk", "--provider", "oak")
    assert result.exit_code == 1
    assert "MOD-08" in result.stderr
    assert run("tea-and-talk", "--provider", "oak", "--overdue").exit_code == 0


def test_a_folder_that_is_in_the_way_is_a_finding() -> None:
    Path("build/print/oak/tea-and-talk-1.0.0-cards-a4.pdf").mkdir(parents=True)
    result = run("tea-and-talk", "--provider", "oak", "--what", "cards")
    assert result.exit_code == 1
    assert "PKG-11" in result.stderr


@pytest.mark.parametrize("wrong", [("third",), ("--provider", "nobody"), ("--what", "posters")])
def test_a_name_that_is_unknown_is_a_mistake_of_use(wrong: Sequence[str]) -> None:
    assert run(*wrong).exit_code == 2
