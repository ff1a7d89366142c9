"""Pages, styles and scripts, and what they ask for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from scormpack.check.package.site import charset, css, javascript
from scormpack.check.package.site.address import Address, Way, resolve
from scormpack.check.package.site.markup import Tag, unescaped
from scormpack.source.patterns import pattern

_PAGE_NAME = pattern(r"\.x?html?(?=[\"'`?#])")
_LONGEST_NAME = 200  # characters of the address of a page in a script
_MOST_NAMES = 2_000  # such addresses in one script
_MOST_LINKS = 20_000  # that are looked at in one file
_CANDIDATE = pattern(r"[,\t\n\f\r ]*+([^\t\n\f\r ]++)([^,]*+)")
_SCRIPT_TYPES = pattern(r"(?:(?:text|application)/(?:x-)?(?:java|ecma|j)script.*|module|)\Z", re.IGNORECASE)
_REFRESH = pattern(r"\s*([\d.]*)[^;,]*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_LIBRARY = pattern(
    r"jquery[ -]|react|angular|bootstrap|modernizr|\blodash\b|videojs|mediaelement|mathjax", re.IGNORECASE
)
_BANNER = 600  # characters in which a library says its name
_NO_WORD = pattern(r"<!--.*?(?:-->|\Z)|<[!?/a-zA-Z][^>]*>?", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A file of words, or the part of one that begins at `start`."""

    path: str
    text: str
    start: int = 0
    whole: str = ""

    @property
    def folder(self) -> str:
        """The folder of the file, with its stroke; empty at the root."""
        return self.path[: self.path.rfind("/") + 1]

    def line(self, at: int) -> int:
        """The line of the file in which the character `at` stands."""
        return bisect_right(self._ends, self.start + at - 1) + 1

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.whole or self.text)]

    @cached_property
    def page_names(self) -> tuple[str, ...]:
        """What looks like the address of a page between quotation marks."""
        found = islice(_PAGE_NAME.finditer(self.text), _MOST_NAMES)
        return tuple({self._name(each): None for each in found})

    def _name(self, found: re.Match[str]) -> str:
        before = self.text[max(0, found.start() - _LONGEST_NAME) : found.start()]
        return before[max(map(before.rfind, "\"'`<>#?")) + 1 :] + found[0]


class Script(Source):
    """A script, in a file of its own or in a page."""

    @cached_property
    def code(self) -> str:
        """What of it is code."""
        return javascript.code(self.text)

    @cached_property
    def is_library(self) -> bool:
        """Whether it says, where it begins, that it is a library that others keep."""
        return not self.whole and _LIBRARY.search(self.text[:_BANNER]) is not None


@dataclass(frozen=True)
class Page(Source):
    """A page, as it is read by a browser with scripts."""

    words: charset.Words = charset.NONE
    tags: tuple[Tag, ...] = ()  # but for those that no rule asks about

    @cached_property
    def root(self) -> Tag | None:
        """The tag `html`; None for a part of a page."""
        return next((tag for tag in self.tags if tag.name == "html"), None)

    @cached_property
    def is_blank(self) -> bool:
        """Whether there is not a word on it."""
        begins, ends = [0], []
        for tag in self.tags:
            ends.append(tag.at)
            begins.append(tag.within + len(tag.text))
        between = (self.text[begin:end] for begin, end in zip(begins, [*ends, len(self.text)], strict=True))
        return not any(unescaped(_NO_WORD.sub("", text)).strip() for text in between)

    @cached_property
    def base(self) -> str:
        """Where its links begin (HTML, 4.2.3)."""
        found = (tag.attributes["href"] for tag in self.tags if tag.name == "base" and tag.attributes.get("href"))
        return next(found, "")

    def address(self, link: str) -> Address:
        """Where a link of the page leads."""
        address = resolve(link, self.folder)
        if not self.base or address.way not in (Way.INSIDE, Way.ABOVE):
            return address
        base = resolve(self.base, self.folder)
        return resolve(link, base.path[: base.path.rfind("/") + 1]) if base.way is Way.INSIDE else base

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Everything that it asks for."""
        return tuple(islice(_in_page(self), _MOST_LINKS))

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The scripts that stand in it."""
        return tuple(
            Script(self.path, tag.text, tag.within, self.text)
            for tag in self.tags
            if tag.name == "script"
            and tag.text.strip()
            and _SCRIPT_TYPES.match(tag.attributes.get("type", "").strip())
        )


class Reference(NamedTuple):
    """What a file asks for. `role` says what as: `script`, `style`, `frame`, `picture`, `link` and so on."""

    source: Source
    at: int
    role: str
    link: str
    address: Address
    tag: Tag | None = None


# What the attributes of these elements ask for; of those in `_ANY` on any element.
_ROLES = {
    ("script", "src"): "script",
    ("iframe", "src"): "frame",
    ("frame", "src"): "frame",
    ("embed", "src"): "object",
    ("object", "data"): "object",
    ("img", "src"): "picture",
    ("image", "href"): "picture",
    ("image", "xlink:href"): "picture",
    ("use", "href"): "picture",
    ("use", "xlink:href"): "picture",
    ("input", "src"): "picture",
    ("body", "background"): "extra",
    ("video", "src"): "media",
    ("video", "poster"): "extra",
    ("audio", "src"): "media",
    ("source", "src"): "source",
    ("track", "src"): "media",
    ("a", "href"): "link",
    ("a", "xlink:href"): "link",
    ("area", "href"): "link",
    ("form", "action"): "form",
}
_OF = {name: [(each, role) for (of, each), role in _ROLES.items() if of == name] for name, _ in _ROLES}


def _in_page(page: Page) -> Iterator[Reference]:
    for tag in page.tags:
        for role, link in _in_tag(tag):
            yield Reference(page, tag.at, role, link, page.address(link), tag)
        if tag.name == "style":
            yield from _in_own_style(page, tag.text, tag, tag.within)
        elif "style" in tag.attributes:
            yield from _in_own_style(page, tag.attributes["style"], tag)


def _in_own_style(page: Page, text: str, tag: Tag, begin: int | None = None) -> Iterator[Reference]:
    """What a style in the page asks for; without `begin` it is that of an element."""
    for link, where, is_style in css.loaded(text):
        at = tag.at if begin is None else begin + where
        yield Reference(page, at, "style" if is_style else "extra", link, page.address(link), tag)


def _in_tag(tag: Tag) -> Iterator[tuple[str, str]]:
    attributes = tag.attributes
    if not attributes:
        return
    for name, role in _OF.get(tag.name, ()):
        if name in attributes:
            yield role, attributes[name]
    if tag.name in ("img", "source"):
        yield from (("picture", link) for link in _candidates(attributes.get("srcset", "")))
    elif tag.name == "link" and "href" in attributes:
        yield _role_of(attributes.get("rel", "").lower().split()), attributes["href"]
    elif tag.name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield "refresh", refresh(attributes.get("content", ""))[1]


def refresh(content: str) -> tuple[float, str]:
    """After how many seconds a page moves on, and where to."""
    found = _REFRESH.match(content)
    try:
        return float(found[1] or 0) if found else 0, found[2] if found else ""
    except ValueError:
        return 0, ""


def _role_of(rel: list[str]) -> str:
    if "stylesheet" in rel:
        return "extra" if "alternate" in rel else "style"
    loaded = {"icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch"}
    return "hint" if loaded & set(rel) else "none"


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses in a `srcset` (HTML, 4.8.4.2.1)."""
    at = 0
    while (found := _CANDIDATE.match(srcset, at)) is not None:
        link = found[1].rstrip(",")
        at = found.end(1) if link != found[1] else found.end()
        if link:
            yield link


def in_style(source: Source) -> Iterator[Reference]:
    """What the style `source` asks for."""
    for link, at, is_style in islice(css.loaded(source.text), _MOST_LINKS):
        yield Reference(source, at, "style" if is_style else "extra", link, resolve(link, source.folder))
