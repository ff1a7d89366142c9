"""Signs of strangers: which nobody reads, and how a message shows the others."""

from __future__ import annotations

from scormpack.diagnostics import ContentError, Place
from scormpack.source.codes import SRC_01
from scormpack.source.patterns import pattern

# What XML cannot carry, and the line ends of YAML 1.1 that no editor counts as such.
_SIGNS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff"
UNUSABLE = pattern(f"[{_SIGNS}]")
_LEAVES_THE_LINE = pattern(f"[\\t\\n\\r{_SIGNS}]")


def legible(text: str) -> str:
    """`text` on one line, with an escape for each sign that cannot be shown."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def on_one_line(text: str) -> str:
    """`text` with an escape for each sign that would end the line, move the cursor or not be written at all."""
    return _LEAVES_THE_LINE.sub(lambda found: legible(found[0]), text)


def brief(text: str, most: int = 60) -> str:
    """`text` as a message quotes it: legible, and cut where a stranger wrote too much."""
    return legible(text[:most]) + ("…" if len(text) > most else "")


def refuse_unusable(text: str, path: str, line: int = 1) -> None:
    """ContentError (SRC-01) at the first sign in `text` that is none to read."""
    if found := UNUSABLE.search(text):
        before = text[: found.start()]
        place = Place(path, line + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"the control character U+{ord(found[0]):04X} is not used here"
        raise ContentError([SRC_01.finding(message, place, "Remove it, or write it as a space.")])
