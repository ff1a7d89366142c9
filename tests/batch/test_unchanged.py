"""What has not changed is not built again, and whatever has is: exactly that, and nothing besides."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from many_providers import built, edit, files, planned, provider, write

from scormpack.batch import Built, Plan, Refused, build_all
from scormpack.batch.memory import FILE
from scormpack.cache import Cache

LIBRARY, OUT, KEPT = Path("lib"), Path("out"), Cache(Path("kept"))
PROVIDERS = ("full", "hostile")
TARGETS = ("scorm12", "web")


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(LIBRARY, PROVIDERS)


def begin() -> None:
    built(build_all(planned(LIBRARY, targets=TARGETS), OUT, cache=KEPT))


def made() -> set[tuple[str, str]]:
    """What a build makes anew, by module and provider."""
    return {
        (each.id, each.provider) for each in built(again(planned(LIBRARY, targets=TARGETS))) if not each.unchanged
    }


def again(work: Plan, strict: bool = False) -> list[Built | Refused]:
    """Build, and hold what is there and what is said against a clean build."""
    found = list(build_all(work, OUT, strict, KEPT))
    shutil.rmtree("clean", ignore_errors=True)
    clean = list(build_all(work, Path("clean"), strict))
    assert [each.findings for each in found] == [each.findings for each in clean]
    for name, data in files(Path("clean")).items():
        assert (OUT / name).read_bytes() == data, name
    return found


BOTH = {"every-block", "second"}
EVERYTHING = {(module, name) for module in BOTH for name in PROVIDERS}


def test_the_second_time_nothing_is_built_or_written() -> None:
    assert made() == EVERYTHING
    before = {each: each.stat().st_mtime_ns for each in OUT.rglob("*")}
    assert made() == set()
    assert {each: each.stat().st_mtime_ns for each in OUT.rglob("*")} == before


PAGE = LIBRARY / "every-block" / "pages" / "start.md"
SECOND = LIBRARY / "second" / "pages" / "start.md"
CHANGES: list[tuple[Path, str, str, set[tuple[str, str]]]] = [
    (PAGE, "Hello.", "Good day.", {("every-block", name) for name in PROVIDERS}),
    (SECOND, "Hello.", "Good day.", {("second", name) for name in PROVIDERS}),
    (LIBRARY / "providers" / "full.yaml", "01632 960 100", "01632 960 199", {(each, "full") for each in BOTH}),
    (LIBRARY / "providers" / "full.yaml", "name:", "# a line\nname:", {(each, "full") for each in BOTH}),
    (LIBRARY / "providers" / "logo.svg", "h9", "h8", {(each, "full") for each in BOTH}),
    (LIBRARY / "library.yaml", "dying and death", "death and dying", EVERYTHING),
    (LIBRARY / "glossary.yaml", "A decision", "One decision", EVERYTHING),
    (LIBRARY / "contacts.yaml", "name: ", "name: The ", EVERYTHING),
    (LIBRARY / "recommendations" / "test-a1.yaml", "statement: ", "statement: All ", EVERYTHING),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "anew"), CHANGES, ids=[f"{each[0].name}-{each[2]}" for each in CHANGES]
)
def test_what_a_change_concerns_is_built_anew(file: Path, old: str, new: str, anew: set[tuple[str, str]]) -> None:
    begin()
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert made() == anew
    assert made() == set()


def test_a_title_that_another_module_recalls_is_built_anew_there_too() -> None:
    begin()
    edit(LIBRARY / "every-block" / "module.yaml", "title: Every block", "title: Each block")
    assert made() == EVERYTHING


def test_a_module_is_missed_by_those_that_name_it() -> None:
    begin()
    shutil.rmtree(LIBRARY / "every-block")
    edit(LIBRARY / "library.yaml", "every-block, second", "second")
    found = again(planned(LIBRARY, targets=TARGETS))
    assert [each.id for each in found if isinstance(each, Refused)] == ["second"]


def test_media_that_modules_share_concern_all_of_them() -> None:
    (LIBRARY / "media").mkdir()
    for name in BOTH:
        dot = LIBRARY / name / "media" / "dot.png"
        dot.replace(LIBRARY / "media" / "dot.png")
    made()
    picture = LIBRARY / "media" / "dot.png"
    picture.write_bytes((LIBRARY / "providers" / "logo.png").read_bytes() + b"\0")
    assert made() == EVERYTHING


@pytest.mark.parametrize("link", ["media", "pages"])
def test_what_lies_behind_a_link_is_not_missed(link: str) -> None:
    """A folder of one module may be a link to that of another."""
    folder = LIBRARY / "second" / link
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()
    folder.symlink_to(Path("..", "every-block", link))
    made()
    if link == "pages":
        edit(PAGE, "Hello.", "Good day.")
    else:
        (LIBRARY / "every-block" / "media" / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    assert made() == EVERYTHING


SPOILED: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "cut": lambda file: os.truncate(file, 100),
    "empty": lambda file: file.write_bytes(b""),
    "flipped": lambda file: file.write_bytes(file.read_bytes()[:-30] + b"\xff" + file.read_bytes()[-29:]),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_package_that_is_not_as_it_was_written_is_made_again(how: str) -> None:
    begin()
    SPOILED[how](OUT / "full" / "second-1.2.3-web.zip")
    assert made() == {("second", "full")}
    assert made() == set()


def test_nobody_waits_for_a_pipe_in_the_place_of_a_package() -> None:
    begin()
    package = OUT / "full" / "second-1.2.3-web.zip"
    package.unlink()
    os.mkfifo(package)
    assert made() == {("second", "full")}


def test_providers_come_and_go() -> None:
    begin()
    provider(LIBRARY, "another")
    assert made() == {(each, "another") for each in BOTH}
    (LIBRARY / "providers" / "hostile.yaml").unlink()
    assert made() == set()


@pytest.mark.slow
def test_another_day_another_release_and_other_rules_are_another_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def unchanged(work: Plan, strict: bool = False) -> set[bool]:
        return {each.unchanged for each in built(again(work, strict))}

    work = planned(LIBRARY, targets=TARGETS, providers=("full",))
    for each in (work, replace(work, overdue=True), replace(work, day=work.day.replace(year=2027))):
        assert [unchanged(each), unchanged(each)] == [{False}, {True}]
    assert [unchanged(work, strict=True), unchanged(work, strict=True)] == [{False}, {True}]
    monkeypatch.setattr("scormpack.batch.memory.tool", lambda: b"another")
    assert [unchanged(work, strict=True), unchanged(work, strict=True)] == [{False}, {True}]


def test_on_another_day_all_is_made_anew_and_what_comes_out_the_same_is_left_as_it_is() -> None:
    work = planned(LIBRARY, targets=TARGETS)
    built(again(work))
    before = {each: each.stat().st_mtime_ns for each in OUT.rglob("*")}
    assert {each.unchanged for each in built(again(replace(work, day=work.day + timedelta(days=1))))} == {False}
    assert {each: each.stat().st_mtime_ns for each in OUT.rglob("*")} == before


def test_a_course_is_built_anew_when_one_of_its_modules_or_its_order_changes() -> None:
    def course() -> list[bool]:
        work = planned(LIBRARY, providers=("full",), courses=("both",))
        return [each.unchanged for each in built(again(work))]

    assert [course(), course()] == [[False], [True]]
    edit(SECOND, "Hello.", "Good day.")
    assert [course(), course()] == [[False], [True]]
    edit(LIBRARY / "library.yaml", "[every-block, second]", "[second, every-block]")
    assert [course(), course()] == [[False], [True]]


def test_one_module_is_known_when_all_were_built() -> None:
    begin()
    work = planned(LIBRARY, modules=("second",), targets=TARGETS)
    assert all(each.unchanged for each in built(build_all(work, OUT, cache=KEPT)))


def test_without_a_cache_everything_is_built() -> None:
    for _ in range(2):
        assert not any(each.unchanged for each in built(build_all(planned(LIBRARY, targets=TARGETS), OUT)))
    assert not Path("kept", FILE).exists()


# What changes while packages are built


def during(change: Callable[[], object]) -> None:
    """Build, and change something once the first package is there; then build again."""
    results = build_all(planned(LIBRARY, targets=TARGETS), OUT, cache=KEPT)
    next(iter(results))
    change()
    list(results)
    made()


def test_a_page_that_is_written_meanwhile_is_seen_the_next_time() -> None:
    during(lambda: edit(SECOND, "Hello.", "Good day."))


def test_a_page_that_was_read_before_the_build_began_is_seen_the_next_time() -> None:
    work = planned(LIBRARY, targets=TARGETS)
    edit(PAGE, "Hello.", "Good day.")
    edit(LIBRARY / "glossary.yaml", "A decision", "One decision")
    list(build_all(work, OUT, cache=KEPT))
    made()


def test_what_is_changed_and_changed_back_meanwhile_is_seen_the_next_time() -> None:
    work = planned(LIBRARY, targets=TARGETS)
    edit(SECOND, "Hello.", "Good day.")
    work = replace(work, modules=planned(LIBRARY).modules)
    results = build_all(work, OUT, cache=KEPT)
    next(iter(results))
    edit(SECOND, "Good day.", "Hello.")
    list(results)
    made()


def test_a_provider_that_goes_meanwhile_leaves_the_others_alone() -> None:
    during((LIBRARY / "providers" / "hostile.yaml").unlink)


@pytest.mark.parametrize("back", [False, True])
def test_a_provider_that_is_replaced_while_it_is_read_is_seen_the_next_time(
    back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = LIBRARY / "providers" / "full.yaml"
    before = file.read_bytes()
    read = Plan.provider

    def meanwhile(self: Plan, name: str) -> object:
        file.write_bytes(before.replace(b"960 100", b"960 199"))
        found = read(self, name)
        if back:
            file.write_bytes(before)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Plan, "provider", meanwhile)
        list(build_all(planned(LIBRARY, targets=TARGETS), OUT, cache=KEPT))
    made()


def test_a_provider_that_was_read_before_is_read_again() -> None:
    work = planned(LIBRARY, targets=TARGETS)
    assert work.provider("full").name == "Full Homecare"
    edit(LIBRARY / "providers" / "full.yaml", "name: Full", "name: Whole")
    list(build_all(work, OUT, cache=KEPT))
    made()


def test_a_clock_that_jumps_is_no_matter() -> None:
    begin()
    for number, file in enumerate(sorted([*LIBRARY.rglob("*"), *OUT.rglob("*"), *Path("kept").rglob("*")])):
        seconds = 315_532_800 if number % 2 else 4_070_908_800  # 1980, 2099
        os.utime(file, (seconds, seconds))
    assert made() == set()
    edit(PAGE, "Hello.", "Hullo.")
    os.utime(PAGE, (315_532_800, 315_532_800))
    assert made() == {("every-block", name) for name in PROVIDERS}
