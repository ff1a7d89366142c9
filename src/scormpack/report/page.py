"""A report as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from scormpack.render.brand import brand_css
from scormpack.report import pictures, words
from scormpack.report.upkeep import SHARED
from scormpack.report.values import Report
from scormpack.templates import render_template

_COLOUR = "#1F5F6B"  # of a report that is not one provider's


def as_html(report: Report) -> str:
    """The page: no script, no request; to read on a phone, on a wide screen and on paper."""
    colour = report.self_assessment.colour if report.self_assessment else _COLOUR
    return render_template(
        "report/report.html.j2",
        r=report,
        colours=brand_css(colour),
        STATES=words.STATES,
        STAGES=words.STAGES,
        SIGNS=words.SIGNS,
        ANSWERS=words.ANSWERS,
        PROVENANCE=words.PROVENANCE,
        SHARED=SHARED,
        counted=words.counted,
        dated=words.dated,
        listed=words.listed,
        monthly=words.monthly,
        CAME=words.CAME,
        pictures=pictures,
        many="{:,}".format,
    )
