"""The code of a script, without what only looks like code: comments, strings, patterns and templates.

One pass, which stops only where a quotation mark or a stroke stands (ECMAScript, section 12): a bundle of megabytes
takes a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormpack.source.patterns import pattern

# Each part begins with a sign: `re` leaps to those.
_PARTS = (
    r"""/(?P<comment>/[^\n\r\u2028\u2029]*+|\*[\s\S]*?(?:\*/|\Z))|/(?P<stroke>)|`(?P<template>)"""
    r"""|"(?P<double>(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*+)"?|'(?P<single>(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*+)'?"""
)
_OUTSIDE = pattern(_PARTS)
_IN_TEMPLATE = pattern(rf"{_PARTS}|\{{|\}}")
_TEMPLATE = pattern(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*+(?:`|(?P<code>\$\{)|\Z|\\)")
_PATTERN = pattern(r"/(?:[^/\\\[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*+\])++/[a-z]*+")
_USED_AS_PATTERN = pattern(r"\s*\.\s*(?:test|exec|source|flags|lastIndex|toString)\b")
_WORD = pattern(r"[\w$]+\Z")
_BEFORE_PATTERN = frozenset(
    [
        "return",
        "typeof",
        "instanceof",
        "in",
        "of",
        "new",
        "delete",
        "void",
        "throw",
        "case",
        "do",
        "else",
        "yield",
        "await",
    ]
)
_LOOK_BACK = 12  # characters; longer than each of these words
_LOOK_AHEAD = 100  # characters of a pattern after a bracket, where divisions are the rule


def code(text: str) -> str:
    """`text` with spaces in place of what is no code; marks around strings stay, and so does every position."""
    parts: list[str] = []
    at = 0
    for begin, end in _Reader(text).spans():
        parts += (text[at:begin], " " * (end - begin))
        at = end
    return "".join((*parts, text[at:]))


class _Reader:
    """One reading of a script."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.braces: list[int] = []  # open ones, for each template whose code is being read
        self.no_pattern_before = 0  # to the end of a line on which a pattern was never closed

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where there is no code: from where, and up to where."""
        at = 0
        while (found := self._next(at)) is not None:
            at, kind = found.end(), found.lastgroup
            if kind == "comment":
                yield found.start(), at
            elif kind in ("double", "single"):
                yield found.span(kind)
            elif kind == "stroke":
                at = self._pattern(found.start())
                if at > found.end():
                    yield found.start(), at
            elif kind == "template" or self._closes(found[0]):
                at = self._template(at)
                yield found.end(), at

    def _next(self, at: int) -> re.Match[str] | None:
        return (_IN_TEMPLATE if self.braces else _OUTSIDE).search(self.text, at)

    def _closes(self, brace: str) -> bool:
        """Whether `brace` ends the code in a template."""
        self.braces[-1] += 1 if brace == "{" else -1
        if self.braces[-1] >= 0:
            return False
        self.braces.pop()
        return True

    def _template(self, at: int) -> int:
        """Where the words of a template end: with it, or where code begins."""
        found = _TEMPLATE.match(self.text, at)
        if found is None:
            return len(self.text)
        if found["code"]:
            self.braces.append(0)
        return found.end()

    def _pattern(self, at: int) -> int:
        """Where the pattern ends that begins at `at`; the next character if that is no pattern but a division."""
        if at < self.no_pattern_before:
            return at + 1
        before = self.text[max(0, at - _LOOK_BACK) : at].rstrip()
        if (before and (before[-1].isalnum() or before[-1] in "_$])}\"'`")) or before.endswith(("++", "--")):
            word = _WORD.search(before)
            if not (word and word[0] in _BEFORE_PATTERN) and not (before[-1] in ")}" and self._is_used(at)):
                return at + 1
        found = _PATTERN.match(self.text, at)
        if found is None:
            self.no_pattern_before = self._end_of_line(at)
        return found.end() if found else at + 1

    def _is_used(self, at: int) -> bool:
        """Whether what begins here, after a bracket, is used as only a pattern is."""
        found = _PATTERN.match(self.text, at, at + _LOOK_AHEAD)
        return found is not None and _USED_AS_PATTERN.match(self.text, found.end()) is not None

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end
