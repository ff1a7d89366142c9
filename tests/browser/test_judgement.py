"""What a release says of progress is what becomes of it: a learner is part-way in the old package, and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from learner import TASKS, Learner
from other_versions import OTHER_ANSWERS, OTHER_WORDS, QUESTIONS, STORY, change
from paths import EVERY_BLOCK
from playwright.sync_api import Browser
from scorm import PHONE, Platform

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library, load_module
from scormpack.inspect.comparing.course import courses_in
from scormpack.inspect.judgement import Change, judge
from scormpack.inspect.shape import Shape
from scormpack.lms.scorm import Records, serve
from scormpack.package import Package, read_zip
from scormpack.release.shape import shape_of

MODULE = "every-block/module.yaml"
HELPS = """\
```multiple
id: what-helps
prompt: What helps?
rationale: Both help.
options:
  - {text: Listening, correct: true, feedback: "Yes, it does."}
  - {text: Hurrying, feedback: It does not help.}
  - {text: Sitting down, correct: true, feedback: "Yes, it does."}
```
"""
SURE = """\
```confidence
id: how-sure
prompt: How sure are you that you know who to call?
```
"""
MARKED = """\
```true_false
id: how-sure
prompt: You can be sure.
answer: true
rationale: You can.
if_true: You know who to call.
if_false: You know who to call.
```
"""
NEW_PAGE = "# A new page\n\nWords that nobody has read yet.\n"
ALL = "[start, questions, more-questions, story, to-keep, the-end]"


@dataclass(frozen=True)
class Version:
    """A version of the course: in the platform, in its shape, and in the shape that its package shows."""

    platform: Platform
    shape: Shape
    shown: Shape


Give = Callable[..., Version]


@pytest.fixture
def give(tmp_path: Path, browser: Browser) -> Iterator[Give]:
    """`give((file, old, new), …)` puts the module, with these changes, in the place of what the platform had."""
    records = Records()
    with ExitStack() as stack:
        context = browser.new_context(viewport=PHONE)
        stack.callback(context.close)

        def load(*changes: tuple[str, str, str], other: Callable[[Package], Package] = lambda same: same) -> Version:
            folder = tmp_path / f"library-{len(list(tmp_path.iterdir()))}"
            shutil.copytree(EVERY_BLOCK, folder)
            for name, old, new in changes:
                change(folder / name, old, new)
            planned = plan(load_library(folder), today(), targets=["scorm12"], overdue=True)
            (built,) = build_all(planned, folder / "out")
            assert isinstance(built, Built), built
            package = other(read_zip(built.path))
            url = stack.enter_context(serve(package, records=records))
            shape = shape_of(load_module(folder / "every-block"))
            (course,) = courses_in(package)
            return Version(Platform(context, url, "scorm12", records), shape, course.shape)

        yield load


def part_way(version: Version) -> Learner:
    """She has read the first page, answered all on the second, and gone on."""
    learner = version.platform.learner(version.platform.launch(api="careful"))
    learner.next()
    learner.do_page()
    learner.next()
    assert learner.sign() == "saved"
    version.platform.close_tab()
    return learner


@dataclass(frozen=True)
class Kept:
    """What is left of it: the pages that count as read, and the tasks that count as done."""

    read: set[str]
    done: set[str]


def left(version: Version) -> Kept:
    """What the course itself has kept, once she has come back and gone to its first page."""
    learner = version.platform.learner(version.platform.launch(api="careful"))
    learner.go("start")
    assert learner.sign() == "saved"
    version.platform.close_tab()
    _, _, seen, answers, *_ = version.platform.record["cmi.suspend_data"].split("|")
    done = {each.partition("=")[0] for each in answers.split(",")}
    return Kept(set(seen.split(",")) - {""}, done - {""})


CASES: dict[str, tuple[list[tuple[str, str, str]], Change, Kept]] = {
    "other words": (
        [(QUESTIONS, "You are not alone with this.", "You are never alone with this.")],
        Change.STAYS,
        Kept({"start", "questions"}, {"who-first", "what-helps"}),
    ),
    "a page more": (
        [
            (MODULE, ALL, ALL.replace("questions,", "a-new-page, questions,", 1)),
            ("every-block/pages/a-new-page.md", "", NEW_PAGE),
        ],
        Change.STAYS,
        Kept({"start", "questions"}, {"who-first", "what-helps"}),
    ),
    "other answers": (
        [(QUESTIONS, "text: Hurrying", "text: Hurrying on")],
        Change.STAYS,
        Kept({"start", "questions"}, {"who-first", "what-helps"}),
    ),
    "a question less": (
        [(QUESTIONS, HELPS, "")],
        Change.STAYS,
        Kept({"start", "questions"}, {"who-first"}),
    ),
    "a question with another id": (
        [(QUESTIONS, "id: what-helps", "id: what-does-help")],
        Change.LOST,
        Kept({"start", "questions"}, {"who-first"}),
    ),
    "a page with another id": (
        [
            (MODULE, ALL, ALL.replace("questions,", "some-questions,", 1)),
            ("every-block/pages/some-questions.md", "", (EVERY_BLOCK / QUESTIONS).read_text(encoding="utf-8")),
        ],
        Change.LOST,
        Kept({"start"}, {"who-first", "what-helps"}),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_progress_is_what_the_judgement_says(case: str, give: Give) -> None:
    changes, verdict, kept = CASES[case]
    old = give()
    part_way(old)
    new = give(*changes)
    assert judge(old.shape, new.shape).change is judge(old.shown, new.shown).change is verdict
    assert left(new) == kept


def test_what_has_another_form_is_lost_whole(give: Give) -> None:
    def with_another_form(package: Package) -> Package:
        entries = (replace(each, data=each.data.replace(b'"sp2"', b'"sp9"')) for each in package.entries)
        return package._replace(entries=tuple(entries))

    old = give()
    part_way(old)
    new = give(other=with_another_form)
    assert new.shown.format == "sp9"
    shape = new.shape.model_copy(update={"format": "sp9"})
    assert judge(old.shape, shape).change is judge(old.shown, new.shown).change is Change.LOST
    assert left(new) == Kept(set(), set())


def test_whoever_has_passed_stays_passed_when_there_is_more_to_do(give: Give) -> None:
    old = give()
    old.platform.learner(old.platform.launch(api="careful")).take()
    old.platform.close_tab()
    assert old.platform.record["cmi.core.lesson_status"] == "passed"
    new = give(*CASES["a page more"][0])
    assert "a-new-page" not in left(new).read
    _, _, _, _, reached, _ = new.platform.record["cmi.suspend_data"].split("|")
    assert reached.startswith("cp.")  # complete, and passed


def test_what_was_not_marked_and_is_counts_as_wrong(give: Give) -> None:
    old = give()
    learner = old.platform.learner(old.platform.launch(api="careful"))
    learner.go("more-questions")
    learner.do("how-sure")
    assert learner.sign() == "saved"
    old.platform.close_tab()
    new = give(("every-block/pages/more-questions.md", SURE, MARKED))
    assert judge(old.shape, new.shape).change is Change.LOST
    again = new.platform.learner(new.platform.launch(api="careful"))
    again.go("more-questions")
    assert "is-wrong" in again.find("how-sure").classes


def test_a_story_that_goes_differently_stays_done(give: Give) -> None:
    old = give()
    learner = old.platform.learner(old.platform.launch(api="careful"))
    learner.go("story")
    learner.do_page()
    learner.next()
    assert learner.sign() == "saved"
    old.platform.close_tab()
    new = give((STORY, "text: Hang up.", "text: Ring off."))
    judgement = judge(old.shape, new.shape)
    assert judgement.noticed == (
        "The story “Just this once” goes differently. Whoever was in the middle of it begins it again.",
    )
    kept = left(new)
    assert (kept.read, kept.done) == ({"story"}, {"the-story"})


def prints(version: Version) -> dict[str, str]:
    """By the id of each task, what the player tells it from a changed one by."""
    frame = version.platform.launch(api="careful")
    find = (
        "names => Object.fromEntries([...document.querySelectorAll(names)].map(each => [each.id, each.task().print]))"
    )
    found: dict[str, str] = frame.evaluate(find, TASKS)
    version.platform.close_tab()
    return found


def test_a_task_has_changed_for_a_release_where_it_has_for_the_player(give: Give) -> None:
    versions = [give(), give(*OTHER_WORDS), give(*OTHER_ANSWERS.values())]
    player, release, package = [], [], []
    for version in versions:
        player.append(prints(version))
        release.append({each.id: each.offered for each in version.shape.tasks})
        package.append({each.id: each.offered for each in version.shown.tasks})
    for found in (player, release, package):
        old, reworded, new = found
        assert reworded == old
        assert {name for name in old if old[name] != new[name]} == set(OTHER_ANSWERS)
    assert set(player[0]) == set(release[0])
