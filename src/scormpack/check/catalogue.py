"""Every code that a finding can have, with what it means: for explanations, reports and the list of rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from scormpack import package
from scormpack.blocks import codes as of_blocks
from scormpack.check import deployed, foreseen, played, released, returned
from scormpack.check.content import (
    ADVICE_RULES,
    COURSE_RULES,
    LIBRARY_RULES,
    LOCAL_RULES,
    MODULE_RULES,
    waivable,
    waiving,
)
from scormpack.check.content.target import TARGET_RULES
from scormpack.check.rule import Rule
from scormpack.content import codes as of_content
from scormpack.course import codes as of_courses
from scormpack.diagnostics import Code, Severity
from scormpack.source import codes as of_files
from scormpack.tables import codes as of_tables

Origin: TypeAlias = Literal[
    "reading",
    "module",
    "recommendation",
    "library",
    "course",
    "package",
    "inspection",
    "foreseen",
    "release",
    "deployment",
    "results",
    "session",
    "run",
]

# What is checked when a finding has a code.
ORIGINS: Final[dict[Origin, str]] = {
    "reading": "the content of files",
    "module": "a module as written",
    "recommendation": "a recommendation",
    "library": "the library as a whole",
    "course": "a module as one provider gets it",
    "package": "a finished package, when it is built or checked",
    "inspection": "a finished package of any maker, with `check`",
    "foreseen": "a package, and a platform that somebody named",
    "release": "what is given out, and what was",
    "deployment": "a platform that is loaded by machine",
    "results": "what a platform gives back",
    "session": "what a course says to its platform while it is played",
    "run": "a package while it is played",
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
    "LNG": Family("Languages", "No language is half spoken, and nobody takes for checked what nobody could read."),
    "SAF": Family("Safety", "Nobody comes to harm: neither the person cared for nor the reader."),
    "SCN": Family("Stories", "A story shows a good way, explains the others and comes to an end."),
    "QUZ": Family("Questions", "Questions are fair and explained, and never a trap."),
    "PRV": Family("Privacy", "What a learner writes, and that she is learning at all, is nobody else's business."),
    "LOC": Family(
        "Providers", "Local numbers are there and correct, and a provider does not change what a module says."
    ),
    "LNK": Family("What leads where", "Names lead somewhere, and recommendations lead to something to learn."),
    "REC": Family("Recommendations", "One person, one action, a reason, and a way to see that it is done."),
    "PRO": Family("Credit", "The people who made a text are credited for what they did, and have seen the result."),
    "CLM": Family("Claims", "A module claims no more than somebody has put on record."),
    "ASS": Family("Self-assessments", "A provider's answers, and what shows that they are true."),
    "TAB": Family("Tables", "What was typed into a spreadsheet is what is taken in."),
    "OUT": Family("On paper", "What is printed says what was written."),
    "REL": Family("Left to do", "Authors' notes to themselves; they stop nothing."),
    "REV": Family("Comments", "What reviewers say about a text, and whether somebody has seen to it."),
    "WVR": Family("Waivers", "Somebody takes responsibility for an exception, for a time and with a reason."),
    "SRC": Family("Files", "Files can be opened and read as what they are."),
    "FRM": Family("Fields and blocks", "Everything is written in the form that is required."),
    "ZIP": Family("Zips and folders", "How the files of any package are kept, before anybody looks into them."),
    "PKG": Family("Packages", "Any package: its file names, its links, and nothing loaded from outside."),
    "PLT": Family("Platforms", "What a learning platform that somebody named will make of a package."),
    "WEB": Family("Pages of any maker", "What the pages, styles and scripts of a package do, whoever made it."),
    "S12": Family("SCORM 1.2", "The manifest, and how much SCORM 1.2 keeps for a learner."),
    "S24": Family("SCORM 2004", "The manifest, from the 2nd to the 4th Edition."),
    "XAP": Family("xAPI", "The file tincan.xml, and the address that names what is recorded."),
    "CM5": Family("cmi5", "The file cmi5.xml, and the address that names what is recorded."),
    "AIC": Family("AICC", "The four files that describe a course of the time before SCORM."),
    "RLS": Family("Releases", "A version is one text for ever, and what arrives is what was given out."),
    "DPL": Family("Loading by machine", "What was given out arrives in the right course."),
    "RES": Family("Results", "What a platform says of its learners is read as it was meant, or not at all."),
    "RTE": Family(
        "Sessions", "What a course sends to its platform while a learner uses it. Authors never see these."
    ),
    "RUN": Family("Runs", "What a package does when it is played: `scormpack check --run`."),
}

# Where codes are declared that files, references and waivers are refused with.
READING: Final[tuple[ModuleType, ...]] = (
    *(of_files, of_tables, of_blocks, of_content, of_courses),
    *(package, waiving),
)


@dataclass(frozen=True)
class Entry:
    """What a code means. `reason` is why it matters to a worker, `remedy` how to fix it; `example` adds to both."""

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
    """Every code that a finding can have, family by family."""
    found = _gathered(_uses())
    order = list(FAMILIES)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].family), item[0])))


@cache
def held_always() -> frozenset[str]:
    """The codes that nobody can waive: of rules that hold always, and of what stops a file or a package."""
    return frozenset(_for_authors()) - waivable()


def title(code: str) -> str:
    """What a finding with this code is about; empty if there is no such code."""
    found = _meaning(code)
    return found.title if found else ""


def reason(code: str) -> str:
    """Why a finding with this code matters to a worker; empty if there is no such code."""
    found = _meaning(code)
    return found.reason if found else ""


def _meaning(code: str) -> Code | None:
    """What `code` means. Its rules are looked for room by room, so that the later rooms are seldom needed."""
    return next((use.meaning for use in _uses() if use.meaning.id == code), None)


@cache
def _for_authors() -> dict[str, Entry]:
    """What authors can meet: all but what only sessions have."""
    return _gathered(_of_authors())


class _Use(NamedTuple):
    """Something that gives findings a code: a rule, or what reads files."""

    origin: Origin
    meaning: Code
    asked_by: Literal["", "standard", "house"] = ""


def _uses() -> Iterator[_Use]:
    yield from _of_authors()
    from scormpack.check.session import OUR_RULES  # which no command needs that reads a library

    yield from _of_rules("session", OUR_RULES)
    yield from _declared("run", played)


def _of_authors() -> Iterator[_Use]:
    for room in READING:
        yield from _declared("reading", room)
    yield from _of_rules("module", [*MODULE_RULES, *itertools.chain.from_iterable(TARGET_RULES.values())])
    yield from _of_rules("recommendation", ADVICE_RULES)
    yield from _of_rules("library", LIBRARY_RULES)
    yield from _of_rules("module", COURSE_RULES)
    yield from _of_rules("course", LOCAL_RULES)
    from scormpack.archive import codes as of_archives  # which no command needs that reads a library only
    from scormpack.check.package import STANDARDS, package_rules
    from scormpack.check.package.site import SITE_RULES

    yield from _declared("reading", of_archives)
    yield from _of_rules("package", itertools.chain.from_iterable(map(package_rules, STANDARDS)))
    yield from _of_rules("inspection", SITE_RULES)
    yield from _declared("foreseen", foreseen)
    yield from _declared("results", returned)
    yield from _declared("release", released)
    yield from _declared("deployment", deployed)


def _declared(origin: Origin, room: ModuleType) -> Iterator[_Use]:
    return (_Use(origin, each) for each in vars(room).values() if isinstance(each, Code))


def _of_rules(origin: Origin, rules: Iterable[Rule[Any]]) -> Iterator[_Use]:
    for rule in rules:
        asked_by: Literal["standard", "house"] = "house" if rule.house else "standard"
        yield _Use(origin, rule.meaning, asked_by if origin == "package" else "")


def _gathered(uses: Iterable[_Use]) -> dict[str, Entry]:
    found: dict[str, list[_Use]] = {}
    for use in uses:
        found.setdefault(use.meaning.id, []).append(use)
    return {code: _entry(each) for code, each in found.items()}


def _entry(uses: Sequence[_Use]) -> Entry:
    """What there is to say of the code that all of `uses` give."""
    meaning = uses[0].meaning
    return Entry(
        code=meaning.id,
        severity=meaning.severity,
        title=meaning.title,
        reason=meaning.reason,
        remedy=f"{meaning.remedy} {meaning.refused}".rstrip(),
        example=meaning.example,
        waivable=meaning.id in waivable(),
        origins=tuple(dict.fromkeys(use.origin for use in uses)),
        asked_by=next((use.asked_by for use in uses if use.asked_by), ""),
    )
