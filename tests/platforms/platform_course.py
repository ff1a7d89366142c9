"""A course of the sample library, as a learner takes it on each platform."""

from __future__ import annotations

import re
from pathlib import Path

from learner import Learner
from playwright.sync_api import Frame, expect

from scormpack.batch import Built

TITLE = "What if the person may have died?"
SCORE = 100
SOME_PAGE = "what-to-do-first"
ITS_QUESTION = "no-paper-to-be-found"

Packages = dict[tuple[str, str, str], Built]


def package(sample: Packages, target: str) -> Path:
    """Return the package file for a target."""
    return sample["may-have-died", "willow-lane", target].path


def take_all(frame: Frame) -> None:
    """Take the course, from its first page to a pass, and exit."""
    learner = Learner(frame)
    learner.take()
    expect(frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    leave_saved(learner)


def look_at_the_result(frame: Frame) -> None:
    """Launched again after a pass: the result, and every question right as it was."""
    learner = welcomed_back(frame, "Your result")
    assert learner.here() == "result"
    questions = learner.questions()
    assert questions
    for question in questions:
        expect(learner.element(question)).to_have_class(re.compile(r"\bis-right\b"))
    leave_saved(learner)


def begin(frame: Frame) -> None:
    """Go to some page and answer its question rightly."""
    learner = Learner(frame)
    while learner.here() != SOME_PAGE:
        learner.next()
    learner.do(ITS_QUESTION)
    assert learner.sign() == "saved"


def go_on(frame: Frame) -> None:
    """Launched again after `begin`: that page with the answer, and no other answer."""
    learner = welcomed_back(frame, "What to do first")
    assert learner.here() == SOME_PAGE
    for question in learner.questions():
        right = re.compile(r"\bis-right\b")
        if question == ITS_QUESTION:
            expect(learner.element(question)).to_have_class(right)
        else:
            expect(learner.element(question)).not_to_have_class(right)
    leave_saved(learner)


def welcomed_back(frame: Frame, page: str) -> Learner:
    """See the welcome back, which names the page where the course was left, and go on."""
    dialog = frame.locator(".welcome-back[open]")
    expect(dialog.locator("p")).to_have_text(f"You were on this page: {page}")
    dialog.locator('[value="on"]').click()
    return Learner(frame)


def leave_saved(learner: Learner) -> None:
    """Exit, and see that everything was kept."""
    assert learner.sign() == "saved"
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("saved")
