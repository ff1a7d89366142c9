"""A report as a paper: its page on A4, to be signed, filed or handed over."""

from __future__ import annotations

from scormpack.diagnostics import Place
from scormpack.outputs.output import Made
from scormpack.outputs.page import on_paper
from scormpack.report.page import as_html
from scormpack.report.values import Report


def as_pdf(report: Report, place: Place) -> Made:
    """The PDF, which says what the page says; what is found while it is made (OUT-01) is about `place`."""
    return on_paper(as_html(report), report.publisher, report.date, place)
