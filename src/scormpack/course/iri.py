"""The names that learning records use: IRIs below the one that a library controls.

Records of years hang on them, so they are made of ids alone: never of a version, a provider, a language or a
title.
"""

from __future__ import annotations


def module_iri(authority: str | None, module: str) -> str:
    """The name of a module; empty where the library controls no IRI."""
    return f"{authority}/modules/{module}" if authority else ""


def page_iri(module: str, page: str) -> str:
    """The name of a page in the module that is called `module`."""
    return f"{module}/pages/{page}"


def task_iri(module: str, task: str) -> str:
    """The name of a question, a story or another task in the module that is called `module`."""
    return f"{module}/tasks/{task}"


def objective_iri(module: str, objective: str) -> str:
    """The name of what a learner can do after the module that is called `module`."""
    return f"{module}/objectives/{objective}"


def own_course_iri(module: str) -> str:
    """The name of the course that has the module called `module` alone; no course of a library can have it."""
    return f"{module}/course"


def course_iri(authority: str | None, course: str) -> str:
    """The name of a course of several modules; empty where the library controls no IRI."""
    return f"{authority}/courses/{course}" if authority else ""


def block_iri(course: str, block: str) -> str:
    """The name of a part of the course that is called `course`."""
    return f"{course}/blocks/{block}"
