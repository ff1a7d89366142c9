"""What is printed is given out with the packages: on the slip, in the checksums, and checked where it arrives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from giving import DAYS, FIRST, MODULES, PAGE, RELEASES, edit, give_out, lay_out, run, slip

from scormpack.cache import Cache
from scormpack.course.model import Course
from scormpack.outputs.output import Made, Output, Sheet

RECEIVED = Path("received")
CARDS = "print/tea-and-talk-1.0.0-cards-a4.pdf"
CARD = """
```card
id: cold-tea
title: The tea goes cold
front: What if nobody drinks the tea?
steps: [Sit., Wait., Make a fresh one.]
```
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A release with papers that was made once; one module has a card."""
    folder = tmp_path_factory.mktemp("given")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])
        patch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
        lay_out(MODULES)
        with PAGE.open("a", encoding="utf-8") as page:
            page.write(CARD)
        give_out("tea-and-talk", "--print")
        yield folder


@pytest.fixture(autouse=True)
def _here(releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of all of it; what Oak Care has received lies in ./received."""
    shutil.copytree(releases, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
    shutil.copytree(FIRST / "oak", RECEIVED)


def found() -> list[str]:
    result = run("verify", RECEIVED.as_posix(), "--format", "json")
    return [f"{each['path']}: {each['message']}" for each in json.loads(result.stdout)["diagnostics"]]


def test_papers_are_on_the_slip_and_in_the_checksums() -> None:
    listed = {each["file"] for each in slip(RECEIVED)["papers"] if each["file"].startswith("print/")}
    there = {f"print/{file.name}" for file in (RECEIVED / "print").iterdir()}
    assert listed == there
    assert CARDS in there
    sums = (RECEIVED / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(name in sums for name in there)
    assert found() == []


def test_each_provider_has_its_own() -> None:
    assert (FIRST / "oak" / CARDS).read_bytes() != (FIRST / "elm" / CARDS).read_bytes()


def test_a_paper_that_is_changed_missing_or_added_is_found() -> None:
    cards = RECEIVED / CARDS
    cards.write_bytes(cards.read_bytes()[:-1] + b"?")
    (RECEIVED / "print" / "tea-and-talk-1.0.0-poster-a4.pdf").unlink()
    (RECEIVED / "print" / "more.pdf").touch()
    assert found() == [
        "received/print/more.pdf: was not given out",
        "received/print/tea-and-talk-1.0.0-poster-a4.pdf: is missing",
        f"received/{CARDS}: has other bytes than were given out",
    ]


def test_a_link_in_the_place_of_the_folder_is_not_followed() -> None:
    (RECEIVED / "print").rename("elsewhere")
    (RECEIVED / "print").symlink_to(Path("elsewhere").absolute())
    assert found()[0] == "received/print: was not given out"
    assert f"received/{CARDS}: is missing" in found()


def test_nothing_is_given_out_anew_where_nothing_has_changed() -> None:
    assert give_out("tea-and-talk", "--print")["folder"] is None
    assert not (RELEASES / ".making").exists()


def test_who_cannot_have_its_papers_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(course: Course, _sheet: Sheet, _cache: Cache) -> Made:
        if course.provider.id == "oak":
            raise ValueError("no paper")
        return Made(b"%PDF")

    monkeypatch.setattr("scormpack.cli.release.OUTPUTS", {"odd": Output("odd", "Odd", make)})
    for name in ("oak", "elm"):
        edit(MODULES / "providers" / f"{name}.yaml", "01632 960", "01632 960 9")
    done = run("release", "tea-and-talk", "--print", "--jobs", "1", "--format", "json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert (told["given"], told["left_out"]) == (["elm"], ["oak"])
    assert "PKG-12" in {each["code"] for each in told["diagnostics"]}
