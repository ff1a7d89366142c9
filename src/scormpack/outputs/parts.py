"""Parts of a document, one after the other, as plain data: what document.typ knows how to set.

| kind | what is in it |
| --- | --- |
| `heading` | `level` below the title of the document, which has level 1, and `runs` |
| `text`, `list`, `steps`, `table`, `quote` | as text.py makes them |
| `picture` | `src` beside the template; `alt`, "" for decoration; `caption`, or ""; whether it is `tall` |
| `panel` | `parts` that belong together, in a frame |
| `together` | `parts` that stay on one page |
| `beside` | a `picture`, and the `parts` that stand next to it |
| `ticks` | `items` of runs, each with a box, or with `letters` a letter; `abreast`, beside each other |
| `lines` | `count` lines to write on |
| `form` | `columns` of words, `rows` that begin with words, and room in all other cells |
| `page` | nothing: what follows begins a new page |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scormpack.course.model import Course, Picture
from scormpack.outputs.text import Part, Run, runs

PAGE: Part = {"kind": "page"}


def heading(level: int, words: str) -> Part:
    """A heading in plain words."""
    return {"kind": "heading", "level": level, "runs": [{"t": words}]}


def text(some: Sequence[Run]) -> Part:
    """A paragraph."""
    return {"kind": "text", "runs": list(some)}


def plain(words: str) -> Part:
    """A paragraph of plain words."""
    return text([{"t": words}])


def said(words: str, course: Course) -> Part:
    """A paragraph of a phrase in Markdown."""
    return text(runs(words, course))


def labelled(label: str, words: str, course: Course) -> Part:
    """A phrase after what it is, in bold: `Call: the office`."""
    return text([bold(f"{label}: "), *runs(words, course)])


def bold(words: str) -> Run:
    """Plain words in bold."""
    return {"t": words, "b": True}


def in_bold(phrase: str, course: Course) -> list[Run]:
    """A phrase in Markdown, all of it in bold."""
    return [{**run, "b": True} for run in runs(phrase, course)]


def bullets(phrases: Iterable[str], course: Course) -> Part:
    """A list of phrases in Markdown."""
    return {"kind": "list", "items": [[said(each, course)] for each in phrases]}


def steps(phrases: Iterable[str], course: Course) -> Part:
    """The same with numbers."""
    return {"kind": "steps", "items": [[said(each, course)] for each in phrases]}


def ticks(items: Iterable[Sequence[Run]]) -> Part:
    """Things with a box before each."""
    return {"kind": "ticks", "items": [list(each) for each in items]}


def lines(count: int) -> Part:
    """So many lines to write on."""
    return {"kind": "lines", "count": count}


def panel(*parts: Part) -> Part:
    """What belongs together, in a frame."""
    return {"kind": "panel", "parts": list(parts)}


def together(*parts: Part) -> Part:
    """What stays on one page, if a page can hold it."""
    return {"kind": "together", "parts": list(parts)}


def form(columns: Sequence[str], rows: Iterable[Sequence[str]], first: int = 1) -> Part:
    """A table to fill in; the first column is so many times as wide as any other."""
    return {"kind": "form", "columns": list(columns), "rows": [list(each) for each in rows], "first": first}


def picture(src: str, alt: str, course: Course, caption: str = "") -> Part:
    """A picture that the course names `src`."""
    found = course.assets[src]
    assert isinstance(found, Picture), src
    return {"kind": "picture", "src": found.path, "alt": alt, "caption": caption, "tall": found.height > found.width}
