"""A course as HTML, the same for every target: one document, one script, one stylesheet."""

from __future__ import annotations

from scormpack.course.model import Course
from scormpack.package import Entry
from scormpack.render.brand import brand_css
from scormpack.render.bundles import bundle
from scormpack.render.page import course_html, facilitator_html

LAUNCH = "index.html"
GUIDE = "facilitator.html"


def render(course: Course) -> tuple[Entry, ...]:
    """The files of the course that do not depend on the target: page, styles and media."""
    styles = brand_css(course.provider.brand.colour) + bundle("course.css")
    guide = [Entry(GUIDE, facilitator_html(course).encode())] if course.module.facilitator_guide else []
    return (
        Entry(LAUNCH, course_html(course).encode()),
        *guide,
        Entry("course.css", styles.encode()),
        *(Entry(asset.path, asset.data) for asset in course.files()),
    )
