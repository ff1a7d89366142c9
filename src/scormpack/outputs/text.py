"""Authors' Markdown as plain data, for what is no page: runs of text, and paragraphs, lists and tables of them.

Nothing in it is markup any more, so that no sign that anybody wrote can mean something to whoever sets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from scormpack.content.markdown import reader
from scormpack.course.model import Course, LocalDetail
from scormpack.course.phone import in_parts
from scormpack.course.plain import sentence
from scormpack.vocabulary import PLACEHOLDER

# `t` is what it says; `b` bold, `i` italic, `url` where it leads, `gap` a line to write on, `br` the end of a line.
Run: TypeAlias = dict[str, Any]
Part: TypeAlias = dict[str, Any]

_MARKS: Final[dict[str, Run]] = {"strong": {"b": True}, "em": {"i": True}}
_LISTS: Final = {"bullet_list": "list", "ordered_list": "steps"}
_TOGETHER = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr) (?=[A-Z])|(\d) (?=[ap]\.m\.)")
_WORD = re.compile(r"\S{1,30}\s*|\s+")  # no word of ours is longer; what is can be divided anywhere
# Where a sentence ends: behind its mark, and whatever closes with it, a new one begins.
_END = re.compile(r"(?<=[.!?])[ \n]+(?=[“‘\"'(]?[A-Z0-9])|(?<=[.!?][”’\"')])[ \n]+(?=[“‘\"'(]?[A-Z0-9])")


@cache
def _markdown() -> MarkdownIt:
    return reader()


def runs(text: str, course: Course) -> list[Run]:
    """One run of text, with what it names filled in."""
    tree = SyntaxTreeNode(_markdown().parseInline(text))
    return [run for node in tree.children for run in _inside(node, {}, course)]


def parts(text: str, course: Course) -> list[Part]:
    """Paragraphs, headings, lists, tables and quotations, each as a `kind` and what is in it."""
    return list(_parts(SyntaxTreeNode(_markdown().parse(text)), course))


def in_words(some: list[Run]) -> list[Run]:
    """The same, divided wherever a line may end: what does not fit into one place can go on in the next."""
    return [{**run, "t": word} for run in some for word in (_WORD.findall(run["t"]) if run.get("t") else [""])]


def _parts(node: SyntaxTreeNode, course: Course) -> Iterator[Part]:
    for each in node.children:
        if each.type == "heading":
            yield {"kind": "heading", "level": int(each.tag[1]), "runs": _all(each, course)}
        elif each.type in _LISTS:
            yield {"kind": _LISTS[each.type], "items": [list(_parts(item, course)) for item in each.children]}
        elif each.type == "table":
            rows = [row for group in each.children for row in group.children]
            yield {"kind": "table", "rows": [[_all(cell, course) for cell in row.children] for row in rows]}
        elif each.type == "blockquote":
            yield {"kind": "quote", "parts": list(_parts(each, course))}
        elif each.type == "fence":
            yield {"kind": "text", "runs": [{"t": each.content}]}
        elif each.type != "hr":
            yield {"kind": "text", "runs": _all(each, course)}


def _all(node: SyntaxTreeNode, course: Course) -> list[Run]:
    return [run for each in node.children for run in _inside(each, {}, course)]


def _inside(node: SyntaxTreeNode, marks: Run, course: Course) -> Iterator[Run]:
    """The runs in a node, each with the marks of whatever it stands in."""
    if node.type == "softbreak":
        yield {"t": " ", **marks}
    elif node.type == "hardbreak":
        yield {"t": "", "br": True}
    elif node.type == "link":
        yield from _link(node, marks, course)
    elif node.children:
        for each in node.children:
            yield from _inside(each, {**marks, **_MARKS.get(node.type, {})}, course)
    else:
        yield from ({**marks, **run} for run in _filled(node.content, course))


def _link(node: SyntaxTreeNode, marks: Run, course: Course) -> Iterator[Run]:
    """On paper a link is of use only if one can read where it leads; one that stays in the course is words."""
    to = str(node.attrGet("href"))
    inside = [run for each in node.children for run in _inside(each, marks, course)]
    if to.startswith("#"):
        yield from inside
        return
    shown = re.sub(r"^(https?://|mailto:)", "", to).rstrip("/")
    yield from ({**run, "url": to} for run in inside)
    if shown not in "".join(run["t"] for run in inside):
        yield {**marks, "t": f" ({shown})"}


def _filled(text: str, course: Course) -> Iterator[Run]:
    at = 0
    for match in PLACEHOLDER.finditer(text):
        yield from _plain(text[at : match.start()])
        if match[1] == "contact":
            yield from _plain(whole(sentence(course.contacts[match[2]])))
        else:
            yield from detail(course.local[match[2]], course)
        at = match.end()
    yield from _plain(text[at:])


def _plain(text: str) -> Iterator[Run]:
    if text:
        yield {"t": _TOGETHER.sub(lambda found: f"{found[0][:-1]}\N{NO-BREAK SPACE}", text)}


def detail(detail: LocalDetail, course: Course) -> Iterator[Run]:
    """A local detail in a sentence; where the provider has not filled it, whom to ask, and a line to write it on."""
    if detail.value is None:
        yield {"t": f"[{course.words['slot_empty_inline'].format(label=detail.label)}] "}
        yield {"t": "", "gap": True}
    else:
        yield from _plain(whole(detail.value))


def whole(text: str) -> str:
    """`text` where no line ends inside a number to call."""
    parts = (part.replace(" ", "\N{NO-BREAK SPACE}") if number else part for part, number in in_parts(text))
    return "".join(parts)


def sentences(some: list[Run]) -> list[list[Run]]:
    """The same, a list of runs for each sentence."""
    ends = [end.start() for end in _END.finditer("".join(run["t"] for run in some))]
    found: list[list[Run]] = [[]]
    at = 0
    for run in some:
        begin, at = at, at + len(run["t"])
        cuts = [end - begin for end in ends if begin <= end < at]
        for number, (left, right) in enumerate(pairwise([0, *cuts, len(run["t"])])):
            if number:
                found.append([])
            found[-1].append({**run, "t": run["t"][left:right].lstrip() if number else run["t"][left:right]})
    return [each for each in ([run for run in one if run["t"] or "gap" in run] for one in found) if each]
