"""Every code that can be told, with what it means: for explanations, reports and the list of rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from scormpack.check.content import ADVICE_RULES, COURSE_RULES, LIBRARY_RULES, MODULE_RULES, waivable
from scormpack.check.content.target import TARGET_RULES
from scormpack.check.package import STANDARDS, package_rules
from scormpack.check.reading import READING, READING_TOO
from scormpack.check.rule import Rule
from scormpack.diagnostics import Severity

Origin: TypeAlias = Literal["reading", "module", "recommendation", "library", "course", "package", "session"]

# What is looked at when a code is told.
ORIGINS: Final[dict[Origin, str]] = {
    "reading": "what files hold",
    "module": "a module as written",
    "recommendation": "a recommendation",
    "library": "the library as a whole",
    "course": "a module as one provider gets it",
    "package": "a finished package, when it is built",
    "session": "what a course says to its platform, in the project's own tests",
}
# In which file a waiver of such a rule stands.
WAIVED_IN: Final[dict[Origin, str]] = {
    "module": "`module.yaml`",
    "recommendation": "the recommendation's own file",
    "library": "`library.yaml`",
    "course": "`module.yaml`, or the provider's own file",
}


class Family(NamedTuple):
    """Codes that begin alike: what they are about."""

    title: str
    sentence: str


FAMILIES: Final[dict[str, Family]] = {
    "MOD": Family("Modules", "What a module is for, how long it takes and who looks after it."),
    "ACC": Family("Access", "Everyone can read, hear, see, afford and print what a worker needs."),
    "SAF": Family("Safety", "Nobody comes to harm: not the person cared for, and not the one who reads."),
    "SCN": Family("Stories", "A story shows a good way, explains the others and comes to an end."),
    "QUZ": Family("Questions", "Questions are fair and explained, and never a trap."),
    "PRV": Family("Privacy", "What a learner writes, and that she learns at all, is nobody else's business."),
    "LOC": Family(
        "Providers", "Local numbers are there and right, and a provider does not change what a module says."
    ),
    "LNK": Family("What leads where", "Names lead somewhere, and recommendations lead to something to learn."),
    "REC": Family("Recommendations", "One person, one action, a reason, and a way to see that it is done."),
    "PRO": Family("Credit", "Those who made a text are named as what they did, and have seen what it became."),
    "CLM": Family("Claims", "A module says no more of itself than somebody has put on record."),
    "ASS": Family("Self-assessments", "A provider's answers, and what shows that they are true."),
    "REL": Family("Left to do", "Notes of authors to themselves; they stop nothing."),
    "WVR": Family("Waivers", "Somebody answers for an exception, for a time, and with a reason."),
    "SRC": Family("Files", "Files can be opened and read as what they are."),
    "FRM": Family("Fields and blocks", "What is written has the form that it has to have."),
    "PKG": Family("Packages", "Any package: its names, its links, and nothing from outside."),
    "S12": Family("SCORM 1.2", "The manifest, and how much SCORM 1.2 keeps for a learner."),
    "S24": Family("SCORM 2004", "The manifest in the 3rd and the 4th Edition."),
    "XAP": Family("xAPI", "The file tincan.xml, and the address that names what is recorded."),
    "CM5": Family("cmi5", "The file cmi5.xml, and the address that names what is recorded."),
    "RTE": Family(
        "Sessions", "What a course says to its platform while a learner uses it. Authors never meet these."
    ),
}

_TITLES = {  # that a function's name cannot spell
    "PRO-02": "Co-production without a record",
    "PRV-01": "Notes that leave the device",
    "RTE-27": "Suspend data that is not ASCII",
}
_WARNINGS = {"WVR-03", "WVR-04"}  # of READING, where all others are errors


@dataclass(frozen=True)
class Entry:
    """What a code means. `reason` is why it matters to a worker, `remedy` how to mend it; `example` adds to both."""

    code: str
    severity: Severity
    title: str
    reason: str
    remedy: str
    example: str
    waivable: bool
    origins: tuple[Origin, ...]
    asked_by: Literal["", "standard", "house"] = ""  # of a package: a standard, or we besides

    @property
    def looks_at(self) -> str:
        """What is looked at, in words, and who asks it of a package."""
        origins = ", and ".join(ORIGINS[origin] for origin in self.origins)
        return f"{origins}: a rule of the {self.asked_by}" if self.asked_by else origins

    @property
    def family(self) -> str:
        """The letters that the code begins with."""
        return self.code.split("-")[0]


@cache
def entries() -> dict[str, Entry]:
    """Every code that can be told, family by family."""
    from scormpack.check.session import OUR_RULES  # which no command needs that reads a library

    found = {**_of_content(), **_gathered(_entry(rule, "session") for rule in OUR_RULES)}
    order = list(FAMILIES)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].family), item[0])))


def codes_of_authors() -> frozenset[str]:
    """The codes that an author can meet: all but those that only sessions have."""
    return frozenset({*_of_content(), *READING_TOO})


@cache
def held_always() -> frozenset[str]:
    """The codes that nobody can waive: of rules that hold always, and of what stops a file or a package."""
    return codes_of_authors() - waivable()


def reason(code: str) -> str:
    """Why a finding with this code matters to a worker; empty if there is no such code."""
    found = _of_content().get(code) or entries().get(code)
    return found.reason if found else ""


@cache
def _of_content() -> dict[str, Entry]:
    """What can be told about content and packages."""
    rules = (_entry(rule, origin) for origin, family in _rules() for rule in family)
    return _gathered(itertools.chain(_reading(), rules))


def _reading() -> Iterator[Entry]:
    for code, told in READING.items():
        severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
        yield Entry(code, severity, *told, waivable=False, origins=("reading",))


def _gathered(found: Iterable[Entry]) -> dict[str, Entry]:
    gathered: dict[str, Entry] = {}
    for entry in found:
        gathered[entry.code] = _joined(gathered[entry.code], entry) if entry.code in gathered else entry
    return gathered


def _rules() -> Iterator[tuple[Origin, list[Rule[Any]]]]:
    yield "module", [*MODULE_RULES, *itertools.chain.from_iterable(TARGET_RULES.values())]
    yield "recommendation", ADVICE_RULES
    yield "library", LIBRARY_RULES
    yield "course", COURSE_RULES
    # Each once: both editions of SCORM 2004 have the same rules.
    yield "package", list(dict.fromkeys(rule for target in STANDARDS for rule in package_rules(target)))


def _entry(rule: Rule[Any], origin: Origin) -> Entry:
    too = READING_TOO.get(rule.code, "")
    return Entry(
        rule.code,
        rule.severity,
        _TITLES.get(rule.code, rule.title),
        rule.reason,
        f"{rule.hint} {too}".strip(),
        " ".join(rule.example.split()),
        rule.code in waivable(),
        ("reading", origin) if too else (origin,),
        ("house" if rule.house else "standard") if origin == "package" else "",
    )


def _joined(first: Entry, second: Entry) -> Entry:
    """One entry for two rules that share a code."""
    return replace(
        first,
        title=f"{first.title}; {second.title[0].lower()}{second.title[1:]}",
        reason=_both(first.reason, second.reason),
        remedy=_both(first.remedy, second.remedy),
        example=_both(first.example, second.example),
        origins=tuple(dict.fromkeys((*first.origins, *second.origins))),
    )


def _both(first: str, second: str) -> str:
    """Two texts, or one of them if it says what the other says."""
    if second.rstrip(".") in first:
        return first
    return second if first.rstrip(".") in second else f"{first} {second}"
