"""Rules: what content, a course and a package have to be. They know the standards, never our writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from scormpack.check import (
    access,
    claims,
    cmi5,
    course,
    expectation,
    library,
    module,
    package,
    provenance,
    question,
    recommendation,
    safety,
    scorm12,
    scorm2004,
    xapi,
)
from scormpack.check.rule import Rule, check
from scormpack.check.subject import Advice, Collection, Manuscript
from scormpack.check.waiving import not_waivable, waived
from scormpack.content.module import Module
from scormpack.content.recommendation import Recommendation
from scormpack.content.waiver import Waiver
from scormpack.course.model import Course
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.package import Package
from scormpack.source.clock import today

MODULE_RULES: list[Rule[Manuscript]] = [
    *module.RULES,
    *access.RULES,
    *question.RULES,
    *safety.RULES,
    *expectation.RULES,
    *provenance.RULES,
    *claims.RULES,
]
ADVICE_RULES: list[Rule[Advice]] = [*recommendation.RULES]
LIBRARY_RULES: list[Rule[Collection]] = [*library.RULES]
COURSE_RULES: list[Rule[Course]] = [*course.RULES]


def check_module(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What the rules find in a module as written."""
    return _checked(MODULE_RULES, manuscript, manuscript.module.waive)


def check_library(collection: Collection) -> Iterator[Diagnostic]:
    """What the rules find in the recommendations, the registers and, if all modules are there, in the whole.

    What they find about the whole is waived in library.yaml, or in the file in which it is found.
    """
    shared = collection.library
    for each in shared.recommendations.values():
        if each.status != "retired":
            yield from _checked(ADVICE_RULES, Advice(each, shared, collection.today), each.waive)
    yield from _refused(shared.settings.waive)
    items: list[Recommendation | Module] = [*shared.recommendations.values(), *collection.modules.values()]
    by_file = {each.place().path: each.waive for each in items}
    for finding in check(LIBRARY_RULES, collection):
        waivers = (*shared.settings.waive, *by_file.get(finding.place.path, ()))
        yield from waived([finding], waivers, collection.today)
    for provider in shared.providers.values():
        yield from _refused(provider.waive)


def check_course(found: Course, target: str | None = None) -> Iterator[Diagnostic]:
    """What the rules find in a course as a provider gets it; with `target`, what that kind of package asks for."""
    rules = COURSE_RULES if target is None else course_rules(target)
    waivers = (*found.module.waive, *found.provider.waive)
    return waived(check(rules, found), waivers, today())


def _checked(rules: Iterable[Rule[Any]], subject: Any, waivers: Sequence[Waiver]) -> Iterator[Diagnostic]:
    yield from _refused(waivers)
    yield from waived(check(rules, subject), waivers, subject.today)


def _refused(waivers: Sequence[Waiver]) -> Iterator[Diagnostic]:
    return not_waivable(waivers, waivable(), held_always()) if waivers else iter(())


def course_rules(target: str) -> Sequence[Rule[Course]]:
    """What a course has to be for one kind of package, besides COURSE_RULES."""
    families = {"scorm12": scorm12.COURSE_RULES, "xapi": xapi.COURSE_RULES, "cmi5": cmi5.COURSE_RULES}
    return families.get(target, ())


def package_rules(target: str) -> Sequence[Rule[Package]]:
    """What a package of this kind has to be."""
    families = {
        "scorm12": scorm12.PACKAGE_RULES,
        "scorm2004-3rd": scorm2004.THIRD_RULES,
        "scorm2004-4th": scorm2004.FOURTH_RULES,
        "xapi": xapi.PACKAGE_RULES,
        "cmi5": cmi5.PACKAGE_RULES,
    }
    return [*package.RULES, *families.get(target, ())]


def _of_targets() -> list[Rule[Course]]:
    return [*scorm12.COURSE_RULES, *xapi.COURSE_RULES, *cmi5.COURSE_RULES]


def content_rules() -> list[Rule[Any]]:
    """Every rule about content, whatever it looks at."""
    return [*MODULE_RULES, *ADVICE_RULES, *LIBRARY_RULES, *COURSE_RULES, *_of_targets()]


@cache
def waivable() -> frozenset[str]:
    """The codes that an author may waive; what is information already needs no waiver."""
    rules = content_rules()
    return frozenset(rule.code for rule in rules if not rule.always and rule.severity is not Severity.INFO)


@cache
def held_always() -> frozenset[str]:
    """The codes that nobody can waive: of rules that hold always, and of what stops a file or a package."""
    from scormpack.check.catalogue import codes_of_authors  # which are taken from the rules of this room

    return codes_of_authors() - waivable()
