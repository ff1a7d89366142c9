"""A course as HTML, the same for every target: one document, one script, one stylesheet."""

from __future__ import annotations

from dataclasses import dataclass

from scormpack.course.model import Course
from scormpack.package import Entry, stamped
from scormpack.render.bundles import player
from scormpack.render.page import course_html, facilitator_html
from scormpack.render.styles import styles

LAUNCH = "index.html"
GUIDE = "facilitator.html"
STYLES = "course.css"
SCRIPT = "course.js"  # the player, which every target adds in its own kind
ANY = "web"  # a driver: what each of them says to a platform is no matter of style


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
    begin, middle, link, end = course_html(course)
    guide = facilitator_html(course) if course.module.facilitator_guide else []
    pages = "".join([begin, end, *guide])
    written = styles(course.provider.brand.colour, pages, player(ANY, end)).encode()
    sheet = Entry(stamped(STYLES, written), written)
    others = (
        *([Entry(GUIDE, sheet.path.join(guide).encode())] if guide else []),
        sheet,
        *(Entry(asset.path, asset.data) for asset in course.files() if asset.path in pages),
    )
    return Site((begin, f"{middle}{sheet.path}{link}", end), others)
