"""A course as HTML, the same for every target: one document, one script, one stylesheet.

It is drafted once, with marks where providers differ, and filled for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scormpack.course.model import Course
from scormpack.package import Entry, stamped
from scormpack.render.brand import brand_css
from scormpack.render.bundles import elements_in, player
from scormpack.render.marks import POLICY, SCRIPT, STYLES, Marked, filled, names_in, partly_filled
from scormpack.render.own import CLASSES, values
from scormpack.render.page import course_html, facilitator_html
from scormpack.render.styles import styles

LAUNCH = "index.html"
GUIDE = "facilitator.html"
SHEET = "course.css"
PLAYER = "course.js"  # which every target adds in its own kind
ANY = "web"  # a driver: what each of them says to a platform is no matter of style


@dataclass(frozen=True)
class Site:
    """The rendered course of a provider, without its script.

    `page` is the document with marks for what a target lets it ask, and for the name of the script; `elements` are
    those of the player's that stand on it.
    """

    page: Marked
    others: tuple[Entry, ...]
    elements: frozenset[str]

    def files(self, driver: str = "", asks: str = "") -> tuple[Entry, ...]:
        """All files, with the player for the driver of a target, where one is given.

        `asks` are the sources that the page may send requests to (CSP 3, 6.1.2), "" for none.
        """
        script = _script(driver, self.elements)
        policy = f"connect-src {asks}; " if asks else ""
        page = Entry(LAUNCH, filled(self.page, {POLICY: policy, SCRIPT: script.path}).encode())
        return (page, *self.others, script)


class Draft(NamedTuple):
    """A course rendered for every provider: documents with marks, the styles without a colour, and the media."""

    page: Marked
    guide: Marked | None
    styles: str
    media: tuple[Entry, ...]
    elements: frozenset[str]

    def fill(self, course: Course) -> Site:
        """The site of the provider of `course`, which is the same course but for what is the provider's own."""
        sheet = _sheet(self.styles, course.provider.brand.colour)
        documents = [self.page, *([self.guide] if self.guide else [])]
        own = {STYLES: sheet.path, **values(names_in(documents) - {POLICY, SCRIPT, STYLES}, course)}
        guide = [Entry(GUIDE, filled(self.guide, own).encode())] if self.guide else []
        page = partly_filled(self.page, own)
        return Site(page, (*guide, sheet, *self.media, *_logo(course, own)), self.elements)


def draft(course: Course) -> Draft:
    """The course for every provider, whoever it is that this one is for."""
    page = course_html(course)
    guide = facilitator_html(course) if course.module.facilitator_guide else None
    texts = "".join([*page[::2], *(guide or ())[::2]])
    elements = elements_in(texts)
    media = tuple(Entry(asset.path, asset.data) for asset in course.media() if asset.path in texts)
    return Draft(page, guide, styles(f'{texts}<p class="{CLASSES}">', player(ANY, elements)), media, elements)


def render(course: Course) -> Site:
    """The files of the course that do not depend on the target: pages, styles and media."""
    return draft(course).fill(course)


def _logo(course: Course, own: Mapping[str, str]) -> tuple[Entry, ...]:
    """The logo, unless it is in the page itself."""
    shown = (each for name, each in own.items() if name.startswith("logo"))
    logo = course.logo
    return (Entry(logo.path, logo.data),) if logo and any(logo.path in each for each in shown) else ()


@lru_cache(maxsize=32)
def _script(driver: str, elements: frozenset[str]) -> Entry:
    """The player; it is the same for all providers of a course, and so is its place in a package when compressed."""
    script = player(driver, elements).encode() if driver else b""
    return Entry(stamped(PLAYER, script), script)


@lru_cache(maxsize=256)
def _sheet(rules: str, colour: str) -> Entry:
    sheet = (brand_css(colour) + rules).encode()
    return Entry(stamped(SHEET, sheet), sheet)
