"""What a style loads: its addresses, told from those in comments and in other strings (CSS Syntax, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scormpack.source.patterns import pattern

# Each part begins with a sign, and with none that is a letter: `re` leaps to those.
_PART = pattern(
    r"""/\*[\s\S]*?(?:\*/|\Z)"""
    r"""|\((?:(?<=url\()\s*+(?:(?=["'])(?P<open>)|(?P<plain>(?:[^)\s"'(\\]|\\[0-9a-f]{1,6}\s?|\\[\s\S])*+)\(?+)"""
    r"""|(?<=image-set\()(?P<set>)|)"""
    r"""|"(?P<double>(?:[^"\\\n]|\\[\s\S])*+)"?|'(?P<single>(?:[^'\\\n]|\\[\s\S])*+)'?"""
    r"""|@(?P<word>import\b|namespace\b|(?:-moz-)?document\b)|\)|\{|\}|;""",
    re.IGNORECASE,
)
_ESCAPED = pattern(r"\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|(\n)|([\s\S]))", re.IGNORECASE)


class Loaded(NamedTuple):
    """An address in a style, and where it stands. `is_style` for another style that it takes in."""

    link: str
    at: int
    is_style: bool


def loaded(text: str) -> Iterator[Loaded]:
    """Every address that a browser may ask for because of the style `text`."""
    statement, opened, depth = "", False, 0  # an at-rule; whether `url(` has just begun; brackets of an image-set
    for found in _PART.finditer(text):
        kind = found.lastgroup
        if kind in ("plain", "double", "single"):
            imports = statement == "import"
            if imports or (not statement and (kind == "plain" or opened or depth)):
                yield Loaded(_unescaped(found[kind]), found.start(), imports)
            statement = "" if imports else statement
        elif kind == "word":
            statement, depth = found["word"].lower(), 0
        elif kind == "set":
            depth = 1
        elif kind is None and (statement or depth):
            statement, depth = _after(found[0], statement, depth)
        opened = kind == "open"


def _after(sign: str, statement: str, depth: int) -> tuple[str, int]:
    """What is still open after `sign`."""
    if sign in ";{}":
        return "", 0
    return statement, depth + {"(": 1, ")": -1}.get(sign, 0) if depth else 0


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    if found[1]:
        code = int(found[1], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return found[3] or ""
