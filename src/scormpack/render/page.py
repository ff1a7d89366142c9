"""The one document of a course, from the templates of its blocks."""

from __future__ import annotations

from markupsafe import Markup

from scormpack.course.model import Course
from scormpack.course.resolve import AFTER
from scormpack.render.text import (
    block_html,
    contact_link,
    detail_html,
    inline_html,
    label_html,
    plain,
    sms,
    tel,
)
from scormpack.templates import render_template


def course_html(course: Course) -> str:
    """The document: complete without scripts, a <section> per page."""

    def inline(text: str) -> Markup:
        return inline_html(text, course)

    def label(text: str) -> Markup:
        return label_html(text, course)

    def markdown(text: str) -> Markup:
        return block_html(text, course)

    def said(text: str) -> str:
        return plain(text, course)

    return render_template(
        "render/course.html.j2",
        course=course,
        module=course.module,
        w=course.words,
        AFTER=AFTER,
        inline=inline,
        label=label,
        markdown=markdown,
        said=said,
        contact_link=contact_link,
        detail_html=lambda detail: detail_html(detail, course),
        tel=tel,
        sms=sms,
    )
