"""What every paper says of itself: the module and its version, the provider, the licence, the day of the review."""

from __future__ import annotations

import datetime
from typing import Any

from scormpack.course.model import Course
from scormpack.outputs.output import Sheet


def about(course: Course, sheet: Sheet) -> dict[str, Any]:
    """The data that paper.typ needs, and every template with it."""
    module = course.module
    return {
        "title": module.title,
        "version": course.words["certificate_version"].format(version=module.version),
        "language": module.language.split("-")[0],
        "region": _region(module.language),
        "direction": course.words["direction"],
        "provider": course.provider.name,
        "colour": course.provider.brand.colour,
        "publisher": course.settings.publisher,
        "licence": course.settings.licence,
        "review": course.words["print_review"].format(date=date(module.review_due, course)),
        "paper": sheet.paper,
        "turn": sheet.turn,
        "w": dict(course.words),
    }


def day_of(course: Course) -> datetime.date:
    """The day of the version, as packages are dated; else the day by which it has to be reviewed, which is known."""
    return course.module.day or course.module.review_due


def date(day: datetime.date, course: Course) -> str:
    """A day, in the words of the course."""
    months = course.words["months"].split()
    return course.words["date"].format(day=day.day, month=months[day.month - 1], year=day.year)


def _region(language: str) -> str | None:
    last = language.split("-")[-1]
    return last.lower() if len(last) == 2 and "-" in language else None
