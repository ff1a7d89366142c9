"""cmi5: xAPI with a course structure, which declares to the platform when a unit is done.

A unit is a module. `masteryScore` is the module's pass mark, for the platform to show and to hand to the player;
whether it is passed says the player alone, because critical questions count besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lxml.builder import ElementMaker

from scormpack.content.outline import Outline
from scormpack.content.provider import Cmi5
from scormpack.course.iri import block_iri, course_iri, objective_iri, own_course_iri
from scormpack.course.model import Course
from scormpack.package import Entry
from scormpack.targets.activity import MODULE, one_line, short
from scormpack.targets.manifest import LAUNCH, Element, serialised
from scormpack.targets.target import ANYONE, Target, Unit

DESCRIPTOR = "cmi5.xml"
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_MAKE = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def describe(unit: Unit) -> Iterable[Entry]:
    """cmi5.xml: a course with this module as its one unit. The package holds no schema: platforms bring their own."""
    course = unit.course
    module = course.module
    own = _MAKE.course(*_words(module.title, module.summary, module.language), id=own_course_iri(course.iri))
    return [_structure(own, _objectives(course), [_unit(course, LAUNCH)])]


def describe_course(outline: Outline, units: Sequence[Unit]) -> Iterable[Entry]:
    """cmi5.xml for several modules, in the order and under the headings of `outline`."""
    courses: dict[str, Course] = {unit.course.module.id: unit.course for unit in units}
    authority = units[0].course.settings.authority
    iri, language = course_iri(authority, outline.id), outline.language

    def listed(names: Iterable[str]) -> Iterator[Element]:
        return (_unit(courses[name], f"{name}/{LAUNCH}") for name in names)

    own = _MAKE.course(*_words(outline.title, outline.summary, language), id=iri)
    parts = (
        _MAKE.block(*_words(part.title, part.summary, language), *listed(part.modules), id=block_iri(iri, part.id))
        for part in outline.parts
    )
    named = [each for name in outline.all_modules() for each in _objectives(courses[name])]
    return [_structure(own, named, [*listed(outline.modules), *parts])]


def _structure(course: Element, objectives: Iterable[Element], units: Iterable[Element]) -> Entry:
    root = _MAKE.courseStructure(course, _MAKE.objectives(*objectives), *units)
    return Entry(DESCRIPTOR, serialised(root))


def _objectives(course: Course) -> Iterator[Element]:
    """What a learner can do after the module, under names that its unit refers to."""
    for each in course.module.objectives:
        text = one_line(each.text)
        yield _MAKE.objective(
            *_words(short(text), text, course.module.language), id=objective_iri(course.iri, each.id)
        )


def _unit(course: Course, url: str) -> Element:
    """The module as an assignable unit that opens `url`."""
    module = course.module
    named = (_MAKE.objective(idref=objective_iri(course.iri, each.id)) for each in module.objectives)
    return _MAKE.au(
        *_words(module.title, module.summary, module.language),
        _MAKE.objectives(*named),
        _MAKE.url(url),
        *_for_the_platform(course.provider.cmi5),
        id=course.iri,
        launchMethod="AnyWindow",
        activityType=MODULE,
        **_done(course),
    )


def _for_the_platform(words: Cmi5) -> Iterator[Element]:
    if words.launch_parameters:
        yield _MAKE.launchParameters(words.launch_parameters)
    if words.entitlement_key:
        yield _MAKE.entitlementKey(words.entitlement_key)


def _done(course: Course) -> dict[str, str]:
    """When a platform counts the unit as done: what the player's result page asks for too.

    Always written, because without it a unit counts as done before it is opened (cmi5, 13.1.4).
    """
    if not course.module.questions():
        return {"moveOn": "Completed"}
    return {"moveOn": "CompletedAndPassed", "masteryScore": share(course.module.assessment.pass_mark)}


def share(percent: int) -> str:
    """A percentage as a share of one, with no more decimals than it needs: `0.8`."""
    return str((Decimal(percent) / 100).normalize())


def _words(title: str, description: str, language: str) -> tuple[Element, Element]:
    """A title and a description in one language."""
    return (
        _MAKE.title(_MAKE.langstring(title, lang=language)),
        _MAKE.description(_MAKE.langstring(one_line(description), lang=language)),
    )


TARGET = Target("cmi5", "cmi5", "cmi5", describe, describe_course, asks=ANYONE)
