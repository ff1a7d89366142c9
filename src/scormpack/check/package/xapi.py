"""Rules about packages for xAPI: the file tincan.xml."""

from __future__ import annotations

from scormpack.check.package.activities import OTHERS, RULES, Listing, Vocabulary
from scormpack.check.package.standard import Standard
from scormpack.check.rule import Findings, Rule, rule, under
from scormpack.diagnostics import Severity

VOCABULARY = Vocabulary(
    standard="xapi",
    file="tincan.xml",
    schema="tincan.xsd",
    namespace="http://projecttincan.com/tincan.xsd",
    named=("activity",),
    kind="type",
    words=("name", "description"),
    needed=("name",),
    opens="launch",
)

OWN_RULES: list[Rule[Listing]] = []


@rule(
    OWN_RULES, "XAP-11", "No page to open, or several", Severity.ERROR, "Give `launch` to one activity: the module."
)
def not_one_page_to_open(listing: Listing) -> Findings:
    """With none the platform opens nothing. With two it opens one of them, and waits for ever for the other."""
    launches = [element for element, _ in listing.opened()]
    if not listing.is_ours:  # several languages may each have a page (projecttincan.com)
        launches = list({element.getparent(): element for element in reversed(launches)}.values())[::-1]
    if listing.tree is not None and len(launches) != 1:
        count = len(launches) or "no"
        yield listing.place(launches[1] if launches else None), f"there are {count} activities with `launch`"


@rule(
    OWN_RULES,
    "XAP-12",
    "Launch with more than a path",
    Severity.ERROR,
    "Leave out everything from `?` or `#` on.",
    house=True,
)
def launch_with_more_than_a_path(listing: Listing) -> Findings:
    """A platform appends `?` and its own parameters; after others the course finds neither learner nor record."""
    for element, link in listing.opened():
        if "?" in link or "#" in link:
            yield listing.place(element), f"`{link}` has more than a path"


@rule(
    OWN_RULES,
    "XAP-13",
    "Activity of another module",
    Severity.ERROR,
    "Begin it with the id of the activity that is launched.",
    house=True,
)
def activity_of_another_module(listing: Listing) -> Findings:
    """Pages and tasks of two modules under one name would share a learner's answers."""
    owners = [element.getparent() for element, _ in listing.opened()]
    mains = {owner.get("id") or "" for owner in owners if owner is not None}
    for element, name in listing.named():
        if len(mains) == 1 and name not in mains and not name.startswith(f"{next(iter(mains))}/"):
            yield listing.place(element), f"`{name}` is not below the module's own id"


STANDARDS = (Standard(VOCABULARY, Listing, (*under("XAP", RULES), *OWN_RULES), tuple(under("XAP", OTHERS))),)
