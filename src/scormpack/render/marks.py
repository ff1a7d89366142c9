"""Marks in a page: where something stands that differs between providers or targets, and is put in later.

A page is rendered once. Filling it is joining strings, so that ten thousand providers cost little more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from markupsafe import Markup

MARK: Final = "\N{NULL}"  # authors cannot write it: no control character gets through reading
Marked: TypeAlias = tuple[str, ...]  # text, the name of a mark, text, …, text

# What stands in every page: whom a target lets it ask, in its security policy, and the names of two files.
POLICY, STYLES, SCRIPT = "policy", "styles", "script"


def mark(name: str) -> Markup:
    """The mark of this name, to stand in HTML."""
    return Markup(f"{MARK}{name}{MARK}")


def marked(html: str) -> Marked:
    """`html` in parts, every other one the name of a mark."""
    return tuple(html.split(MARK))


def names_in(pages: Iterable[Marked]) -> frozenset[str]:
    """The names of all marks in `pages`."""
    return frozenset(name for page in pages for name in page[1::2])


def filled(page: Marked, values: Mapping[str, str]) -> str:
    """`page` with the value of each mark in its place. KeyError for a mark that has none."""
    parts = list(page)
    parts[1::2] = [values[name] for name in page[1::2]]
    return "".join(parts)


def partly_filled(page: Marked, values: Mapping[str, str]) -> Marked:
    """`page` with only those marks filled that have a value."""
    return marked(filled(page, {name: f"{MARK}{name}{MARK}" for name in page[1::2]} | dict(values)))
