"""The stylesheet of a course: the rules that can be of use on its pages."""

from __future__ import annotations

import re
from functools import cache

from scormpack.render.bundles import bundle

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY = re.compile(r"@[^{}]+\{\}")
_COMMA = re.compile(r",(?![^(]*\))")
_MAY_BE_ABSENT = re.compile(r":not\([^)]*\)")
_NAME = re.compile(r'(?:[.#]|\b="?|\b(?=sp-))([\w-]+)')
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[\w-]+")


def styles(pages: str, script: str) -> str:
    """The rules for `pages`, as HTML, and the script that acts on them; a provider's colour comes before them."""
    return fitting(bundle("course.css"), f"{' '.join(_TAG.findall(pages))} {script}")


def fitting(css: str, text: str) -> str:
    """The rules for what can be there: all names of a selector stand in `text`, or begin there as in `is-${kind}`."""
    words = set(_WORD.findall(text))
    begun = tuple(word for word in words if word.endswith("-"))

    def fits(selector: str) -> bool:
        return all(name in words or name.startswith(begun) for name in _names(selector))

    def kept(rule: re.Match[str]) -> str:
        selectors = ",".join(filter(fits, _COMMA.split(rule[1])))
        return f"{selectors}{{{rule[2]}}}" if selectors else ""

    return _EMPTY.sub("", _RULE.sub(kept, css))


@cache
def _names(selector: str) -> tuple[str, ...]:
    """The classes, ids, values and elements of our own without which a selector selects nothing."""
    return tuple(_NAME.findall(_MAY_BE_ABSENT.sub("", selector)))
