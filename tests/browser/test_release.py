"""A new release reaches the learner, and keeps what she has done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from learner import Learner
from paths import EVERY_BLOCK
from playwright.sync_api import Browser, expect
from scorm import PHONE, Platform

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms.scorm import Records, serve
from scormpack.package import read_zip

QUESTIONS = "every-block/pages/questions.md"
NOBODY = "  - {text: Nobody at all, feedback: You are not alone with this.}\n"
NUMBER = '  - {text: "The number in the plan, at once", correct: true, feedback: "Yes, that is who can help."}\n'
FRIEND = "  - {text: A friend who knows a lot, feedback: A friend cannot see the plan.}\n"
HELPS = "  - {text: Listening, correct: true,"

Release = Callable[..., Platform]


@pytest.fixture
def release(tmp_path: Path, browser: Browser) -> Iterator[Release]:
    """`release((old, new), …)` puts the module into the platform, with changes to its page of questions."""
    records = Records()
    with ExitStack() as stack:
        context = stack.enter_context(browser.new_context(viewport=PHONE))

        def load(*changes: tuple[str, str]) -> Platform:
            folder = tmp_path / f"library-{len(list(tmp_path.iterdir()))}"
            shutil.copytree(EVERY_BLOCK, folder)
            text = (folder / QUESTIONS).read_text(encoding="utf-8")
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
            (folder / QUESTIONS).write_text(text, encoding="utf-8")
            planned = plan(load_library(folder), today(), targets=["scorm12"], overdue=True)
            (built,) = build_all(planned, folder / "out")
            assert isinstance(built, Built)
            url = stack.enter_context(serve(read_zip(built.path), records=records))
            return Platform(context, url, "scorm12", records)

        yield load


def come_back(course: Platform) -> Learner:
    """The learner goes on where she was."""
    return course.learner(course.launch(api="careful"))


def test_an_answer_keeps_its_worth_when_options_are_moved_and_corrected(release: Release) -> None:
    before = release()
    learner = before.learner(before.launch(api="careful"), wrong=["what-helps"])
    learner.next()
    learner.do_page()
    assert learner.sign() == "saved"
    before.close_tab()

    moved = NUMBER + FRIEND.replace("knows a lot", "knows much") + NOBODY
    again = come_back(
        release((NOBODY + NUMBER + FRIEND, moved), (HELPS, "  - {text: Listening well, correct: true,"))
    )
    right, wrong = again.element("who-first"), again.element("what-helps")
    expect(right).to_have_class("question panel is-right")
    again.find("who-first")
    expect(again.frame.locator(".says")).to_contain_text("This question has changed since you answered it.")
    expect(right.locator("input:checked")).to_have_count(0)
    expect(wrong).to_have_class("question panel is-wrong")
    again.take()
    expect(again.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")


def test_what_has_not_changed_is_shown_as_it_was(release: Release) -> None:
    before = release()
    learner = before.learner(before.launch(api="careful"))
    learner.next()
    learner.do_page()
    assert learner.sign() == "saved"
    before.close_tab()
    again = come_back(release((HELPS, "  - {text: Listening well, correct: true,")))
    expect(again.element("who-first").locator("input:checked")).to_have_value("b")
    expect(again.element("what-helps").locator("input:checked")).to_have_count(0)
    expect(again.element("what-helps")).to_have_class("question panel is-right")
