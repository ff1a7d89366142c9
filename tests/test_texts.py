"""What may stand inside a text or a picture: each defect, at its line, with its remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from paths import EVERY_BLOCK

from scormpack.cli import main
from scormpack.content.load import load_library, load_module
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError

START = "every-block/pages/start.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library for tests, in the current folder."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)
    return Path("lib")


def findings(library: Path) -> list[tuple[str, str, str]]:
    """Code, place and message of everything that is wrong with the module."""
    try:
        loaded = load_library(library)
        resolve(load_module(library / "every-block"), loaded.providers["full"], loaded)
    except ContentError as error:
        return [(found.code, str(found.place), found.message) for found in error.diagnostics]
    return []


def change(library: Path, file: str, old: str, new: str) -> None:
    """Change one thing."""
    text = (library / file).read_text(encoding="utf-8")
    assert old in text
    (library / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "code", "message"),
    [
        ("{local: office_phone}", "LNK-01", "`{local: office_phone}` is not spelled as it has to be"),
        ("{Local:office_phone}", "LNK-01", "`{Local:office_phone}` is not spelled as it has to be"),
        ("{local:office_phone }", "LNK-01", "`{local:office_phone }` is not spelled as it has to be"),
        ("{glossary:pain}", "LNK-01", "`{glossary:pain}` names nothing that can be filled in"),
        ("![hand](hand.png)", "FRM-13", "a picture cannot stand inside a text"),
        ("[x](other.pdf)", "FRM-13", "a link cannot lead to `other.pdf`"),
        ("[x](//evil.example)", "FRM-13", "a link cannot lead to `//evil.example`"),
        ("[x](javascript:alert(1))", "FRM-13", "a link cannot lead to `javascript:alert(1`"),
        ("[x](data:text/html,hi)", "FRM-13", "a link cannot lead to `data:text/html,hi`"),
        ("[x](tel:{local:office_phone})", "FRM-13", "a link cannot lead to `tel:{local:office_phone}`"),
    ],
)
def test_a_text_that_would_reach_the_learner_wrongly(library: Path, written: str, code: str, message: str) -> None:
    change(library, START, "Hello.", f"Hello. {written}")
    assert (code, f"{START}:3:1", message) in findings(library)


@pytest.mark.parametrize("written", ["[us](https://example.org/a)", "[mail](mailto:a@b.example)", "[there](#story)"])
def test_a_text_that_is_fine(library: Path, written: str) -> None:
    change(library, START, "Hello.", f"Hello. {written}")
    assert findings(library) == []


def test_a_caption_fills_nothing_in(library: Path) -> None:
    change(library, START, "caption: A dot.", "caption: Call {local:office_phone}.")
    message = "`{local:office_phone}` is not filled in here"
    assert findings(library) == [("LNK-01", f"{START}:21:10", message)]


def test_html_inside_a_block(library: Path) -> None:
    change(library, "every-block/pages/questions.md", "text: Hurrying", "text: <b>Hurrying</b>")
    assert findings(library) == [
        ("FRM-10", "every-block/pages/questions.md:22:12", "HTML is not used here"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("dot.svg", "<html/>", "`dot.svg` has no <svg> in the namespace of SVG as its first element"),
        ("dot.svg", "<svg/>", "`dot.svg` has no <svg> in the namespace of SVG as its first element"),
        ("dot.svg", "<svg", "`dot.svg` is not what its name says"),
        ("dot.webp", "RIFF1234WAVE", "`dot.webp` cannot be read: it is damaged, or not what its name says"),
        ("dot.webp", "FFIR1234WEBP", "`dot.webp` is not what its name says"),
        ("dot.jpg", "no picture", "`dot.jpg` is not what its name says"),
        ("dot.exe", "MZ", "`dot.exe` is not a kind of picture used here"),
    ],
)
def test_a_picture_that_is_none(library: Path, name: str, data: str, message: str) -> None:
    (library / "every-block/media" / name).write_text(data, encoding="utf-8")
    change(library, START, "src: dot.png", f"src: {name}")
    assert findings(library) == [("FRM-11", f"{START}:19:6", message)]


def test_a_clean_drawing_is_taken(library: Path) -> None:
    (library / "every-block/media/dot.svg").write_text(SVG.format('<use href="#a"/>'), encoding="utf-8")
    change(library, START, "src: dot.png", "src: dot.svg")
    assert findings(library) == []


def test_a_file_with_the_other_ending_is_not_passed_over(library: Path) -> None:
    (library / "providers/full.yaml").rename(library / "providers/full.yml")
    with pytest.raises(ContentError) as caught:
        load_library(library)
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place), found.hint) == (
        "SRC-09",
        "providers/full.yml",
        "Rename it to `full.yaml`.",
    )


@pytest.mark.parametrize(
    ("file", "called", "hint"),
    [
        ("providers/full.yaml", "providers/full.yaml.txt", "Rename it to `full.yaml`."),
        ("glossary.yaml", "glossary.YAML.TXT", "Rename it to `glossary.yaml`."),
        ("every-block/module.yaml", "every-block/module.yaml.rtf", "Rename it to `module.yaml`."),
        (START, "every-block/pages/start.md.txt", "Rename it to `start.md`."),
        (START, "every-block/pages/start.markdown", "Rename it to `start.md`."),
        ("every-block/cards/help-card.yaml", "every-block/cards/help-card.yml", "Rename it to `help-card.yaml`."),
    ],
)
def test_a_longer_name_is_not_passed_over(library: Path, file: str, called: str, hint: str) -> None:
    (library / file).rename(library / called)
    with pytest.raises(ContentError) as caught:
        load_module(load_library(library).modules["every-block"])
    assert ("SRC-09", called, hint) in [(each.code, str(each.place), each.hint) for each in caught.value.diagnostics]


def test_what_stands_beside_use_is_told(library: Path) -> None:
    change(library, START, "use: help-card", "use: help-card\ntitle: Other")
    message = "`title`: no such field beside `use`"
    assert [found[2] for found in findings(library) if found[0] == "FRM-02"] == [message]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("version: 1.2.3", "version: 1.2", "Three numbers: `1.0.0`."),
        ("title: Every", 'title: "One\\nTwo"\nsummary2: Every', "Write it on one line."),
    ],
)
def test_a_remedy_fits_its_field(library: Path, old: str, new: str, hint: str) -> None:
    change(library, "every-block/module.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        load_module(library / "every-block")
    assert hint in [found.hint for found in caught.value.diagnostics]


def test_many_mistakes_are_told_quickly_and_not_all(library: Path) -> None:
    with (library / "every-block/module.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"key{number}: x\n" for number in range(20_000))
    with pytest.raises(ContentError) as caught:
        load_module(library / "every-block")
    assert len(caught.value.diagnostics) == 100


def test_a_page_of_openings_is_read_quickly(library: Path) -> None:
    (library / START).write_text("# T\n\n" + "<!--" * 100_000, encoding="utf-8")
    assert findings(library)[0][0] == "FRM-10"


def test_a_place_that_cannot_be_written_is_named(library: Path) -> None:
    Path("taken").write_text("a file where a folder has to be")
    result = CliRunner().invoke(main, ["build", "--library", str(library), "--out", "taken/here", "--target", "web"])
    assert result.exit_code == 1
    assert result.stderr.startswith("taken/here/full/every-block-1.2.3-web.zip: error PKG-11: cannot be written: ")
