"""A course as HTML, the same for every target: one document, one script, one stylesheet."""

from __future__ import annotations

from dataclasses import dataclass

from scormpack.course.model import Course
from scormpack.package import Entry
from scormpack.render.brand import brand_css
from scormpack.render.bundles import bundle
from scormpack.render.page import course_html, facilitator_html

LAUNCH = "index.html"
GUIDE = "facilitator.html"
SCRIPT = "course.js"  # the player, which every target adds in its own kind


@dataclass(frozen=True)
class Site:
    """The rendered course without its script. `page` is the document before and behind what a target lets it ask."""

    page: tuple[str, str]
    others: tuple[Entry, ...]

    def files(self, asks: str = "") -> tuple[Entry, ...]:
        """All files; `asks` are the sources that the page may send requests to (CSP 3, 6.1.2), "" for none."""
        gap = f"connect-src {asks}; " if asks else ""
        return (Entry(LAUNCH, gap.join(self.page).encode()), *self.others)


def render(course: Course) -> Site:
    """The files of the course that do not depend on the target: page, styles and media."""
    styles = brand_css(course.provider.brand.colour) + bundle("course.css")
    guide = [Entry(GUIDE, facilitator_html(course).encode())] if course.module.facilitator_guide else []
    others = (
        *guide,
        Entry("course.css", styles.encode()),
        *(Entry(asset.path, asset.data) for asset in course.files()),
    )
    return Site(course_html(course), others)
