"""Rules about packages for cmi5: the file cmi5.xml."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from scormpack.check.package.activities import OTHERS, RULES, Listing, Vocabulary
from scormpack.check.package.standard import Standard
from scormpack.check.rule import Findings, Found, Rule, rule, under
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

VOCABULARY = Vocabulary(
    standard="cmi5",
    file="cmi5.xml",
    schema="CourseStructure.xsd",
    namespace="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd",
    named=("course", "objective", "block", "au"),
    kind="activityType",
    words=("title", "description"),
    needed=("title", "description"),
    opens="url",
)
PLATFORMS_OWN = frozenset({"endpoint", "fetch", "actor", "registration", "activityId"})  # cmi5, 8.1
MOVE_ON = frozenset({"NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed"})
_MASTERY = pattern(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?")
_SHARE = pattern(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)|-0+")  # a decimal (XML Schema 2, 3.2.3)

OWN_RULES: list[Rule[Listing]] = []


@rule(OWN_RULES, "CM5-11", "No unit to open", Severity.ERROR, "Give the course an `au` with a `url`.")
def no_unit_to_open(listing: Listing) -> Findings:
    """A course of titles alone is a list with nothing to tap."""
    if listing.tree is not None and not any(link for _, link in listing.opened()):
        yield listing.place(), "there is no `au` with a `url`"


@rule(
    OWN_RULES,
    "CM5-12",
    "Parameter that the platform needs",
    Severity.ERROR,
    "Use another parameter in the query of `url`, or none.",
)
def word_that_the_platform_needs(listing: Listing) -> Findings:
    """A platform identifies the learner by these parameters. Already taken, they lead to no record."""
    for element, link in listing.opened():
        for name, _ in parse_qsl(link.partition("?")[2], keep_blank_values=True):
            if name in PLATFORMS_OWN:
                yield listing.place(element), f"`{name}` in `{link}` is the platform's own"


@rule(
    OWN_RULES,
    "CM5-13",
    "Id of another authority",
    Severity.ERROR,
    "Begin every id with the library's `authority`.",
    house=True,
)
def id_of_another_authority(listing: Listing) -> Findings:
    """Names under somebody else's address may be in use already, for something else."""
    course = next(listing.elements("course"), None)
    own = _host(course.get("id") or "") if course is not None else ""
    for element, name in listing.named():
        if own and _host(name) not in ("", own):
            yield listing.place(element), f"`{name}` is not at {own}, where the course is"


@rule(
    OWN_RULES,
    "CM5-14",
    "No word on when a unit is done",
    Severity.ERROR,
    "Write it: `CompletedAndPassed`, or `Completed` without questions.",
    house=True,
)
def no_word_on_when_a_unit_is_done(listing: Listing) -> Findings:
    """Without `moveOn` a platform counts the unit as done before the worker has opened it."""
    for element in listing.elements("au"):
        word = element.get("moveOn")
        if word is None:
            yield listing.place(element), "`moveOn` is missing"
        elif word not in MOVE_ON:
            yield listing.place(element), f"`{word}` is no word for `moveOn`"


@rule(OWN_RULES, "CM5-15", "Pass mark that is not a share", Severity.ERROR, "Write a share: `0.8` for 80 percent.")
def pass_mark_that_is_no_share(listing: Listing) -> Findings:
    """Read as a percentage, or not at all, it passes nobody or everybody."""
    for element in listing.elements("au"):
        mark = element.get("masteryScore")
        if mark is None or _MASTERY.fullmatch(mark if listing.is_ours else mark.strip()):
            continue
        is_share = _SHARE.fullmatch(mark.strip()) and float(mark) <= 1
        grave = listing.milder(Severity.WARNING if is_share else Severity.ERROR)
        yield Found(listing.place(element), f"`{mark}` is not from 0 to 1 with at most four decimals", grave)


@rule(
    OWN_RULES,
    "CM5-16",
    "Objective that is not there",
    Severity.ERROR,
    "Correct the id, or add the objective to the course.",
)
def objective_that_is_not_there(listing: Listing) -> Findings:
    """A manager would see that the worker has achieved something, and not what."""
    objectives = list(listing.elements("objective"))
    known = {element.get("id") for element in objectives}
    for element in objectives:
        name = element.get("idref")
        if name is not None and name not in known:
            yield listing.place(element), f"`{name}` is not defined"


def _host(iri: str) -> str:
    """Scheme and host of `iri`; empty where it has none."""
    try:
        parts = urlsplit(iri)
    except ValueError:  # brackets that hold no address
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


STANDARDS = (Standard(VOCABULARY, Listing, (*under("CM5", RULES), *OWN_RULES), tuple(under("CM5", OTHERS))),)
