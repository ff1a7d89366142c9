"""A course in another language than English, from its file to a pass, and not one English word in the middle."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import EVERY_BLOCK
from playwright.sync_api import Frame, expect
from scorm import Launcher, Platform
from test_page import axe

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.locales import known, shipped

# What is seen or read aloud on the page: the texts of elements, and their labels.
SAID = """() => [...document.querySelectorAll('body *')].flatMap(element => [
  element.getAttribute('aria-label'), element.getAttribute('placeholder'),
  ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
]).map(text => (text ?? '').trim()).filter(Boolean)"""
WRITTEN = "".join(file.read_text(encoding="utf-8") for file in sorted(EVERY_BLOCK.rglob("*.[ym][ad]*")))
OTHERS = sorted(known() - {"en"})


def in_language(language: str, folder: Path) -> Built:
    """The module with one of everything, declared to be in a language; its own texts stay as they are."""
    library = folder / "library"
    shutil.copytree(EVERY_BLOCK, library)
    (library / "locales" / "es.yaml").unlink()
    module = library / "every-block" / "module.yaml"
    module.write_text(f"{module.read_text(encoding='utf-8')}language: {language}\n", encoding="utf-8")
    (built,) = build_all(plan(load_library(library), today(), targets=["scorm12"]), folder / "out")
    assert isinstance(built, Built)
    return built


@pytest.fixture(scope="module", params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def course(language: str, tmp_path: Path, platform: Launcher) -> Platform:
    return platform(in_language(language, tmp_path))


def english(language: str) -> Iterator[re.Pattern[str]]:
    """What an English word looks like on a page, where the language has another one."""
    own = shipped(language)["words"]
    for name, word in shipped("en")["words"].items():
        for form in (
            {key: text for key, text in word.items() if key != "by"}.values() if isinstance(word, dict) else [word]
        ):
            if own[name] != word and re.search("[a-z]{3}", re.sub(r"\{\w+\}", "", form)):
                yield re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(form)))


def islands(frame: Frame, language: str) -> list[str]:
    """What the player says on the page in English; what the module says itself is."""
    said = {text for text in frame.evaluate(SAID) if text not in WRITTEN}
    return sorted(text for text in said for pattern in english(language) if pattern.fullmatch(text))


def test_the_whole_course_is_passed_without_a_word_of_english(course: Platform, language: str) -> None:
    words = shipped(language)["words"]
    learner = course.learner(course.launch())
    while learner.here() != "result":
        learner.do_page()
        assert islands(learner.frame, language) == []
        learner.next()
    expect(learner.frame.locator(".result-verdict")).to_have_text(words["result_passed"])
    assert islands(learner.frame, language) == []
    assert axe(learner.frame) == []
    learner.exit()
    assert course.record["cmi.core.lesson_status"] == "passed"
