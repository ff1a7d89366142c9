"""Words of the glossary in a page's text: the first time that one stands there, its meaning is a tap away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import Markup, escape

from scormpack.content.library import Term
from scormpack.render.marks import MARK

_TAG = re.compile(rf"(<[^>]*>|{MARK}[^{MARK}]*{MARK})")  # or a mark, which is no text
_NAME = re.compile(r"<(/?)([a-z][a-z0-9-]*)")
# A tap has another meaning in these already, or they are no running text.
_LEAVE = {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "option", "select", "summary", "dt"}
_SET_APART = ("contacts", "slot", "aims")
_VALUE = re.compile(r'"[^"]*"')
_WORD = re.compile(r"\w+")
_EMPTY = {"img", "input", "br", "hr", "source", "track"}
_QUOTES = {"'": "(?:'|&#39;)", '"': '(?:"|&#34;|&quot;)'}


class Glossary:
    """The terms of a library, ready to be found in text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        forms = [(form, term) for term in terms for form in (term.term, *term.also)]
        self.by_first_word: dict[str, list[tuple[str, Term]]] = {}
        for form, term in sorted(forms, key=lambda pair: -len(pair[0])):  # the longest form that fits
            if first := _WORD.search(form):
                self.by_first_word.setdefault(first[0].lower(), []).append((form, term))

    def mark(self, html: str) -> tuple[Markup, set[str]]:
        """`html` with each term linked where it first stands, and the ids of the terms found."""
        found: set[str] = set()
        parts = _TAG.split(str(html))
        around = [False]  # for each element that is open: whether its text is left as it is
        for number, part in enumerate(parts):
            if number % 2 == 0:
                parts[number] = part if around[-1] else "".join(self._linked(part, found))
            elif (tag := _NAME.match(part)) and tag[2] not in _EMPTY:
                if not tag[1]:
                    around.append(around[-1] or tag[2] in _LEAVE or _is_set_apart(part))
                elif len(around) > 1:
                    around.pop()
        return Markup("".join(parts)), found

    def _linked(self, text: str, found: set[str]) -> Iterator[str]:
        """The pieces of `text`; `found` gets what is met for the first time."""
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done or text[word.start() - 1 : word.start()] == "-":
                continue
            for form, term in self._candidates(word[0].lower()):
                if match := _pattern(form).match(text, word.start()):
                    yield text[done : word.start()]
                    yield match[0] if term.id in found else f'<a class="term" href="#word.{term.id}">{match[0]}</a>'
                    found.add(term.id)
                    done = match.end()
                    break
        yield text[done:]

    def _candidates(self, word: str) -> Iterable[tuple[str, Term]]:
        """The forms that may begin with `word`, which can be a plural; the longest first."""
        forms = self.by_first_word
        return forms.get(word) or forms.get(word.removesuffix("s")) or ()


def _is_set_apart(tag: str) -> bool:
    """What is not seen yet, and names and places, which are nobody's vocabulary."""
    return " hidden" in _VALUE.sub("", tag) or any(f'class="{name}"' in tag for name in _SET_APART)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """A form in capitals is found as it is; another one also at the start of a sentence; both in the plural."""
    first, rest = _sign(form[0]), "".join(map(_sign, form[1:]))
    if form[0].islower():
        first = f"(?:{first}|{re.escape(form[0].upper())})"
    return re.compile(rf"{first}{rest}s?(?![\w-])")


def _sign(sign: str) -> str:
    """A sign as it stands in HTML; Markdown and templates escape quotes differently. A space may end a line."""
    if sign.isspace():
        return r"\s"
    return _QUOTES.get(sign) or re.escape(str(escape(sign)))
