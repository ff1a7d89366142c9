"""What a package tells a platform, whoever made it: what can be opened, under which names, and when it is passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lxml import etree

from scormpack.check.package import STANDARDS
from scormpack.check.package.aicc import Course
from scormpack.check.package.descriptor import XML, Descriptor
from scormpack.inspect.values import mark_of
from scormpack.package import Package

Element = etree._Element
_OPENS: Final = "opens"
_LARGEST: Final = 5_000_000  # bytes of a descriptor; those of a course with a thousand files have a tenth of it

# By what it is called in a manifest: what it is to people. What counts changes when a learner is through.
_SAID: Final[dict[str, str]] = {
    "masteryscore": "pass mark",
    "prerequisites": "prerequisites",
    "maxtimeallowed": "time allowed",
    "attemptAbsoluteDurationLimit": "time allowed",
    "timelimitaction": "what happens when time is up",
    "timeLimitAction": "what happens when time is up",
    "datafromlms": "launch data",
    "dataFromLMS": "launch data",
    "completionThreshold": "completion threshold",
    "launchParameters": "launch parameters",
    "entitlementKey": "entitlement key",
    "mastery_score": "pass mark",
    "max_time_allowed": "time allowed",
    "time_limit_action": "what happens when time is up",
    "core_vendor": "launch data",
    "web_launch": "launch parameters",
}
COUNTS: Final = frozenset(
    {
        *("pass mark", "prerequisites", "time allowed", "what happens when time is up"),
        *("completion threshold", "sequencing", "done when", "kind"),
    }
)


@dataclass(frozen=True)
class Item:
    """Something that a platform lists: an item, a unit or an activity. `id` is what attempts are kept under.

    `opens` is empty where nothing can be opened, as with a heading. `facts` are all else, by what they are called.
    """

    id: str
    title: str
    opens: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Outline:
    """What a descriptor says of the whole, and each thing that it lists."""

    id: str
    title: str
    facts: Mapping[str, str]
    items: tuple[Item, ...]


class Told(NamedTuple):
    """Something that a platform is told otherwise: of which item, "" for the whole; before and after."""

    item: str
    title: str
    what: str
    before: str
    after: str


def outline_of(package: Package, kind: str) -> Outline:
    """The outline of `package` as a package of this kind; an empty one where its descriptor cannot be read."""
    ending, read = _READERS.get(kind.partition("-")[0], ("", None))
    described = sum(each.size for each in package.entries if each.path.lower().endswith(ending))
    if read is None or kind not in STANDARDS or not 0 < described <= _LARGEST:
        return Outline("", "", {}, ())
    return read(STANDARDS[kind].descriptor(package, STANDARDS[kind].form))


def told(then: Outline, now: Outline) -> Iterator[Told]:
    """What is said otherwise of the whole, and of what both list."""
    yield from _facts("", now.title, _all_of_it(then), _all_of_it(now))
    before = {each.id: each for each in then.items}
    for each in now.items:
        if each.id in before:
            yield from _facts(each.id, each.title, _all_of(before[each.id]), _all_of(each))


def _all_of_it(outline: Outline) -> dict[str, str]:
    return {"title": outline.title, "identifier": outline.id, **outline.facts}


def _all_of(item: Item) -> dict[str, str]:
    return {"title": item.title, _OPENS: item.opens, **item.facts}


def _facts(item: str, title: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Told]:
    for name in dict.fromkeys([*then, *now]):
        before, after = then.get(name, ""), now.get(name, "")
        if before != after:
            yield Told(item, title, name, before, after)


# Manifests of SCORM (CAM 1.3, 3.4; for SCORM 1.2 the same part of its CAM)


def _manifest(descriptor: Descriptor[Any]) -> Outline:
    resources = {each.get("identifier"): each for each in descriptor.elements("resource")}
    organizations = list(descriptor.elements("organization"))
    default = next((each.get("default") or "" for each in descriptor.elements("organizations")), "")
    chosen = next((each for each in organizations if each.get("identifier") == default), None)
    chosen = organizations[0] if chosen is None and organizations else chosen
    shared = list(descriptor.elements("sequencingCollection"))
    root = descriptor.all_elements[0] if descriptor.all_elements else None
    return Outline(
        id=_attribute(root, "identifier"),
        title=_text_of(chosen, "title"),
        facts=_present({"default organization": default, "sequencing": _sequencing(chosen, *shared)}),
        items=tuple(_item(each, resources) for each in descriptor.elements("item")),
    )


def _item(item: Element, resources: Mapping[str | None, Element]) -> Item:
    resource = resources.get(item.get("identifierref"))
    said = {_SAID[name]: _text(each) for each in _children(item) if (name := _name(each)) in _SAID}
    facts = {**said, "pass mark": said.get("pass mark") or _measure(item), "sequencing": _sequencing(item)}
    facts |= {"kind": _kind(resource), "shown": item.get("isvisible") or ""}
    return Item(_attribute(item, "identifier"), _text_of(item, "title"), _opens(item, resource), _present(facts))


def _kind(resource: Element | None) -> str:
    """`sco` or `asset`; the attribute is spelled in two ways."""
    attributes = resource.attrib.items() if resource is not None else ()
    return next((str(value) for name, value in attributes if _lower(str(name)) == "scormtype"), "")


def _opens(item: Element, resource: Element | None) -> str:
    """The page of an item, below all of its `xml:base` (CAM 1.3, 3.4.3.3), with the item's parameters behind it."""
    if resource is None or not resource.get("href"):
        return ""
    above = [*reversed([*resource.iterancestors()]), resource]
    bases = "".join(str(each.get(f"{{{XML}}}base") or "") for each in above)
    return f"{bases}{resource.get('href')}{item.get('parameters') or ''}"


def _measure(item: Element) -> str:
    """The pass mark of SCORM 2004: the least measure of an objective that is satisfied by one (SN 3.10)."""
    objectives = [each for rules in _below(item, "sequencing") for each in _below(rules, "objectives")]
    primary = (each for every in objectives for each in _below(every, "primaryObjective"))
    by_measure = (each for each in primary if each.get("satisfiedByMeasure") in ("true", "1"))
    return next((_text_of(each, "minNormalizedMeasure") or "1.0" for each in by_measure), "")


def _sequencing(element: Element | None, *shared: Element) -> str:
    """A name for the rules of an item or an organization: the same until one of them changes."""
    rules = [*_below(element, "sequencing"), *shared]
    said = (part for each in rules for part in _spelled(each))
    return mark_of(*said) if rules else ""


def _spelled(element: Element) -> Iterator[str]:
    """What an element says, however its white space, its prefixes and its attributes are arranged."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        said = sorted(f"{name.rpartition('}')[2]}={value}" for name, value in each.attrib.items())
        yield " ".join([_name(each), *said, (each.text or "").strip()]) if event == "start" else "end"
        if _name(each) == "item":
            walk.skip_subtree()  # which has rules of its own: none should be here, and each is read once


# Course structures of cmi5 (13.1), and activities of xAPI in tincan.xml


def _structure(descriptor: Descriptor[Any]) -> Outline:
    course = next(descriptor.elements("course"), None)
    return Outline(
        id=_attribute(course, "id"),
        title=_text_of(course, "title"),
        facts={},
        items=tuple(map(_unit, descriptor.elements("au", "block"))),
    )


def _unit(unit: Element) -> Item:
    said = {_SAID[name]: _text(each) for each in _children(unit) if (name := _name(each)) in _SAID}
    facts = {"pass mark": unit.get("masteryScore") or "", "launch method": unit.get("launchMethod") or "", **said}
    if _name(unit) == "au":
        facts["done when"] = unit.get("moveOn") or "NotApplicable"  # cmi5, 13.1.4
    return Item(_attribute(unit, "id"), _text_of(unit, "title"), _text_of(unit, "url"), _present(facts))


def _activities(descriptor: Descriptor[Any]) -> Outline:
    items = tuple(map(_activity, descriptor.elements("activity")))
    first = next((each for each in items if each.opens), None)
    return Outline(first.id if first else "", first.title if first else "", {}, items)


def _activity(activity: Element) -> Item:
    facts = _present({"type": activity.get("type") or ""})
    return Item(_attribute(activity, "id"), _text_of(activity, "name"), _text_of(activity, "launch"), facts)


# Courses of AICC: a table of what is opened, and one of what it is called (CMI001)


def _tables(course: Course) -> Outline:
    titles = {row.get("system_id", ""): row.get("title", "") for row in _rows(course, ".des")}
    items = (_row(row, titles) for row in _rows(course, ".au"))
    return Outline("", "", {}, tuple(each for each in items if each.id))


def _rows(course: Course, ending: str) -> Iterator[dict[str, str]]:
    columns, rows = course.table(ending)
    return (dict(zip(columns, row, strict=False)) for _, row in rows)


def _row(row: Mapping[str, str], titles: Mapping[str, str]) -> Item:
    name, said = row.get("system_id", ""), {_SAID[each]: value for each, value in row.items() if each in _SAID}
    return Item(name, titles.get(name, ""), row.get("file_name", ""), _present(said))


_READERS: Final[Mapping[str, tuple[str, Callable[[Any], Outline] | None]]] = {
    "scorm12": ("imsmanifest.xml", _manifest),
    "scorm2004": ("imsmanifest.xml", _manifest),
    "cmi5": ("cmi5.xml", _structure),
    "xapi": ("tincan.xml", _activities),
    "aicc": (".au", _tables),
}


def _children(element: Element) -> Iterator[Element]:
    return (each for each in element if isinstance(each.tag, str))


def _below(element: Element | None, name: str) -> list[Element]:
    return [each for each in _children(element) if _name(each) == name] if element is not None else []


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _lower(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _attribute(element: Element | None, name: str) -> str:
    return str(element.get(name) or "") if element is not None else ""


def _text(element: Element) -> str:
    """What an element says, if only in its attributes: a threshold stands there."""
    return _own_text(element) or " ".join(
        f"{name.rpartition('}')[2]} {value}" for name, value in element.attrib.items()
    )


def _text_of(element: Element | None, name: str) -> str:
    """The text of the first child of this name; where it is in several languages, of the first of them."""
    found = next(iter(_below(element, name)), None)
    if found is None:
        return ""
    inside = next(iter(_children(found)), None)
    return _own_text(found if inside is None else inside)


def _own_text(element: Element) -> str:
    """The text of an element, without that of others in it."""
    return " ".join("".join([element.text or "", *(each.tail or "" for each in element)]).split())


def _present(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value}
