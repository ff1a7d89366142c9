"""What descriptors for learning records share: words on one line, and what a thing is."""

from __future__ import annotations

from scormpack.blocks import Task
from scormpack.course.model import Course
from scormpack.course.plain import plain

LONGEST_TITLE = 200  # characters; platforms show a title in a row of a table
KINDS = "http://adlnet.gov/expapi/activities"
MODULE = f"{KINDS}/module"
TASK = f"{KINDS}/cmi.interaction"
PAGE = "http://activitystrea.ms/schema/1.0/page"


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def short(text: str) -> str:
    """A text cut to what fits a title."""
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"


def title_of(task: Task, course: Course) -> str:
    """What a task is called: by its title, or by what it asks."""
    return short(one_line(getattr(task, "title", "") or asked(task, course))) or task.id


def asked(task: Task, course: Course) -> str:
    """What a task asks, in plain words; empty for one that asks nothing in so many words."""
    return plain(getattr(task, "prompt", ""), course)
