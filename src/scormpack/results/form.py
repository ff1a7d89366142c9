"""The forms in which platforms give results back, as data, and such a form as somebody writes it for a platform."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from scormpack.platforms.model import Source
from scormpack.source.node import Node, YesNo, read_model
from scormpack.vocabulary import ModuleId

Who = Literal["person", "email", "name", "first_name", "last_name"]
What = Literal[
    "module", "status", "success", "finished", "due", "minutes", "seconds", "duration", "version", "attempt"
]
Meaning = Who | What
Word = Literal["finished", "passed", "failed", "begun", "not_begun"]
Order = Literal["iso", "words", "day_first", "month_first", "any"]
Head = Annotated[str, Field(max_length=200)]
_FOLDER = Path(__file__).with_name("forms")


class Activities(Node):
    """Columns that have an activity as their name: each cell says how far somebody came with it."""

    model_config = ConfigDict(str_strip_whitespace=False)

    begins: Head = ""
    """What stands before the name of the activity.
    Example: `"SCORM package: "`
    """
    ends: Head = ""
    """What stands behind it.
    Example: `" (Real)"`
    """
    after: Head = ""
    """What divides it from the names of sections before it.
    Example: `" - "`
    """
    holds: Literal["status", "mark"] = "status"
    """What stands in the cells. A mark says that somebody has begun, and never that somebody has finished."""
    day_beside: Literal["", "finished"] = ""
    """What the column on the right of each holds, whose name is the day by which the activity is due, or nothing."""


class Form(Node):
    """What the columns of a table mean."""

    name: str = Field(default="", max_length=80)
    """What the table is called where it is made.
    Example: `Moodle: activity completion`
    """
    source: Source | None = None
    """From where that is known."""
    needs: tuple[Head, ...] = ()
    """The columns by which such a table is known."""
    above: Head = ""
    """What stands, in a row above the columns, before the name of what all of the table is about.
    Example: `Name of Object`
    """
    columns: dict[Head, Meaning] = Field(default={}, max_length=100)
    """What each column means, by its name.
    Example: `{Learner: name, Course: module, State: status, Done on: finished}`
    """
    ignored: tuple[Head, ...] = ()
    """Columns that say nothing here; a `*` stands for anything.
    Example: `[Department, "Response *"]`
    """
    activities: Activities | None = None
    """Where columns have activities as their names: how these are written."""
    answers: YesNo = False
    """Whether it has columns for each answer: `Question 0`, `Response 0`, `Result 0` and so on."""
    words: dict[Word, tuple[Head, ...]] = {}
    """The platform's own words for how far somebody came.
    Example: `{finished: [Abgeschlossen]}`
    """
    days: Order = "any"
    """How days are written: `iso` is 2026-11-30, `words` 30 November 2026; the others have numbers, as 30/11/2026."""
    unmarked: tuple[Head, ...] = ("", "-")
    """What stands in a cell where there is no mark, or where a name or an address is not told."""
    module: ModuleId | None = None
    """The module that all of the table is about, if no column says so.
    Example: `your-role`
    """
    modules: dict[Head, ModuleId] = Field(default={}, max_length=2_000)
    """Activities that go by a name of their own, and which module each is.
    Example: `{"Our induction, part 2": your-role}`
    """

    def knows(self, head: Iterable[str], above: Iterable[str]) -> bool:
        """Whether a table is of this form that has these columns, and whose rows above them begin so."""
        has = not self.above or self.above.casefold() in above
        return has and bool(self.needs) and {each.casefold() for each in self.needs} <= set(head)

    def with_more(self, given: Form) -> Form:
        """The form with what somebody has said besides."""
        words = {
            name: (*self.words.get(name, ()), *given.words.get(name, ())) for name in (*self.words, *given.words)
        }
        more = {"words": words, "ignored": (*self.ignored, *given.ignored), "module": given.module or self.module}
        return self.model_copy(update=more)


@cache
def forms() -> tuple[Form, ...]:
    """The forms that are known."""
    return tuple(read_model(Form, file, _FOLDER) for file in sorted(_FOLDER.glob("*.yaml")))


WORDS: Final[dict[Word, tuple[str, ...]]] = {
    "finished": ("completed", "complete", "finished"),
    "passed": ("passed", "pass"),
    "failed": ("failed", "fail", "not passed"),
    "begun": ("in progress", "incomplete", "started", "begun", "attempted", "browsed"),
    "not_begun": ("not started", "not attempted", "not completed", "not yet started", "unknown", ""),
}
