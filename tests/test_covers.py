"""The covers of the sample library, and of what `init` makes: a picture, and nothing that stands there already."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from paths import ROOT, SAMPLE

from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.render.page import is_pictured

MODULES = [load_module(folder) for folder in load_library(SAMPLE).modules.values()]
WELCOMES = [
    *sorted(SAMPLE.glob("*/pages/welcome.md")),
    *sorted((ROOT / "src/scormpack/starter/library/modules").glob("*/pages/welcome.md")),
]
# A drawing goes to the edges of a cover; elsewhere the page rounds it.
ROUNDED = re.compile(r'<clipPath[^>]*><rect width="(?:640|600)" height="(?:360|300)" rx=')


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_a_cover_has_a_picture(module: Module) -> None:
    assert is_pictured(module)


@pytest.mark.parametrize("welcome", WELCOMES, ids=lambda welcome: welcome.parts[-3])
def test_the_first_page_does_not_repeat_its_cover(welcome: Path) -> None:
    """How many minutes it takes, and what is practised, stand there already."""
    text = welcome.read_text(encoding="utf-8")
    assert not re.search(r"\d+ minutes", text)
    assert not re.search(r"(?m)^- ", text)


def test_no_two_modules_have_the_same_cover() -> None:
    welcomes = [welcome.read_text(encoding="utf-8") for welcome in SAMPLE.glob("*/pages/welcome.md")]
    covers = [re.findall(r"(?m)^src: (.+)$", welcome)[0] for welcome in welcomes]
    assert [cover for cover, number in Counter(covers).items() if number > 1] == []


@pytest.mark.parametrize("module", [each for each in MODULES if each.safety.emergency], ids=lambda module: module.id)
def test_the_way_to_help_is_told_once_before_a_module_begins(module: Module) -> None:
    """The cover of a module about an emergency shows it by itself."""
    pages = [SAMPLE / module.id / "pages" / f"{page.id}.md" for page in module.pages[:2]]
    assert [page.name for page in pages if "Get help now" in page.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("drawing", sorted((SAMPLE / "media").glob("*.svg")), ids=lambda drawing: drawing.stem)
def test_a_drawing_has_square_corners(drawing: Path) -> None:
    assert not ROUNDED.search(drawing.read_text(encoding="utf-8"))
