"""Rules: what a course and a package have to be. They know the standards, never our writers."""

from __future__ import annotations

from collections.abc import Sequence

from scormpack.check import course, package, scorm12, scorm2004
from scormpack.check.rule import Rule
from scormpack.check.rule import check as check
from scormpack.course.model import Course
from scormpack.package import Package

CONTENT_RULES: list[Rule[Course]] = [*course.RULES]


def course_rules(target: str) -> Sequence[Rule[Course]]:
    """What a course has to be for one kind of package, besides CONTENT_RULES."""
    return scorm12.COURSE_RULES if target == "scorm12" else ()


def package_rules(target: str) -> Sequence[Rule[Package]]:
    """What a package of this kind has to be."""
    families = {
        "scorm12": scorm12.PACKAGE_RULES,
        "scorm2004-3rd": scorm2004.THIRD_RULES,
        "scorm2004-4th": scorm2004.FOURTH_RULES,
    }
    return [*package.RULES, *families.get(target, ())]
