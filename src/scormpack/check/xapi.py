"""Rules about packages for xAPI: tincan.xml, and the address that names what is recorded."""

from __future__ import annotations

from scormpack.check.activities import Form, activity_rules, readable
from scormpack.check.authority import authority_rules
from scormpack.check.rule import Findings, Rule, rule
from scormpack.course.model import Course
from scormpack.diagnostics import Severity
from scormpack.package import Package

FORM = Form(
    family="XAP",
    standard="xapi",
    file="tincan.xml",
    namespace="http://projecttincan.com/tincan.xsd",
    named=("activity",),
    kind="type",
    words=("name", "description"),
    opens="launch",
)

COURSE_RULES: list[Rule[Course]] = authority_rules(FORM.family)
PACKAGE_RULES: list[Rule[Package]] = activity_rules(FORM)


@rule(PACKAGE_RULES, "XAP-11", Severity.ERROR, "Give `launch` to one activity: the module.")
def not_one_page_to_open(package: Package) -> Findings:
    """With none the platform opens nothing. With two it opens one of them, and waits for ever for the other."""
    launches = [element for element, _ in FORM.opened(package)]
    if readable(FORM, package) and len(launches) != 1:
        count = len(launches) or "no"
        yield FORM.place(package, launches[1] if launches else None), f"there are {count} activities with `launch`"


@rule(PACKAGE_RULES, "XAP-12", Severity.ERROR, "Leave out everything from `?` or `#` on.")
def launch_with_more_than_a_path(package: Package) -> Findings:
    """A platform adds `?` and its own words; behind others the course finds neither learner nor record."""
    for element, link in FORM.opened(package):
        if "?" in link or "#" in link:
            yield FORM.place(package, element), f"`{link}` has more than a path"


@rule(PACKAGE_RULES, "XAP-13", Severity.ERROR, "Begin it with the id of the activity that is launched.")
def activity_of_another_module(package: Package) -> Findings:
    """Pages and tasks of two modules under one name would share a learner's answers."""
    owners = [element.getparent() for element, _ in FORM.opened(package)]
    mains = {owner.get("id") or "" for owner in owners if owner is not None}
    for element, name in FORM.with_id(package):
        if len(mains) == 1 and name not in mains and not name.startswith(f"{next(iter(mains))}/"):
            yield FORM.place(package, element), f"`{name}` is not below the module's own id"
