"""Rules about what authors and providers write."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from scormpack.check.codes import LNG_02
from scormpack.check.content import (
    access,
    claims,
    course,
    cues,
    expectation,
    library,
    local,
    module,
    provenance,
    question,
    recommendation,
    review,
    safety,
)
from scormpack.check.content.subject import Advice, Collection, Manuscript
from scormpack.check.content.target import TARGET_RULES
from scormpack.check.content.waiving import waived
from scormpack.check.rule import Findings, Rule, check, rule_for
from scormpack.content.waiver import Waiver
from scormpack.course.model import Course
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.vocabulary import is_english

MODULE_RULES: list[Rule[Manuscript]] = [
    *module.RULES,
    *access.RULES,
    *question.RULES,
    *cues.RULES,
    *safety.RULES,
    *expectation.RULES,
    *provenance.RULES,
    *claims.RULES,
    *review.RULES,
]
ADVICE_RULES: list[Rule[Advice]] = [*recommendation.RULES]
LIBRARY_RULES: list[Rule[Collection]] = [*library.RULES, *cues.LIBRARY_RULES]
COURSE_RULES: list[Rule[Course]] = [*course.RULES]
LOCAL_RULES: list[Rule[Course]] = [*local.RULES]


@rule_for(MODULE_RULES, LNG_02)
def rules_that_did_not_look(m: Manuscript) -> Findings:
    """Name the rules that know English words only, where a module is in another language."""
    if not m.is_english:
        codes = ", ".join(sorted({each.code for each in MODULE_RULES if each.english}))
        message = f"rules that know English words did not look at `{m.module.language}`: {codes}"
        yield m.module.place("language"), message


def check_module(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What the rules find in a module as written; those that know English words look at English only."""
    rules = _for_language(MODULE_RULES, manuscript.module.language)
    return _checked(rules, manuscript, manuscript.module.waive)


def _for_language(rules: Iterable[Rule[Any]], language: str) -> Iterable[Rule[Any]]:
    return rules if is_english(language) else [each for each in rules if not each.english]


def check_for_target(manuscript: Manuscript, target: str) -> Iterator[Diagnostic]:
    """What keeps a module from becoming the kind of package that `target` names."""
    return _checked(TARGET_RULES.get(target, ()), manuscript, manuscript.module.waive)


def check_library(collection: Collection) -> Iterator[Diagnostic]:
    """What the rules find in the recommendations, the registers and, if all modules are there, in the whole.

    What they find about the whole is waived in library.yaml, or in the module or the file in which it is found.
    """
    shared = collection.library
    advice = _for_language(ADVICE_RULES, shared.settings.language)
    for each in shared.recommendations.values():
        if each.status != "retired":
            yield from _checked(advice, Advice(each, shared, collection.today), each.waive)
    own = {each.place().path: each.waive for each in shared.recommendations.values()}
    own |= {module.id: module.waive for module in collection.modules.values()}
    for finding in check(LIBRARY_RULES, collection):
        path = finding.place.path
        waivers = (*shared.settings.waive, *own.get(path, ()), *own.get(path.partition("/")[0], ()))
        yield from waived([finding], waivers, collection.today)


def check_course(found: Course, today: datetime.date) -> Iterator[Diagnostic]:
    """What the rules find in a course with all that it refers to, whoever gets it."""
    return waived(check(COURSE_RULES, found), found.module.waive, today)


def check_local(found: Course, today: datetime.date) -> Iterator[Diagnostic]:
    """What the rules find in what the provider of a course adds to it."""
    return waived(check(LOCAL_RULES, found), (*found.module.waive, *found.provider.waive), today)


def _checked(rules: Iterable[Rule[Any]], subject: Any, waivers: Sequence[Waiver]) -> Iterator[Diagnostic]:
    return waived(check(rules, subject), waivers, subject.today)


def content_rules() -> list[Rule[Any]]:
    """Every rule about content, whatever it looks at."""
    for_targets = (rule for family in TARGET_RULES.values() for rule in family)
    return [*MODULE_RULES, *ADVICE_RULES, *LIBRARY_RULES, *COURSE_RULES, *LOCAL_RULES, *for_targets]


@cache
def waivable() -> frozenset[str]:
    """The codes that an author may waive; what is information already needs no waiver."""
    rules = content_rules()
    return frozenset(rule.code for rule in rules if not rule.always and rule.meaning.severity is not Severity.INFO)
