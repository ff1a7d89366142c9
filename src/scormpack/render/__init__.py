"""A course as HTML, the same for every target: one document, one script, one stylesheet."""

from __future__ import annotations

from dataclasses import dataclass

from scormpack.course.model import Course
from scormpack.package import Entry, stamped
from scormpack.render.brand import brand_css
from scormpack.render.bundles import bundle, player
from scormpack.render.page import course_html, facilitator_html

LAUNCH = "index.html"
GUIDE = "facilitator.html"
STYLES = "course.css"
SCRIPT = "course.js"  # the player, which every target adds in its own kind


@dataclass(frozen=True)
class Site:
    """The rendered course without its script.

    `page` is the document in three parts: between them stand what a target lets it ask, and the name of the script.
    """

    page: tuple[str, str, str]
    others: tuple[Entry, ...]

    def files(self, driver: str = "", asks: str = "") -> tuple[Entry, ...]:
        """All files, with the player for the driver of a target, where one is given.

        `asks` are the sources that the page may send requests to (CSP 3, 6.1.2), "" for none.
        """
        begin, middle, end = self.page
        script = player(driver, end).encode() if driver else b""
        course = Entry(stamped(SCRIPT, script), script)
        policy = f"connect-src {asks}; " if asks else ""
        page = Entry(LAUNCH, "".join([begin, policy, middle, course.path, end]).encode())
        return (page, *self.others, course)


def render(course: Course) -> Site:
    """The files of the course that do not depend on the target: page, styles and media."""
    written = (brand_css(course.provider.brand.colour) + bundle("course.css")).encode()
    styles = Entry(stamped(STYLES, written), written)
    guide = [Entry(GUIDE, facilitator_html(course, styles.path).encode())] if course.module.facilitator_guide else []
    others = (
        *guide,
        styles,
        *(Entry(asset.path, asset.data) for asset in course.files()),
    )
    return Site(course_html(course, styles.path), others)
