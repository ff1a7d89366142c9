"""Rules about any package, whatever its standard: names, links, and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from scormpack.check.rule import Findings, Rule, rule, rule_for
from scormpack.diagnostics import Place, Severity
from scormpack.package import ACC_09, PKG_02, Package, Unread
from scormpack.source.patterns import pattern

NAME_RULES: list[Rule[Package]] = []
PAGE_RULES: list[Rule[Package]] = []

_NAME = pattern(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_SERVER_SIDE = pattern(r"\.(php\d*|phtml|cgi|sh|shtml|asp\w?|aspx|jsp|py|rb|pl|htaccess)$", re.IGNORECASE)
_LEFT_OVER = pattern(r"(^|/)(thumbs\.db|desktop\.ini|__macosx)|\.(map|bak|tmp|orig|swp)$|~$", re.IGNORECASE)
_REMOTE = pattern(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")
_CSS_LOAD = pattern(rb"@import|url\(\s*['\"]?(?:[a-z]+:)?//", re.IGNORECASE)
_OF_ITS_OWN = "//style | //script[not(string(@src))] | //@style/.. | //@*[starts-with(name(), 'on')]/.."

# Attributes that are an address, and those that hold some, or are one of some elements.
_ADDRESSES = frozenset(
    {"action", "background", "cite", "classid", "codebase", "data", "dynsrc", "formaction", "href"}
    | {"longdesc", "lowsrc", "profile", "src", "usemap"}
)
_WITH_ADDRESSES = frozenset({"archive", "content", "poster", "srcset", "style", "value"})
_SHOWN = frozenset({"poster", "src", "srcset"})
_IN_STYLE = pattern(r"(?:@import\s+(?:url\()?|url\()\s*[\"']?([^\"')]*)", re.IGNORECASE)
_IN_REFRESH = pattern(r"[^;]*;\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)

Page: TypeAlias = etree._Element
Link: TypeAlias = tuple[etree._Element, str, str]  # the element, the attribute and the address


def place(package: Package, path: str, line: int = 0) -> Place:
    """A place inside a package: `hands-scorm12.zip/imsmanifest.xml:14`."""
    return Place(f"{package.name}/{path}", line, outside=True)


@lru_cache(maxsize=4)
def parsed(data: bytes) -> Page:
    """A page as a tree, for all the rules that read it; an empty page is a tree without content."""
    page = etree.HTML(data)
    return etree.Element("html") if page is None else page


def _pages(package: Package) -> Iterator[tuple[str, Page]]:
    for entry in package.entries:
        if entry.path.endswith((".html", ".htm")) and not isinstance(entry, Unread):
            yield entry.path, parsed(entry.data)


@lru_cache(maxsize=4)
def _links(page: Page) -> tuple[Link, ...]:
    """Every link, in the order of the page."""
    return tuple(_found_links(page))


def _found_links(page: Page) -> Iterator[Link]:
    for element in page.iter(etree.Element):
        for name, value in element.items():
            if name in _ADDRESSES:
                yield element, name, value
            elif name in _WITH_ADDRESSES:
                yield from ((element, name, link) for link in _addresses(element, name, value))
        if element.tag == "style":
            yield from ((element, "", link) for link in _IN_STYLE.findall(element.text or ""))


def _addresses(element: etree._Element, name: str, value: str) -> list[str]:
    """The addresses in an attribute that is not one itself, whatever has it."""
    match name, element.tag:
        case "archive", _:
            return value.split()
        case "srcset", "img" | "source":
            return [part.split()[0] for part in value.split(",") if part.strip()]
        case "style", _:
            return _IN_STYLE.findall(value)
        case "content", "meta":
            return _IN_REFRESH.findall(value) if element.get("http-equiv", "").lower() == "refresh" else []
        case "value", "param":
            return [value] if element.get("valuetype", "").lower() == "ref" else []
        case "poster", "video":
            return [value] if value else []
    return []


@rule(
    NAME_RULES,
    "PKG-01",
    "Name that is not safe everywhere",
    Severity.ERROR,
    "Use ASCII letters, digits, `.`, `_` and `-`.",
    house=True,
)
def unsafe_name(package: Package) -> Findings:
    """Platforms unpack on other systems: spaces, accents and odd paths get lost there, and the page with them."""
    for entry in package.entries:
        if not _NAME.fullmatch(entry.path) or ".." in entry.path:
            yield place(package, entry.path), f"`{entry.path}` is not a safe name for a file"


@rule_for(NAME_RULES, PKG_02, house=True)
def names_that_differ_in_case_only(package: Package) -> Findings:
    """Find names that are the same after case folding."""
    seen: dict[str, str] = {}
    for entry in package.entries:
        first = seen.setdefault(entry.path.casefold(), entry.path)
        if first is not entry.path:
            yield (
                place(package, entry.path),
                f"`{entry.path}` and `{first}` are the same name on some systems",
            )


@rule(NAME_RULES, "PKG-03", "Unwanted file", Severity.ERROR, "Leave it out of the package.", house=True)
def unwanted_file(package: Package) -> Findings:
    """Some platforms refuse the whole upload for one such file."""
    for entry in package.entries:
        if _SERVER_SIDE.search(entry.path) or _LEFT_OVER.search(entry.path):
            yield place(package, entry.path), f"`{entry.path}` does not belong in a package"


@rule(PAGE_RULES, "PKG-04", "Link to nothing", Severity.ERROR, "Add the file, or correct the link.", house=True)
def link_to_nothing(package: Package) -> Findings:
    """The learner finds a gap where a picture or the whole behaviour of the course should be."""
    paths = {entry.path for entry in package.entries}
    for path, page in _pages(package):
        for element, attribute, link in _links(page):
            inside = attribute in _SHOWN or (attribute == "href" and element.tag == "link")
            here = path[: path.rfind("/") + 1]  # a package of several modules has pages in folders
            if inside and not _REMOTE.match(link) and not link.startswith("data:") and here + link not in paths:
                yield place(package, path, element.sourceline or 0), f"`{link}` is not in the package"


@rule(
    PAGE_RULES,
    "PRV-02",
    "Request to elsewhere",
    Severity.ERROR,
    "Put the file in the package.",
    always=True,
    house=True,
)
def request_to_elsewhere(package: Package) -> Findings:
    """A course that loads from elsewhere reveals to strangers who is learning, and breaks without a signal."""
    for path, page in _pages(package):
        for element, attribute, link in _links(page):
            if _REMOTE.match(link) and not (element.tag == "a" and attribute == "href"):
                yield place(package, path, element.sourceline or 0), f"`{link}` comes from elsewhere"
    for entry in package.entries:
        if entry.path.endswith(".css") and _CSS_LOAD.search(entry.data):
            yield place(package, entry.path), "the stylesheet loads from elsewhere"


@rule_for(PAGE_RULES, ACC_09, always=True, house=True)
def plays_or_moves_on_by_itself(package: Package) -> Findings:
    """Find media that play by themselves, and pages that move on."""
    for path, page in _pages(package):
        for element in page.iter("audio", "video"):
            if element.get("autoplay") is not None:
                yield place(package, path, element.sourceline or 0), f"<{element.tag!s}> plays by itself"
        for element in page.iter("meta"):
            if (element.get("http-equiv") or "").lower() == "refresh":
                yield place(package, path, element.sourceline or 0), "the page moves on by itself"


@rule(
    PAGE_RULES, "PKG-05", "Script or style in the page", Severity.ERROR, "Move it into a file of its own.", house=True
)
def script_or_style_in_the_page(package: Package) -> Findings:
    """The page's own security policy stops it, and a strict platform does too."""
    for path, page in _pages(package):
        for element in page.xpath(_OF_ITS_OWN):
            line = element.sourceline or 0
            yield place(package, path, line), f"<{element.tag}> holds a script or a style of its own"
