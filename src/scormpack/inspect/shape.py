"""The shape of a course: what a learner's progress hangs on, and no more of it than is needed to compare two."""

from __future__ import annotations

import re

from scormpack.blocks import Question, Task
from scormpack.cache import named
from scormpack.check.package import STANDARDS
from scormpack.content.markdown import words
from scormpack.content.module import Module, Page
from scormpack.course.state import FORMAT
from scormpack.inspect.values import MARK, Id, Line, Mark, Words
from scormpack.package import Package
from scormpack.source.signs import brief
from scormpack.vocabulary import PLACEHOLDER

_LONGEST = 120  # characters of a question that a person is told about


class PageShape(Line):
    """A page: progress is kept under its id. `text` changes with anything on it."""

    id: Id
    title: Words
    text: Mark


class TaskShape(Line):
    """A question or a story: its answer is kept under its id. `offered` changes with what its letters mean."""

    id: Id
    kind: Words
    title: Words
    offered: Mark
    scored: bool
    critical: bool


class Shape(Line):
    """A course as progress sees it. `kept` is where a platform keeps that, `format` how the player writes it."""

    format: Words
    kept: Words = ""
    pass_mark: int
    attempts: int  # for each question; 0: as often as one likes
    pages: tuple[PageShape, ...]
    tasks: tuple[TaskShape, ...]


def shape_of(module: Module) -> Shape:
    """The shape of `module`, before it is known where progress in it is kept."""
    return Shape(
        format=FORMAT,
        pass_mark=module.assessment.pass_mark,
        attempts=module.assessment.attempts or 0,
        pages=tuple(_page(page) for page in module.pages),
        tasks=tuple(_task(task) for task in module.tasks()),
    )


def _page(page: Page) -> PageShape:
    return PageShape(id=page.id, title=page.title, text=_mark(page.model_dump_json()))


def _task(task: Task) -> TaskShape:
    is_question = isinstance(task, Question)
    right = task.correct_answer() if isinstance(task, Question) else ""
    return TaskShape(
        id=task.id,
        kind=task.type,
        title=_title(task),
        offered=_mark(*task.offered(), right),
        scored=is_question,
        critical=isinstance(task, Question) and task.critical,
    )


def _title(task: Task) -> str:
    text: str = getattr(task, "title", "") or getattr(task, "prompt", "")
    return brief(re.sub(r"\s+", " ", PLACEHOLDER.sub("…", words(text))).strip(), _LONGEST)


def _mark(*texts: str) -> str:
    return named(*(text.encode() for text in texts))[:MARK]


def kept_under(package: Package, target: str) -> str:
    """Where a platform keeps the progress of a package for `target`: by its standard, under the name found inside."""
    if target not in STANDARDS:
        return target  # the browser keeps it, under the ids of provider and module
    descriptor = STANDARDS[target].descriptor(package, STANDARDS[target].form)
    opened = [*descriptor.elements("item", "au"), *(each.getparent() for each in descriptor.elements("launch"))]
    names = [each.get("identifier") or each.get("id") or "" for each in opened if each is not None]
    return " ".join([target, *names])
