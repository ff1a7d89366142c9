"""Rules about SCORM 1.2: its manifest, and how much it keeps for a learner."""

from __future__ import annotations

from scormpack.check.manifest import Edition, manifest_rules
from scormpack.check.rule import Findings, Rule, rule
from scormpack.course.model import Course
from scormpack.course.state import largest_state
from scormpack.diagnostics import Severity
from scormpack.package import Package

MOST_STATE = 4096  # characters of cmi.suspend_data: RTE 1.2, 3.4.4
MUCH_STATE = 3500

COURSE_RULES: list[Rule[Course]] = []
PACKAGE_RULES: list[Rule[Package]] = manifest_rules(
    Edition(
        family="S12",
        standard="scorm12",
        version="1.2",
        packaging="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        prefixes={"adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"},
        controlled=("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    )
)


@rule(COURSE_RULES, "S12-20", Severity.ERROR, "Shorten the ids, or make two modules of it.", always=True)
def more_state_than_is_kept(course: Course) -> Findings:
    """A platform cuts or refuses what is too long, and the learner begins again from the first page."""
    size = largest_state(course.module)
    if size > MOST_STATE:
        yield (
            course.module.place("pages"),
            f"progress can grow to {size} characters; SCORM 1.2 keeps {MOST_STATE}",
        )


@rule(COURSE_RULES, "S12-21", Severity.WARNING, "Shorten the ids, or make two modules of it.")
def much_state(course: Course) -> Findings:
    """The next page that is added may be one too many for what a platform keeps."""
    size = largest_state(course.module)
    if MUCH_STATE < size <= MOST_STATE:
        yield course.module.place("pages"), f"progress can grow to {size} of {MOST_STATE} characters"
