"""What is planned for whom."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from paths import EVERY_BLOCK

from scormpack.batch import Built, Plan, build_all, plan, validate_all
from scormpack.clock import today
from scormpack.content.load import load_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    full = (tmp_path / "lib" / "providers" / "full.yaml").read_text(encoding="utf-8")
    for name, platform in (("moodle", "moodle"), ("site", "web-server")):
        text = full.replace("id: full", f"id: {name}\nplatform: {platform}")
        (tmp_path / "lib" / "providers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "lib"


def made(work: Plan, out: Path) -> dict[str, list[str]]:
    """The targets that were built, by provider."""
    found: dict[str, list[str]] = {}
    for each in build_all(work, out):
        assert isinstance(each, Built), each
        found.setdefault(each.provider, []).append(each.target)
    return found


def test_a_provider_gets_what_suits_its_platform(folder: Path, tmp_path: Path) -> None:
    work = plan(load_library(folder), today(), ["every-block"], ["full", "moodle", "site"])
    default = [each.name for each in work.targets]
    assert made(work, tmp_path / "out") == {"full": default, "moodle": ["scorm12"], "site": ["web"]}


def test_what_is_asked_for_is_built_for_everybody(folder: Path, tmp_path: Path) -> None:
    work = plan(load_library(folder), today(), ["every-block"], ["full", "moodle"], targets=["xapi", "web"])
    assert made(work, tmp_path / "out") == {"full": ["xapi", "web"], "moodle": ["xapi", "web"]}
    assert [each.name for each in work.every_target] == ["xapi", "web"]


def test_a_module_is_held_against_every_platform_that_a_provider_names(folder: Path) -> None:
    work = plan(load_library(folder), today(), ["every-block"], ["site"])
    assert [each.name for each in work.every_target] == ["web"]
    assert not [each for each in validate_all(work) if each.severity == "error"]
