"""What progress hangs on, as a module and its package have it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from giving import edit
from paths import EVERY_BLOCK, ROOT

from scormpack.batch import Built
from scormpack.content.load import load_library, load_module
from scormpack.course.state import FORMAT
from scormpack.inspect.judgement import judge
from scormpack.inspect.shape import kept_under
from scormpack.package import read_zip
from scormpack.release.content import content_of, details_of
from scormpack.release.shape import shape_of

QUESTIONS = "pages/questions.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the library whose module has one of everything."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "library")
    return tmp_path / "library"


def test_the_player_writes_the_form_that_the_shape_names() -> None:
    script = (ROOT / "src/scormpack/player/state.ts").read_text(encoding="utf-8")
    assert re.findall(r'^const VERSION = "(\w+)"', script, re.MULTILINE) == [FORMAT]


def test_a_shape_has_every_page_and_every_task(folder: Path) -> None:
    module = load_module(folder / "every-block")
    shape = shape_of(module)
    assert [each.id for each in shape.pages] == [each.id for each in module.pages]
    assert [each.id for each in shape.tasks] == [each.id for each in module.tasks()]
    assert {each.id for each in shape.tasks if each.scored} == {each.id for each in module.questions()}


def test_a_platform_keeps_progress_under_the_name_in_the_package(every_block: dict[str, Built]) -> None:
    iri = "https://learning.a-library-for-tests.co.uk/modules/every-block"
    assert {target: kept_under(read_zip(built.path), target) for target, built in every_block.items()} == {
        "scorm12": "scorm12 every-block.item",
        "scorm2004-3rd": "scorm2004-3rd every-block.item",
        "scorm2004-4th": "scorm2004-4th every-block.item",
        "web": "web",
        "xapi": f"xapi {iri}",
        "cmi5": f"cmi5 {iri}",
    }


def test_content_is_what_learners_meet(folder: Path) -> None:
    def content() -> str:
        library = load_library(folder)
        return content_of(load_module(folder / "every-block"), library)

    before = content()
    edit(folder / "library.yaml", "title: A library for tests", "title: Another library")
    (folder / "every-block" / "review.yaml").write_text("comments: []\n", encoding="utf-8")
    assert content() == before
    media = next(each for each in (folder / "every-block" / "media").iterdir() if each.suffix == ".png")
    media.write_bytes(media.read_bytes() + b"\n")
    assert content() != before


def test_details_are_the_providers_own(folder: Path) -> None:
    def details() -> str:
        library = load_library(folder)
        return details_of(library.providers["full"], library)

    before = details()
    file = next((folder / "providers").glob("full.yaml"))
    file.write_text(file.read_text(encoding="utf-8").replace("name: ", "name: The ", 1), encoding="utf-8")
    assert details() != before


def test_a_change_of_feedback_is_a_change_of_words(folder: Path) -> None:
    before = shape_of(load_module(folder / "every-block"))
    edit(folder / "every-block" / QUESTIONS, "You are not alone with this.", "You are never alone with this.")
    judgement = judge(before, shape_of(load_module(folder / "every-block")))
    assert (judgement.lost, judgement.noticed, len(judgement.reworded)) == ((), (), 1)
