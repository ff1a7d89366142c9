"""Kinds of package: the table of all of them. To add one, make its folder and name it here."""

from __future__ import annotations

from typing import Final

from scormpack.targets import cmi5, scorm12, scorm2004, web, xapi
from scormpack.targets.target import Target as Target

TARGETS: Final[dict[str, Target]] = {
    target.name: target
    for target in (scorm12.TARGET, scorm2004.THIRD, scorm2004.FOURTH, xapi.TARGET, cmi5.TARGET, web.TARGET)
}

# Large platforms name only the 3rd edition, so it is what "SCORM 2004" means here.
ALIASES: Final[dict[str, str]] = {"scorm2004": scorm2004.THIRD.name}
# Those that take a course of several modules as one package.
COURSE_TARGETS: Final[tuple[str, ...]] = tuple(name for name, target in TARGETS.items() if target.describe_course)
