"""A course of several modules: which, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from scormpack.content.codes import MOD_01
from scormpack.source.codes import FRM_01, FRM_07
from scormpack.source.node import FieldError, Node
from scormpack.source.word import Slug
from scormpack.vocabulary import Language, ModuleId, Title, Version


class OutlinePart(Node):
    """A part of a course, with a heading of its own."""

    id: Slug
    """The name of the part. It never changes.
    Example: `before-you-begin`
    """
    title: Title
    """The title of the part.
    Example: `Before you begin`
    """
    summary: str = Field(min_length=1, max_length=300)
    """What it is about, in one or two sentences.
    Example: `What you may do, and who you call.`
    """
    modules: tuple[ModuleId, ...] = Field(min_length=1, max_length=50)
    """Its modules in order, by id.
    Example: `[your-role]`
    """


class Outline(Node):
    """A course of several modules: one package, one entry in a platform's catalogue."""

    id: Slug
    """The name of the course. It never changes: records are stored under it.
    Example: `first-weeks`
    """
    version: Version
    """Three numbers. Raise it with every change of a module or of the order.
    Example: `1.0.0`
    """
    title: Title
    """The title of the course, in at most 70 characters.
    Example: `Your first weeks`
    """
    summary: str = Field(min_length=1, max_length=300)
    """What it is about, in one or two sentences.
    Example: `What everyone learns before the first visit alone.`
    """
    language: Language = Field(default="en-GB", max_length=35)
    """The language of the title and the summary, as a language tag.
    Example: `en-GB`
    """
    modules: tuple[ModuleId, ...] = Field(default=(), max_length=50)
    """Its modules in order, by id. A course has `modules` or `parts`.
    Example: `[your-role, hard-questions]`
    """
    parts: tuple[OutlinePart, ...] = Field(default=(), max_length=20)
    """Its modules in parts, each with a heading."""

    @model_validator(mode="after")
    def _holds_each_module_once(self) -> Self:
        if not self.modules and not self.parts:
            raise FieldError(FRM_01, "`modules` is missing: the modules of the course")
        if self.modules and self.parts:
            raise FieldError(FRM_07, "takes `modules` or `parts`, not both")
        for name in _twice(self.all_modules()):
            raise FieldError(MOD_01, f"the module `{name}` is in the course twice")
        for name in _twice(part.id for part in self.parts):
            raise FieldError(MOD_01, f"the id `{name}` is given to two parts")
        return self

    def all_modules(self) -> tuple[ModuleId, ...]:
        """The modules in order, whatever part they are in."""
        return (*self.modules, *(name for part in self.parts for name in part.modules))


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
