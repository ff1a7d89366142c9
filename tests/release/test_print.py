"""What is printed for a provider: beside its packages, on the slip, left out on request, checked where it arrives."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any, Final

import giving
import pytest
from giving import (
    CARD,
    DAYS,
    FIRST,
    MODULES,
    PAGE,
    RELEASES,
    SECOND,
    edit,
    everything,
    lay_out,
    run,
    slip,
)
from lxml import html
from printed import check_access, pages, sizes, squeezed

from scormpack.outputs import OUTPUTS
from scormpack.outputs.typeset import typeset

NAMES: Final = ("print/tea-and-talk-1.0.0-cards-a4.pdf", "print/tea-and-talk-1.0.0-cards-a6-a4.pdf")
OAK: Final = FIRST / "oak"

give_out = partial(giving.give_out, papers=True)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library in ./modules, with a card in one of its two modules; only cards are printed."""
    monkeypatch.chdir(tmp_path)
    printed = {name: OUTPUTS[name] for name in ("cards", "cards-a6")}
    monkeypatch.setattr("scormpack.release.making.OUTPUTS", printed)
    lay_out(MODULES)
    with PAGE.open("a", encoding="utf-8") as page:
        page.write(CARD)
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])


@pytest.fixture
def typesetting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules of which cards are made anew."""
    made: list[str] = []

    def counted(*arguments: Any, **more: Any) -> Any:
        made.append(arguments[1]["title"])
        return typeset(*arguments, **more)

    monkeypatch.setattr("scormpack.outputs.cards.typeset", counted)
    return made


def verified(*more: str) -> list[str]:
    result = run("verify", OAK.as_posix(), "--format", "json", *more)
    return [f"{Path(each['path']).name}: {each['message']}" for each in json.loads(result.stdout)["diagnostics"]]


# The load sheet


def test_the_load_sheet_is_there_on_paper_with_the_words_of_its_page() -> None:
    give_out()
    data = (OAK / "HOW-TO-LOAD.pdf").read_bytes()
    page = html.fromstring((OAK / "HOW-TO-LOAD.html").read_text(encoding="utf-8"))
    check_access(data, "Load sheet, Oak Care")
    assert sizes(data) == [(210.0, 297.0)]
    (words,) = map(squeezed, pages(data))
    for element in page.iter("h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td", "caption"):
        assert squeezed(element.text_content()) in words, element.text_content()


# What is printed of modules


def test_the_papers_of_a_module_lie_in_a_folder_of_their_own() -> None:
    done = give_out()
    assert (done["packages"], done["printed"]) == (4, 4)
    assert sorted(name for name in everything(OAK) if name.startswith("print/")) == list(NAMES)
    assert run("print", "--what", "cards", "--what", "cards-a6", "--jobs", "1", "--out", "alone").exit_code == 0
    for name in NAMES:
        assert (OAK / name).read_bytes() == Path("alone/oak", Path(name).name).read_bytes()


def test_the_slip_has_each_with_its_checksum() -> None:
    give_out()
    data = (OAK / NAMES[0]).read_bytes()
    assert slip(OAK)["printed"][0] == {
        "file": NAMES[0],
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "module": "tea-and-talk",
        "version": "1.0.0",
        "output": "cards",
    }
    lines = (line.split("  ") for line in (OAK / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    listed = {name: digest for digest, name in lines}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in everything(OAK).items()}
    assert listed == {name: digest for name, digest in found.items() if name != "SHA256SUMS"}


def test_the_load_sheet_and_the_catalogue_name_them() -> None:
    done = give_out()
    page = html.fromstring((OAK / "HOW-TO-LOAD.html").read_text(encoding="utf-8"))
    assert "To print or to show: 2 files in the folder “print”." in page.text_content()
    catalogue = html.fromstring((FIRST / "index.html").read_text(encoding="utf-8"))
    cells = catalogue.xpath("//section[@id='modules']//td[@data-label='To print']")
    assert [cell.text_content() for cell in cells] == ["–", "cards, cards-a6"]
    assert {each["module"]: each["printed"] for each in done["modules"]} == {
        "kind-words": [],
        "tea-and-talk": ["cards", "cards-a6"],
    }


def test_one_provider_gets_its_own_only() -> None:
    assert give_out("--provider", "oak")["printed"] == 2
    assert not (FIRST / "elm").exists()
    assert "Oak Care" in pages((OAK / NAMES[0]).read_bytes())[0]


def test_they_can_be_left_out() -> None:
    done = giving.give_out()
    assert (done["packages"], done["printed"]) == (4, 0)
    assert [name for name in everything(FIRST) if name.endswith(".pdf")] == []
    assert "To print" not in (FIRST / "index.html").read_text(encoding="utf-8")
    assert "To print" not in (OAK / "HOW-TO-LOAD.html").read_text(encoding="utf-8")
    assert verified() == []


# When something has changed, and when not


def test_who_has_nothing_new_gets_no_papers_either(monkeypatch: pytest.MonkeyPatch, typesetting: list[str]) -> None:
    give_out()
    typesetting.clear()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-12-01"])
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oaken Care\n")
    done = give_out()
    assert (done["given"], done["unchanged"], done["printed"]) == (["oak"], ["elm"], 2)
    assert "Oaken Care" in pages((SECOND / "oak" / NAMES[0]).read_bytes())[0]
    assert len(typesetting) == 2
    typesetting.clear()
    assert give_out()["folder"] is None
    assert typesetting == []


def test_the_same_files_come_from_the_cache_and_from_several_processes() -> None:
    give_out("--out", "first")
    first = everything(Path("first"))
    assert run("release", "--jobs", "2", "--out", "second").exit_code == 0
    assert everything(Path("second")) == first
    give_out("--out", "third", "--no-cache")
    assert everything(Path("third")) == first


# When something goes wrong


def test_a_paper_that_cannot_be_written_leaves_its_provider_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(template: Any, data: Any, *more: Any, **named: Any) -> Any:
        if data["provider"] == "Elm & Daughters":
            raise OSError(28, "No space left on device")
        return typeset(template, data, *more, **named)

    monkeypatch.setattr("scormpack.outputs.cards.typeset", full)
    result = run("release", "--jobs", "1", "--format", "json")
    done = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (done["given"], done["left_out"], done["printed"]) == (["oak"], ["elm"], 2)
    assert {each["message"] for each in done["diagnostics"] if each["code"] == "PKG-11"} == {
        "cannot be written: No space left on device"
    }
    assert sorted(each.name for each in FIRST.iterdir()) == ["index.html", "oak", "release.json"]


def test_what_is_stopped_while_it_prints_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("scormpack.outputs.cards.typeset", stopped)
    assert run("release", "--jobs", "1").stderr.endswith("Stopped. Nothing was given out.\n")
    assert not RELEASES.exists()


# What has arrived


def test_what_was_printed_is_checked_where_it_arrives() -> None:
    give_out()
    assert verified() == verified("--history", "releases") == []
    first, second = (OAK / name for name in NAMES)
    first.write_bytes(first.read_bytes() + b"%")
    second.unlink()
    (OAK / "print" / "notes.txt").write_text("mine", encoding="utf-8")
    size = len(first.read_bytes())
    assert verified() == [
        "notes.txt: was not given out",
        "tea-and-talk-1.0.0-cards-a6-a4.pdf: is missing",
        f"tea-and-talk-1.0.0-cards-a4.pdf: has {size:,} bytes, and had {size - 1:,}",
    ]


def test_no_link_is_followed_in_the_place_of_the_folder() -> None:
    give_out()
    (OAK / "print").rename("elsewhere")
    (OAK / "print").symlink_to(Path("elsewhere").resolve())
    assert verified() == [
        "print: was not given out",
        "tea-and-talk-1.0.0-cards-a4.pdf: is missing",
        "tea-and-talk-1.0.0-cards-a6-a4.pdf: is missing",
    ]


@pytest.mark.parametrize("name", ["print/../../secret.pdf", "print/sub/a.pdf", "/etc/passwd", "print\\a.pdf"])
def test_a_slip_cannot_point_elsewhere(name: str) -> None:
    give_out()
    forged = slip(OAK)
    forged["printed"][0]["file"] = name
    (OAK / "release.json").write_text(json.dumps(forged), encoding="utf-8")
    assert verified() == ["release.json: is not the slip of a provider's folder"]


def test_a_slip_from_before_there_was_anything_to_print_still_holds() -> None:
    giving.give_out()
    old = slip(OAK)
    del old["printed"]
    text = json.dumps(old)
    (OAK / "release.json").write_text(text, encoding="utf-8")
    lines = (OAK / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    own = f"{hashlib.sha256(text.encode()).hexdigest()}  release.json\n"
    (OAK / "SHA256SUMS").write_text(
        "".join(own if line.endswith("release.json\n") else line for line in lines), encoding="utf-8"
    )
    assert verified() == []
