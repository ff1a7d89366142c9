"""A course as cmi5.xml describes it (cmi5, 13): units, in blocks or not, in order.

Every `id` here is the publisher's. A launch uses other ones: see `Registration.activity`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from lxml import etree

from scormpack.package import Package

DESCRIPTOR = "cmi5.xml"
_SPACE = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
_DEFAULT_MOVE_ON = "NotApplicable"
# What a unit has to have said before it is satisfied (cmi5, 13.1.4), by the value of moveOn.
MOVE_ON: dict[str, Callable[[set[str]], bool]] = {
    "NotApplicable": lambda verbs: True,  # noqa: ARG005
    "Passed": lambda verbs: "passed" in verbs,
    "Completed": lambda verbs: "completed" in verbs,
    "CompletedAndPassed": lambda verbs: {"completed", "passed"} <= verbs,
    "CompletedOrPassed": lambda verbs: bool({"completed", "passed"} & verbs),
}


@dataclass(frozen=True)
class Unit:
    """An assignable unit, with what cmi5.xml says of it; `url` is where the package has it."""

    id: str = "https://content.example/course/unit"
    move_on: str = "CompletedOrPassed"
    mastery_score: float | None = None
    launch_parameters: str | None = None
    entitlement_key: str | None = None
    launch_method: str = "AnyWindow"
    url: str = "index.html"


@dataclass(frozen=True)
class Block:
    """Units and other blocks that belong together."""

    id: str
    parts: tuple[Unit | Block, ...]
    kind: ClassVar[str] = "block"

    def inside_out(self) -> Iterator[Unit | Block]:
        """Yield everything in it and then itself: a part always comes before what it is a part of."""
        for part in self.parts:
            yield from part.inside_out() if isinstance(part, Block) else [part]
        yield self

    @property
    def units(self) -> list[Unit]:
        """Its units in order, at whatever depth."""
        return [part for part in self.inside_out() if isinstance(part, Unit)]


@dataclass(frozen=True)
class Course(Block):
    """What a learner enrols in."""

    kind: ClassVar[str] = "course"

    @classmethod
    def of_one(cls, unit: Unit) -> Course:
        """Return a course with this unit and nothing else."""
        return cls(f"{unit.id}/course", (unit,))

    def with_unit(self, unit: Unit) -> Course:
        """Return the course with `unit` in the place of the one with its id.

        Raises ValueError if there is none.
        """
        if unit.id not in [each.id for each in self.units]:
            raise ValueError(f"the course has no unit {unit.id}")
        return replace(self, parts=_renewed(self.parts, unit))


def _renewed(parts: tuple[Unit | Block, ...], unit: Unit) -> tuple[Unit | Block, ...]:
    return tuple(
        replace(part, parts=_renewed(part.parts, unit))
        if isinstance(part, Block)
        else unit
        if part.id == unit.id
        else part
        for part in parts
    )


def read_course(package: Package) -> Course:
    """Return the course that a cmi5 package holds, as its cmi5.xml describes it (cmi5, 13).

    Raises ValueError, with a sentence, if there is no such file, or if no course can be launched from it.
    Whether it is right otherwise is for the rules about packages to say.
    """
    entry = package.find(DESCRIPTOR)
    if entry is None:
        raise ValueError(f"the package has no {DESCRIPTOR}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(entry.data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{DESCRIPTOR} is not XML: {error}") from None
    course = root.find(f"{_SPACE}course")
    if course is None:
        raise ValueError(f"{DESCRIPTOR} names no course")
    return Course(_attribute(course, "id", ""), _parts(root))


def _parts(element: etree._Element) -> tuple[Unit | Block, ...]:
    """The units and blocks that stand directly in an element, in order."""
    found: list[Unit | Block] = []
    for child in element:
        if child.tag == f"{_SPACE}au":
            found.append(_unit(child))
        elif child.tag == f"{_SPACE}block":
            found.append(Block(_attribute(child, "id", ""), _parts(child)))
    return tuple(found)


def _unit(element: etree._Element) -> Unit:
    mastery = element.get("masteryScore")
    move_on = _attribute(element, "moveOn", _DEFAULT_MOVE_ON)
    if move_on not in MOVE_ON:
        raise ValueError(f"{DESCRIPTOR}: moveOn is not one of {', '.join(MOVE_ON)}: {move_on}")
    return Unit(
        id=_attribute(element, "id", ""),
        move_on=move_on,
        mastery_score=None if mastery is None else _number("masteryScore", mastery),
        launch_parameters=_text(element, "launchParameters"),
        entitlement_key=_text(element, "entitlementKey"),
        launch_method=_attribute(element, "launchMethod", "AnyWindow"),
        url=_text(element, "url") or "",
    )


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{DESCRIPTOR}: {name} is no number: {text}")
    return number


def _attribute(element: etree._Element, name: str, default: str) -> str:
    return element.get(name, default).strip()


def _text(element: etree._Element, name: str) -> str | None:
    """The text of a child element; space around it does not count (cmi5, 13.1)."""
    found = element.findtext(f"{_SPACE}{name}")
    return None if found is None else found.strip()
