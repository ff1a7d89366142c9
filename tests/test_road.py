"""The stages that a module passes: what each gives, what it leaves alone, what it says when something is wrong."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
from paths import EVERY_BLOCK
from rule_files import BASE

from scormpack.batch import Built, Refused, build_all, plan, validate_all
from scormpack.check.package import check_package
from scormpack.clock import today
from scormpack.content.library import Library
from scormpack.content.load import load_library, load_module
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.road import Examined, Presented, draft, examine, pack, prepare, present, write
from scormpack.sink import sink_of
from scormpack.targets import COURSE_TARGETS, TARGETS
from scormpack.targets.target import Target

PAGE = Path("lib", "every-block", "pages", "start.md")


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)


def library() -> Library:
    return load_library(Path("lib"))


def examined() -> Examined:
    return examine(load_module(Path("lib", "every-block")), library(), today())


def presented() -> Presented:
    made = examined()
    return present(draft(made), prepare(made, library().providers["full"]))


def files() -> list[Path]:
    return sorted(path for path in Path().rglob("*") if path.is_file())


def spoil(text: str) -> None:
    with PAGE.open("a", encoding="utf-8") as page:
        page.write(text)


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_only_the_last_stage_touches_the_disk(target: Target) -> None:
    before = files()
    package, findings = pack([presented()], target)
    assert findings == ()
    assert list(check_package(package, target.name)) == []
    assert files() == before
    written = write(package, sink_of("out"))
    assert files() == sorted([*before, written.path])
    assert (written.path, written.bytes) == (Path("out", package.name), written.path.stat().st_size)


def test_what_a_job_needs_and_what_it_gives_can_go_to_another_process() -> None:
    drafted, prepared = draft(examined()), prepare(examined(), library().providers["full"])
    there = present(pickle.loads(pickle.dumps(drafted)), pickle.loads(pickle.dumps(prepared)))
    package, findings = pack([pickle.loads(pickle.dumps(there))], TARGETS["scorm12"])
    here = pack([present(drafted, prepared)], TARGETS["scorm12"])
    assert pickle.loads(pickle.dumps((package, findings))) == here


def test_a_dangling_word_does_not_hide_what_the_rules_find() -> None:
    spoil("\nAsk the ZQX. Call {contact:nobody}.\n")
    with pytest.raises(ContentError) as caught:
        examined()
    assert {each.code for each in caught.value.diagnostics} >= {"ACC-06", "LNK-01"}


def test_the_page_is_looked_at_once_for_all_providers_and_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noted(package: object) -> list[Diagnostic]:
        seen.append(str(package))
        return []

    monkeypatch.setattr("scormpack.check.package.check_pages", noted)
    made = list(build_all(plan(library(), today(), targets=list(TARGETS)), Path("out")))
    assert all(isinstance(each, Built) for each in made)
    assert len(made) == len(TARGETS) * len(library().providers)
    assert len(seen) == len(library().modules)


def test_what_one_target_refuses_the_others_build() -> None:
    settings = Path("lib", "library.yaml")
    lines = settings.read_text(encoding="utf-8").splitlines()
    settings.write_text("\n".join(line for line in lines if not line.startswith("authority:")), encoding="utf-8")
    made = list(build_all(plan(library(), today(), targets=["web", "xapi", "scorm12"]), Path("out")))
    built = {each.target for each in made if isinstance(each, Built)}
    refused = {finding.code for each in made if isinstance(each, Refused) for finding in each.findings}
    assert (built, refused) == ({"web", "scorm12"}, {"XAP-20"})


def test_a_course_of_several_is_made_for_the_targets_that_have_such_courses() -> None:
    assert COURSE_TARGETS == ("cmi5",)
    with pytest.raises(AssertionError, match="no courses of several modules"):
        TARGETS["scorm12"].package([], outline=object())  # type: ignore[arg-type]  # looked at after the target


# Waivers of what was not looked for


def with_a_providers_waiver() -> Path:
    shutil.copytree(BASE, "rules")
    provider = next(Path("rules", "providers").glob("*.yaml"))
    waiver = "{rule: LOC-04, reason: It is rung by hand., by: A. Moor, date: 2026-06-01, until: 2027-05-31}"
    with provider.open("a", encoding="utf-8") as file:
        file.write(f"\nwaive:\n  - {waiver}\n")
    return Path("rules")


def spent(folder: Path, *modules: str) -> list[str]:
    found = validate_all(plan(load_library(folder), today(), modules))
    return [each.place.path for each in found if each.code == "WVR-04"]


def test_a_providers_waiver_is_needless_only_if_every_module_was_looked_at() -> None:
    folder = with_a_providers_waiver()
    (place,) = spent(folder)
    assert place.startswith("providers/")
    assert spent(folder, "night-call") == []
    page = folder / "night-call" / "pages" / "at-the-house.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n{contact:nobody}\n", encoding="utf-8")
    assert spent(folder) == []
