"""xAPI: a package with tincan.xml, for platforms that keep learning records and launch by that file.

The module is the activity that is launched. Its pages and tasks are listed besides, because some platforms take
statements about listed activities only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.builder import ElementMaker

from scormpack.course.iri import page_iri, task_iri
from scormpack.course.model import Course
from scormpack.course.plain import plain
from scormpack.package import Entry
from scormpack.targets.activity import MODULE, PAGE, TASK, asked, one_line, title_of
from scormpack.targets.manifest import LAUNCH, Element, serialised
from scormpack.targets.target import ANYONE, Target, Unit

DESCRIPTOR = "tincan.xml"
NAMESPACE = "http://projecttincan.com/tincan.xsd"
_MAKE = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def describe(unit: Unit) -> Iterable[Entry]:
    """tincan.xml. The package holds no schema: platforms bring their own."""
    course = unit.course
    root = _MAKE.tincan(_MAKE.activities(_module(course), *_pages(course), *_tasks(course)))
    return [Entry(DESCRIPTOR, serialised(root))]


def _module(course: Course) -> Element:
    module = course.module
    activity = _activity(course, course.iri, MODULE, module.title, module.summary)
    activity.append(_MAKE.launch(LAUNCH, lang=module.language))
    return activity


def _pages(course: Course) -> Iterator[Element]:
    for page in course.module.pages:
        yield _activity(course, page_iri(course.iri, page.id), PAGE, page.title, course.module.title)


def _tasks(course: Course) -> Iterator[Element]:
    seen: set[str] = set()
    for page in course.module.pages:
        for task in page.tasks():
            if task.id not in seen:
                seen.add(task.id)
                name = title_of(task, course)
                for told_as, text in task.told_as().items():
                    description = plain(text, course) or asked(task, course) or page.title
                    yield _activity(course, task_iri(course.iri, told_as), TASK, name, description)


def _activity(course: Course, iri: str, kind: str, name: str, description: str) -> Element:
    language = course.module.language
    return _MAKE.activity(
        _MAKE.name(name, lang=language),
        _MAKE.description(one_line(description), lang=language),
        id=iri,
        type=kind,
    )


TARGET = Target("xapi", "xAPI (Tin Can)", "xapi", describe, asks=ANYONE)
