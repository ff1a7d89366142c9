"""What a new version means for a learner who has begun the old one: a comparison of two shapes, and nothing else.

How the player takes up what an earlier version left is in player/attempt.ts (`restore`, `isOld`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scormpack.inspect.both import Both
from scormpack.inspect.shape import PageShape, Shape, TaskShape


class Change(StrEnum):
    """What has become of a package since the provider got the last one."""

    NEW = "new"
    UNCHANGED = "unchanged"
    STAYS = "progress_stays"
    LOST = "progress_lost"


# The gravest first, as somebody has to act on them.
ORDER: Final = (Change.LOST, Change.STAYS, Change.NEW, Change.UNCHANGED)


class Step(StrEnum):
    """Which of the three numbers of a version says what has changed."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


@dataclass(frozen=True)
class Judgement:
    """What is lost and why, what else whoever has begun will notice, and where words alone have changed."""

    lost: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The whole of it in a word."""
        if self.lost:
            return Change.LOST
        return Change.STAYS if self.noticed or self.reworded else Change.UNCHANGED

    @property
    def step(self) -> Step:
        """What the new version should say: that progress is lost, that there is other work to do, or other words."""
        return Step.MAJOR if self.lost else Step.MINOR if self.noticed else Step.PATCH

    @property
    def reasons(self) -> tuple[str, ...]:
        """All of it, the gravest first."""
        return (*self.lost, *self.noticed, *self.reworded)


def judge(then: Shape, now: Shape) -> Judgement:
    """What whoever has begun `then` loses and notices when it is replaced by `now`."""
    pages, tasks = Both(then.pages, now.pages), Both(then.tasks, now.tasks)
    everything = tuple(_everything(then, now, bool(pages.kept or tasks.kept)))
    if everything:
        return Judgement(everything)
    return Judgement(
        lost=(*_renamed(pages, "page"), *_renamed(tasks, "question"), *_marked_now(tasks)),
        noticed=(*_rules(then, now), *_pages(pages), *_tasks(tasks)),
        reworded=tuple(_reworded(pages)),
    )


def of_another_kind(then: str, now: str) -> str:
    """What to say where a package for `now` takes the place of one for `then`."""
    return f"It is a package of another kind: {now}, which was {then}. Platforms do not carry progress over."


def next_version(version: str, step: Step) -> str:
    """The version after `version` that says so much: `1.2.1` after `1.2.0` for other words."""
    major, minor, patch = map(int, version.split("."))
    if step is Step.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step is Step.MINOR else f"{major}.{minor}.{patch + 1}"


def _everything(then: Shape, now: Shape, is_anything_left: bool) -> Iterator[str]:
    """Why nothing at all is left of what a learner has done."""
    (kind, _, name), (old_kind, _, old_name) = now.kept.partition(" "), then.kept.partition(" ")
    if kind != old_kind:
        yield of_another_kind(old_kind, kind)
    elif name != old_name:
        yield f"Platforms know it by another name: {name}, which was {old_name}."
    if then.format != now.format:
        yield "The course keeps progress in a form of its own that the last one did not have."
    if not is_anything_left:
        yield "No page and no question of the last version is left."


def _renamed(parts: Both[PageShape] | Both[TaskShape], kind: str) -> Iterator[str]:
    for old, new in parts.renamed:
        yield (
            f"The {_kind(old, kind)} “{old.title}” has another id: {new.id}, which was {old.id}. "
            "What was done there has to be done again."
        )


def _kind(part: PageShape | TaskShape, usual: str) -> str:
    return "story" if isinstance(part, TaskShape) and not part.scored else usual


def _marked_now(tasks: Both[TaskShape]) -> Iterator[str]:
    for old, new in tasks.kept:
        if new.scored and not old.scored:
            yield f"“{new.title}” is marked now, and was not. What was put there before counts as a wrong answer."


def _rules(then: Shape, now: Shape) -> Iterator[str]:
    if then.pass_mark != now.pass_mark:
        yield (
            f"To pass takes {now.pass_mark} % right, and took {then.pass_mark} %. Whoever has passed stays passed."
        )
    if then.attempts != now.attempts:
        yield f"Each question can be checked {_times(now.attempts)}, and could be {_times(then.attempts)}."


def _times(attempts: int) -> str:
    return f"{attempts} times" if attempts > 1 else "once" if attempts else "as often as one likes"


def _pages(pages: Both[PageShape]) -> Iterator[str]:
    for each in pages.new:
        yield f"The page “{each.title}” is new. Whoever has not finished reads it too."
    for each in pages.gone:
        yield f"The page “{each.title}” is gone."


def _tasks(tasks: Both[TaskShape]) -> Iterator[str]:
    for each in tasks.new:
        yield f"The {_kind(each, 'question')} “{each.title}” is new. Whoever has not finished does it too."
    for each in tasks.gone:
        yield f"The {_kind(each, 'question')} “{each.title}” is gone, and what was done there no longer counts."
    for old, new in tasks.kept:
        yield from _changed(old, new)


def _changed(old: TaskShape, new: TaskShape) -> Iterator[str]:
    if old.offered != new.offered or old.kind != new.kind:
        if new.scored:
            yield (
                f"The question “{new.title}” has other answers to choose from. What an earlier answer was worth "
                "still counts, and it can be answered again."
            )
        else:
            yield f"The story “{new.title}” goes differently. Whoever was in the middle of it begins it again."
    if old.critical != new.critical:
        has = "has" if new.critical else "no longer has"
        yield f"The question “{new.title}” {has} to be right to pass."


def _reworded(pages: Both[PageShape]) -> Iterator[str]:
    names = [f"“{new.title}”" for old, new in pages.kept if (old.text, old.title) != (new.text, new.title)]
    if names:
        yield f"Other words on {'the page' if len(names) == 1 else f'{len(names)} pages'}: {', '.join(names)}."
