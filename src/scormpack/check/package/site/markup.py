"""The tags of a page, as a browser meets them: in one pass, whatever the page holds (HTML, 13.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scormpack.source.patterns import pattern

# Most tags are the plain ones, which matter to nobody without an attribute.
_OPENING = pattern(
    r"<(?!/?(?:a|b|button|d[dlt]|div|em|h[1-6]|i|li|[ou]l|p|section|span|strong|t[dhr])>)"
    r"(?:(?P<comment>!--)|(?P<bogus>[!?])|(?P<name>/?[a-zA-Z][^\t\n\f\r />]*+))"
)
_ATTRIBUTE = pattern(
    r"""[\t\n\f\r /]*+(?:(?P<end>>)|(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"""
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*+|(?=>))))?)"""
)
_UNFINISHED = pattern(r"[\t\n\f\r ]*+=")
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
# What these hold is not shown, or only where there are no scripts.
_UNSEEN = frozenset({"template", "noscript"})
# What matters without an attribute too. The others are left out: nobody asks about them.
_BARE = frozenset(
    {"html", "img", "input", "select", "textarea", "label", "iframe", "frame", "video", "audio", "object", "applet"}
    | {"embed", "bgsound", "svg", *_RAW, "/label", "/video", "/audio", "/object", "/svg", "param", "/param", "/embed"}
)


class Tag(NamedTuple):
    """A tag in lower case, `/name` where it closes, and where it begins.

    `text` is what a script, a style, a title or the like holds, and `within` where that begins.
    """

    name: str
    attributes: dict[str, str]
    at: int
    text: str = ""
    within: int = 0


def tags(text: str) -> Iterator[Tag]:
    """The tags of `text` that matter, without those in comments, in templates and for browsers without scripts."""
    unseen: list[str] = []
    for tag in _all_tags(text):
        if tag.name in _UNSEEN:
            unseen.append(tag.name)
        elif unseen:
            if tag.name == f"/{unseen[-1]}":
                unseen.pop()
        elif tag.attributes or tag.name in _BARE:
            yield tag


def _all_tags(text: str) -> Iterator[Tag]:
    at = 0
    while (found := _OPENING.search(text, at)) is not None:
        if found["comment"]:
            at = _after(text, "-->", found.end() - 2)  # `<!-->` is a whole comment
        elif found["bogus"]:
            at = _after(text, ">", found.end())
        else:
            attributes, at = _attributes(text, found.end())
            name = found["name"].lower()
            raw = _raw(text, name, at)
            yield Tag(name, attributes, found.start(), raw, at)
            at += len(raw)


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, and where it ends; the end of `text` for one that is not finished."""
    attributes: dict[str, str] = {}
    while (found := _ATTRIBUTE.match(text, at)) is not None:
        at = found.end()
        if found["end"]:
            return attributes, at
        if found.lastindex == 2 and _UNFINISHED.match(text, at):  # a quotation mark that nothing closes
            break
        value = found[3] or found[4] or found[5] or ""
        attributes.setdefault(found["name"].lower(), unescaped(value))
    return attributes, len(text)


def unescaped(text: str) -> str:
    """`text` with the signs that its references stand for."""
    if "&" not in text:
        return text
    from html import unescape  # with a list of two thousand names

    return unescape(text)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)


def _raw(text: str, name: str, at: int) -> str:
    """What an element holds in which there are no tags."""
    if name not in _RAW or (text[at - 2 : at] == "/>" and text.startswith("<?xml")):
        return ""
    found = _closing(name).search(text, at)
    return text[at : found.start() if found else len(text)]
