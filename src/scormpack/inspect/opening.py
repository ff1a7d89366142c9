"""What a package asks to be opened, and what its platform has to tell it: from the descriptor of any maker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from scormpack.check.package.descriptor import XML, Descriptor
from scormpack.check.package.manifest import Manifest
from scormpack.check.package.scorm12 import EDITION
from scormpack.check.package.xapi import VOCABULARY
from scormpack.check.session.data_model import Standard
from scormpack.lms.judge.values import is_iri
from scormpack.package import Package

ACTIVITY = "https://preview.example/activity"
_HOME = "index.html"
_SECOND_EDITION = "CAM 1.3"


@dataclass(frozen=True)
class Opening:
    """Where a course begins, as seen from its folder, and what it is called.

    `elements` is what the manifest lets a SCORM platform say, `limit` the room for suspend data, `activity` the id
    of a Tin Can activity. What `is_asset` says nothing to its platform. `note` says what a preview leaves out.
    """

    path: str = _HOME
    title: str = ""
    elements: dict[str, str] = field(default_factory=dict)
    limit: int | None = None
    activity: str = ACTIVITY
    note: str = ""
    is_asset: bool = False


def _limit(standard: Standard, version: str) -> int:
    """How many characters of suspend data a platform has to keep: the 3rd edition of SCORM 2004 has made it many."""
    return 4096 if standard == "scorm12" else 4000 if version == _SECOND_EDITION else 64_000


def read_manifest(package: Package, standard: Standard) -> Opening:
    """What imsmanifest.xml says of the first item; where it says nothing, a course begins at its index.html."""
    return next(read_items(package, standard))


def read_items(package: Package, standard: Standard) -> Iterator[Opening]:
    """What imsmanifest.xml says of each item that opens something, in order; of one at least."""
    manifest = Manifest(package, EDITION)
    resources = {each.get("identifier"): each for each in manifest.elements("resource") if each.get("href")}
    version = next((_text(each) for each in manifest.elements("schemaversion")), "")
    limit = _limit(standard, version)
    items = [item for item in _items(manifest) if item.get("identifierref") in resources]
    if not items:
        first = next(iter(resources.values()), None)
        yield Opening(_HOME if first is None else _href(first), limit=limit)
    note = f"the first of {len(items)} items: no others are played" if len(items) > 1 else ""
    for item in items:
        elements = _of_12(item) if standard == "scorm12" else _of_2004(item, manifest)
        resource = resources[item.get("identifierref")]
        path = _with_parameters(_href(resource), item.get("parameters", ""))
        yield Opening(path, _child(item, "title"), elements, limit, note=note, is_asset=_is_asset(resource))


def read_tincan(package: Package) -> Opening:
    """What tincan.xml says; where it says nothing, a course begins at its index.html."""
    for activity in Descriptor(package, VOCABULARY).elements("activity"):
        if path := _child(activity, "launch"):
            name = activity.get("id", "")
            return Opening(path, _child(activity, "name"), activity=name if is_iri(name) else ACTIVITY)
    return Opening()


def _items(manifest: Manifest) -> Iterator[etree._Element]:
    """The items of the organization that is opened, in order."""
    default = next((each.get("default") for each in manifest.elements("organizations")), None)
    organizations = list(manifest.elements("organization"))
    chosen = [each for each in organizations if each.get("identifier") == default] or organizations
    return (each for each in chosen[0].iter("{*}item")) if chosen else iter(())


def _href(resource: etree._Element) -> str:
    around = resource.getparent()
    bases = [each.get(f"{{{XML}}}base", "") for each in (around, resource) if each is not None]
    return "".join(bases) + resource.get("href", "")


def _is_asset(resource: etree._Element) -> bool:
    kinds = (value for name, value in resource.attrib.items() if str(name).lower().endswith("}scormtype"))
    return next(kinds, "") == "asset"


def _with_parameters(path: str, parameters: str) -> str:
    """The address with the parameters of its item (CAM 1.3, 3.4.1.15)."""
    more = parameters.lstrip("?&")
    if not more or parameters.startswith("#"):
        return path + parameters
    return f"{path}{'&' if '?' in path else '?'}{more}"


def _of_12(item: etree._Element) -> dict[str, str]:
    names = {
        "cmi.student_data.mastery_score": "masteryscore",
        "cmi.student_data.max_time_allowed": "maxtimeallowed",
        "cmi.student_data.time_limit_action": "timelimitaction",
        "cmi.launch_data": "datafromlms",
    }
    return _given({element: _child(item, name) for element, name in names.items()})


def _of_2004(item: etree._Element, manifest: Manifest) -> dict[str, str]:
    threshold = item.find("{*}completionThreshold")
    measure = None if threshold is None else threshold.get("minProgressMeasure") or _text(threshold)
    own = item.find("{*}sequencing")
    used = own.get("IDRef") if own is not None else None
    shared = (each for each in manifest.elements("sequencing") if used and each.get("ID") == used)
    places = [each for each in (own, *shared) if each is not None]
    return _given(
        {
            "cmi.launch_data": _child(item, "dataFromLMS"),
            "cmi.time_limit_action": _child(item, "timeLimitAction"),
            "cmi.completion_threshold": measure or "",
            "cmi.scaled_passing_score": next((mark for each in places if (mark := _pass_mark(each))), ""),
            **_objectives(places),
        }
    )


def _objectives(places: list[etree._Element]) -> dict[str, str]:
    """Those that a platform has to have ready for the course, in their order (RTE, 4.2.17)."""
    names = ("primaryObjective", "objective")
    found = [each for place in places for name in names for each in place.iterfind(f"{{*}}objectives/{{*}}{name}")]
    ids = dict.fromkeys(name for each in found if (name := each.get("objectiveID")))
    return {f"cmi.objectives.{number}.id": name for number, name in enumerate(ids)}


def _pass_mark(sequencing: etree._Element) -> str:
    objective = sequencing.find("{*}objectives/{*}primaryObjective")
    if objective is None or objective.get("satisfiedByMeasure") != "true":
        return ""
    return _child(objective, "minNormalizedMeasure") or "1.0"


def _given(elements: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in elements.items() if value}


def _child(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _text(found)


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
