"""A course in another language than English: taken to a pass on a small phone, no word cut, and none in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from learner import Learner
from paths import EVERY_BLOCK
from playwright.sync_api import Frame, expect
from scorm import Launcher, Platform
from test_page import axe

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.locales import known, shipped
from scormpack.locales.pseudo import PSEUDO

LANGUAGES = sorted({*known(), *PSEUDO} - {"en"})
LOOKED_INTO = {"ar", "ar-XB", "bn", "pl"}  # by axe
SMALL = {"width": 320, "height": 568}
# What is seen or read aloud: the texts of elements, and their labels.
SAID = """() => [...document.querySelectorAll('body *')].flatMap(element => [
  element.getAttribute('aria-label'), element.getAttribute('placeholder'),
  ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
]).map(text => (text ?? '').trim()).filter(Boolean)"""
# Texts of which something lies outside the window, or outside an element that shows nothing beyond its edges.
CUT = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), cut = [];
  const edges = element => {
    for (let each = element; each !== document.body; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== 'visible') return each.getBoundingClientRect();
    return {left: 0, right: innerWidth, width: innerWidth};
  };
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility()) continue;
    const {left, right, width} = edges(element);
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()];
    if (width > 2 && rects.some(each => each.left < left - 1 || each.right > right + 1)) cut.push(text.data.trim());
  }
  return cut;
}"""
WRITTEN = "".join(file.read_text(encoding="utf-8") for file in sorted(EVERY_BLOCK.rglob("*.[ym][ad]*")))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def course(language: str, tmp_path: Path, platform: Launcher) -> Platform:
    return platform(in_language(language, tmp_path), viewport=SMALL)


def in_language(language: str, folder: Path) -> Built:
    """The module with one of everything, declared to be in a language; its own texts stay as they are."""
    library = folder / "library"
    shutil.copytree(EVERY_BLOCK, library)
    shutil.rmtree(library / "locales")
    module = library / "every-block" / "module.yaml"
    module.write_text(f"{module.read_text(encoding='utf-8')}language: {language}\n", encoding="utf-8")
    (built,) = build_all(plan(load_library(library), today(), targets=["scorm12"]), folder / "out")
    assert isinstance(built, Built)
    return built


def patterns(language: str) -> list[re.Pattern[str]]:
    """What the player's words in a language look like on a page."""
    found = []
    for word in shipped(language)["words"].values():
        forms = [word[kind] for kind in word if kind != "by"] if isinstance(word, dict) else [word]
        told = [form for form in forms if re.search(r"\w{3}", re.sub(r"\{\w+\}", "", form))]
        found += [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(form))) for form in told]
    return found


def islands(frame: Frame, language: str) -> list[str]:
    """What the player says on the page in English, and not in the language."""
    said = said_by_the_player(frame, SAID)
    english, own = patterns("en"), patterns(language)
    return sorted(
        text
        for text in said
        if any(each.fullmatch(text) for each in english) and not any(each.fullmatch(text) for each in own)
    )


def said_by_the_player(frame: Frame, script: str) -> set[str]:
    """The texts that a script finds, without those of the module itself."""
    return {text for text in frame.evaluate(script) if text not in WRITTEN}


def screens(learner: Learner) -> Iterator[str]:
    """Each screen up to the result: as it is first seen, and when all is done on it."""
    while (sight := learner.sight()).page != "result":
        yield sight.page
        for task in sight.tasks:
            learner.do(task)
            yield sight.page
        learner.forward()
    yield "result"


def test_the_whole_course_is_passed_on_a_small_phone(course: Platform, language: str) -> None:
    learner, seen = course.learner(course.launch()), set()
    learner.sign()  # has settled
    for page in screens(learner):
        assert said_by_the_player(learner.frame, CUT) == set(), page
        if page not in seen:
            seen.add(page)
            assert islands(learner.frame, language) == [], page
            assert language not in LOOKED_INTO or axe(learner.frame) == [], page
    expect(learner.frame.locator(".result-verdict")).to_have_text(shipped(language)["words"]["result_passed"])
    learner.leave()
    expect(learner.frame.locator("#ended")).to_be_visible()
    assert course.record["cmi.core.lesson_status"] == "passed"


FIRST_AND_LAST = """link => {
  const digits = [...link.firstChild.data.matchAll(/[0-9]/g)].map(({index}) => index), range = document.createRange();
  return [digits[0], digits[digits.length - 1]].map(at => {
    range.setStart(link.firstChild, at);
    range.setEnd(link.firstChild, at + 1);
    return range.getBoundingClientRect().left;
  });
}"""


def test_a_number_to_call_is_not_turned_round(tmp_path: Path, platform: Launcher) -> None:
    course = platform(in_language("ar-XB", tmp_path))
    learner = course.learner(course.launch())
    link = learner.frame.get_by_role("link", name="01632 960 100").first
    first, last = link.evaluate(FIRST_AND_LAST)
    assert first < last
    assert link.get_attribute("href") == "tel:01632960100"
