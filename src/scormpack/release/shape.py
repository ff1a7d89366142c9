"""The shape of a module as it is written: see inspect/shape.py."""

from __future__ import annotations

import re

from scormpack.blocks import Question, Task
from scormpack.content.markdown import words
from scormpack.content.module import Module, Page
from scormpack.course.state import FORMAT
from scormpack.inspect.shape import PageShape, Shape, TaskShape
from scormpack.inspect.values import brief_words, mark_of
from scormpack.vocabulary import PLACEHOLDER


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
    return PageShape(id=page.id, title=page.title, text=mark_of(page.model_dump_json()))


def _task(task: Task) -> TaskShape:
    is_question = isinstance(task, Question)
    right = task.correct_answer() if isinstance(task, Question) else ""
    return TaskShape(
        id=task.id,
        kind=task.type,
        title=_title(task),
        offered=mark_of(*task.offered(), right),
        scored=is_question,
        critical=isinstance(task, Question) and task.critical,
    )


def _title(task: Task) -> str:
    text: str = getattr(task, "title", "") or getattr(task, "prompt", "")
    return brief_words(re.sub(r"\s+", " ", PLACEHOLDER.sub("…", words(text))).strip())
