"""What a new version means for whoever has begun the old one; a browser proves the same in test_in_browser.py."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.inspect.judgement import Change, Step, judge, next_version
from scormpack.inspect.shape import PageShape, Shape, TaskShape

MARKS = ("0" * 12, "1" * 12)


def page(name: str, title: str = "", text: int = 0) -> PageShape:
    return PageShape(id=name, title=title or name.capitalize(), text=MARKS[text])


def task(name: str, offered: int = 0, **fields: Any) -> TaskShape:
    usual = {"kind": "single", "title": f"{name.capitalize()}?", "scored": True, "critical": False}
    return TaskShape(id=name, offered=MARKS[offered], **{**usual, **fields})


STORY: dict[str, Any] = {"kind": "scenario", "scored": False}
COURSE = Shape(
    format="sp2",
    kept="scorm12 a.item",
    pass_mark=80,
    attempts=0,
    pages=(page("one"), page("two")),
    tasks=(task("first"), task("second"), task("story", **STORY)),
)


def changed(**fields: Any) -> Shape:
    return COURSE.model_copy(update=fields)


TASKS = COURSE.tasks
CASES = {
    "other words": (
        changed(pages=(page("one", text=1), page("two"))),
        (Change.STAYS, Step.PATCH, ["Other words on the page: “One”."]),
    ),
    "a page is called otherwise": (
        changed(pages=(page("one", "Welcome"), page("two", text=1))),
        (Change.STAYS, Step.PATCH, ["Other words on 2 pages: “Welcome”, “Two”."]),
    ),
    "a page in another place": (changed(pages=COURSE.pages[::-1]), (Change.UNCHANGED, Step.PATCH, [])),
    "a new page": (
        changed(pages=(*COURSE.pages, page("three"))),
        (Change.STAYS, Step.MINOR, ["The page “Three” is new. Whoever has not finished reads it too."]),
    ),
    "a page less": (changed(pages=COURSE.pages[:1]), (Change.STAYS, Step.MINOR, ["The page “Two” is gone."])),
    "a page with another id": (
        changed(pages=(page("eins", "One"), page("two"))),
        (
            Change.LOST,
            Step.MAJOR,
            ["The page “One” has another id: eins, which was one. What was done there has to be done again."],
        ),
    ),
    "a new question": (
        changed(tasks=(*TASKS, task("third"))),
        (Change.STAYS, Step.MINOR, ["The question “Third?” is new. Whoever has not finished does it too."]),
    ),
    "a question less": (
        changed(tasks=TASKS[1:]),
        (Change.STAYS, Step.MINOR, ["The question “First?” is gone, and what was done there no longer counts."]),
    ),
    "a question with another id": (
        changed(tasks=(task("erste", title="First?"), *TASKS[1:])),
        (
            Change.LOST,
            Step.MAJOR,
            [
                "The question “First?” has another id: erste, which was first. "
                "What was done there has to be done again."
            ],
        ),
    ),
    "other answers": (
        changed(tasks=(task("first", 1), *TASKS[1:])),
        (
            Change.STAYS,
            Step.MINOR,
            [
                "The question “First?” has other answers to choose from. What an earlier answer was worth still "
                "counts, and it can be answered again."
            ],
        ),
    ),
    "another kind of question": (
        changed(tasks=(task("first", kind="multiple"), *TASKS[1:])),
        (
            Change.STAYS,
            Step.MINOR,
            [
                "The question “First?” has other answers to choose from. What an earlier answer was worth still "
                "counts, and it can be answered again."
            ],
        ),
    ),
    "a story that goes differently": (
        changed(tasks=(*TASKS[:2], task("story", 1, **STORY))),
        (
            Change.STAYS,
            Step.MINOR,
            ["The story “Story?” goes differently. Whoever was in the middle of it begins it again."],
        ),
    ),
    "a question that has to be right": (
        changed(tasks=(task("first", critical=True), *TASKS[1:])),
        (Change.STAYS, Step.MINOR, ["The question “First?” has to be right to pass."]),
    ),
    "what was not marked": (
        changed(tasks=(*TASKS[:2], task("story"))),
        (
            Change.LOST,
            Step.MAJOR,
            [
                "“Story?” is marked now, and was not. What was put there before counts as a wrong answer.",
                "The question “Story?” has other answers to choose from. What an earlier answer was worth still "
                "counts, and it can be answered again.",
            ],
        ),
    ),
    "a pass mark": (
        changed(pass_mark=90),
        (
            Change.STAYS,
            Step.MINOR,
            ["To pass takes 90 % right, and took 80 %. Whoever has passed stays passed."],
        ),
    ),
    "attempts": (
        changed(attempts=2),
        (
            Change.STAYS,
            Step.MINOR,
            ["Each question can be checked 2 times, and could be as often as one likes."],
        ),
    ),
    "another standard": (
        changed(kept="scorm2004-3rd a.item"),
        (
            Change.LOST,
            Step.MAJOR,
            [
                "It is a package of another kind: scorm2004-3rd, which was scorm12. "
                "Platforms do not carry progress over."
            ],
        ),
    ),
    "another name on the platform": (
        changed(kept="scorm12 b.item"),
        (Change.LOST, Step.MAJOR, ["Platforms know it by another name: b.item, which was a.item."]),
    ),
    "another form of progress": (
        changed(format="sp3"),
        (
            Change.LOST,
            Step.MAJOR,
            ["The course keeps progress in a form of its own that the last one did not have."],
        ),
    ),
    "nothing left": (
        changed(pages=(page("three"),), tasks=(task("third"),)),
        (Change.LOST, Step.MAJOR, ["No page and no question of the last version is left."]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_change_means(case: str) -> None:
    now, expected = CASES[case]
    found = judge(COURSE, now)
    assert (found.change, found.step, list(found.reasons)) == expected


def test_nothing_has_changed() -> None:
    assert judge(COURSE, COURSE).change is Change.UNCHANGED


@pytest.mark.parametrize(
    ("version", "step", "after"),
    [
        ("1.2.0", Step.PATCH, "1.2.1"),
        ("1.2.9", Step.MINOR, "1.3.0"),
        ("1.2.9", Step.MAJOR, "2.0.0"),
        ("0.9.9", Step.PATCH, "0.9.10"),
    ],
)
def test_the_next_version(version: str, step: Step, after: str) -> None:
    assert next_version(version, step) == after


IDS = st.sampled_from(["a", "b", "c", "d"])
PAGES = st.lists(st.builds(page, IDS, text=st.integers(0, 1)), min_size=1, max_size=4, unique_by=lambda each: each.id)
QUESTIONS = st.lists(
    st.builds(task, IDS, st.integers(0, 1), critical=st.booleans()), max_size=4, unique_by=lambda each: each.id
)
SHAPES = st.builds(lambda pages, tasks: changed(pages=tuple(pages), tasks=tuple(tasks)), PAGES, QUESTIONS)


@given(SHAPES, SHAPES)
def test_progress_is_lost_only_where_an_id_is(then: Shape, now: Shape) -> None:
    """Nobody loses anything while a page or a question keeps its id; a comparison with itself finds nothing."""
    judgement = judge(then, now)
    shared = {each.id for each in then.pages} & {each.id for each in now.pages}
    shared |= {each.id for each in then.tasks} & {each.id for each in now.tasks}
    assert (judgement.change is Change.LOST) == (not shared)
    assert judge(then, then).change is Change.UNCHANGED
