"""Words of the glossary in a page's text: the first time that one stands there, its meaning is a tap away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from scormpack.content.library import Term

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9-]*)")
# A tap has another meaning in these already, or they are no running text.
_LEAVE = {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "option", "select", "summary", "dt"}
_VALUE = re.compile(r'"[^"]*"')
_EMPTY = {"img", "input", "br", "hr", "source", "track"}
_QUOTES = {"'": "(?:'|&#39;)", '"': '(?:"|&#34;|&quot;)'}


class Glossary:
    """The terms of a library, ready to be found in text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_form = {form: term for term in terms for form in (term.term, *term.also)}
        forms = sorted(by_form, key=len, reverse=True)  # the longest form that fits
        self.terms = [by_form[form] for form in forms]
        alternatives = "|".join(f"({_pattern(form)})" for form in forms)
        self.pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])") if forms else None

    def mark(self, html: str) -> tuple[Markup, set[str]]:
        """`html` with each term linked where it first stands, and the ids of the terms found."""
        if self.pattern is None:
            return Markup(html), set()
        found: set[str] = set()

        def linked(match: re.Match[str]) -> str:
            assert match.lastindex is not None
            term = self.terms[match.lastindex - 1]
            if term.id in found:
                return match[0]
            found.add(term.id)
            return f'<a class="term" href="#word.{term.id}">{match[0]}</a>'

        parts = _TAG.split(str(html))
        around = [False]  # for each element that is open: whether its text is left as it is
        for number, part in enumerate(parts):
            if number % 2 == 0:
                parts[number] = part if around[-1] else self.pattern.sub(linked, part)
            elif (tag := _NAME.match(part)) and tag[2] not in _EMPTY:
                if not tag[1]:
                    around.append(around[-1] or tag[2] in _LEAVE or _is_set_apart(part))
                elif len(around) > 1:
                    around.pop()
        return Markup("".join(parts)), found


def _is_set_apart(tag: str) -> bool:
    """What is not seen yet, and names and places, which are nobody's vocabulary."""
    return " hidden" in _VALUE.sub("", tag) or 'class="contacts"' in tag or 'class="slot"' in tag


def _pattern(form: str) -> str:
    """A form in capitals is found as it is; another one also at the start of a sentence; both in the plural."""
    first, rest = _sign(form[0]), "".join(map(_sign, form[1:]))
    if form[0].islower():
        first = f"(?:{first}|{re.escape(form[0].upper())})"
    return f"{first}{rest}s?"


def _sign(sign: str) -> str:
    """A sign as it stands in HTML; Markdown and templates escape quotes differently. A space may end a line."""
    if sign.isspace():
        return r"\s"
    return _QUOTES.get(sign) or re.escape(str(escape(sign)))
