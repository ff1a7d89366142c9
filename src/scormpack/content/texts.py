"""What authors may write inside a text: placeholders that are filled in, and links that lead somewhere safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scormpack.blocks import Prose
from scormpack.content.codes import FRM_10, FRM_13, FRM_16, LNK_01
from scormpack.content.markdown import LONGEST, raw
from scormpack.diagnostics import Code, Problems
from scormpack.source.codes import FRM_06
from scormpack.source.node import MOST, Node, nearest
from scormpack.source.signs import brief
from scormpack.source.word import Word
from scormpack.vocabulary import PLACEHOLDER, PLACEHOLDER_KINDS, Markdown, Phrase

# Not an address between angle brackets, which is a link.
HTML = re.compile(
    r"<(?!(?:https?://|mailto:)[^<>\s{}]+>|[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+>)"
    r"(?:/?[A-Za-z][^<>]*|!--|![A-Za-z]|\?[a-z])"
)
_ALMOST = re.compile(r"\{\s*(?:local|contact)\b[^{}]*\}", re.IGNORECASE)
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s{0,3}\[(?!\^)(?:\\[\s\S]|[^\\\[\]])+\]:\s*(\S+)", re.MULTILINE)
_MARKS = re.compile(r"\*\*(?=\w)[^*]+\*\*|(?<!\w)__(?=\w)[^_]+__|\[[^\[\]]+\]\(\S+\)")
_SAFE = re.compile(r"https?://[^\s{}]+|mailto:[^\s{}]+|#[a-z0-9-]+")

Finding = tuple[Code, str, str, str]  # code, message, hint, the words that it is about


def check_texts(nodes: Iterable[Node], problems: Problems) -> None:
    """Add a problem for each text that would reach the learner as something else than was meant.

    Raises ContentError where there are more than anyone would fix at once.
    """
    for node in nodes:
        for owner, field, value in node.strings():
            for code, message, hint, words in _findings(value, owner):
                problems.add(code, message, owner.place(field), hint, words)
                if len(problems.found) >= MOST:
                    problems.stop()


def _findings(item: str, owner: Node) -> Iterator[Finding]:
    if isinstance(item, Markdown):
        if "{" in item:
            yield from _placeholders(item)
        if "[" in item:
            yield from _links(item)
        html = HTML.search(item) if "<" in item else None
        if html and not isinstance(owner, Prose):  # of prose the page knows the column
            yield FRM_10, "HTML is not used here", instead_of(html), html[0]
        if len(item) > LONGEST:
            yield FRM_06, f"a text is longer than {LONGEST:,} characters", "Divide it.", ""
        for each in raw(item, isinstance(item, Phrase)):
            yield FRM_16, *each
    elif not isinstance(item, Word):
        if "{" in item and (found := _ALMOST.search(item)):
            hint = "Only running text takes it; write it in words."
            yield LNK_01, f"`{brief(found[0])}` is not filled in here", hint, found[0]
        if ("**" in item or "__" in item or "](" in item) and (found := _MARKS.search(item)):
            yield FRM_16, "marks are shown as they are here", "Only running text takes them.", found[0]


def instead_of(html: re.Match[str]) -> str:
    """What to write in the place of a piece of HTML."""
    if html[0].lower().startswith("<br"):
        return "End the line with `\\`; in a table, begin another row."
    return "Use Markdown, or write the character in words."


def _placeholders(text: Markdown) -> Iterator[Finding]:
    for match, kind, _ in text.placeholders():
        if kind not in PLACEHOLDER_KINDS:
            hint = nearest(kind, list(PLACEHOLDER_KINDS))
            yield LNK_01, f"`{brief(match[0])}` names nothing that can be filled in", hint, match[0]
    for match in _ALMOST.finditer(text):
        if not PLACEHOLDER.fullmatch(match[0]):
            yield (
                LNK_01,
                f"`{brief(match[0])}` is not spelled as it has to be",
                "Like `{local:office_phone}`, no spaces.",
                match[0],
            )


def _links(text: Markdown) -> Iterator[Finding]:
    if "![" in text:
        yield FRM_13, "a picture cannot stand inside a text", "Use a `figure` block.", "!["
    for match in _TARGET.finditer(text):
        target = match[1] or match[2] or ""
        if not _SAFE.fullmatch(target):
            hint = "Link to `https://…` or to a page of the module, `#page-id`; for a number write `{contact:…}`."
            yield FRM_13, f"a link cannot lead to `{brief(target)}`", hint, target
