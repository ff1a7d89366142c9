"""SCORM 2004, 3rd and 4th edition. They share namespaces and differ in the edition's name and the schemas.

The manifest makes the platform take completion and success from the player: the pass mark alone does not decide, for
critical questions count besides, so no `satisfiedByMeasure` is written.
"""

from __future__ import annotations

from collections.abc import Iterable

from scormpack.package import Entry
from scormpack.targets.manifest import MANIFEST, Element, Writer, listed, schemas
from scormpack.targets.target import HOME, Target, Unit

_PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_PREFIXES = {
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
}
_SCHEMAS = {
    _PACKAGING: "imscp_v1p1.xsd",
    _PREFIXES["adlcp"]: "adlcp_v1p3.xsd",
    _PREFIXES["adlseq"]: "adlseq_v1p3.xsd",
    _PREFIXES["adlnav"]: "adlnav_v1p3.xsd",
    _PREFIXES["imsss"]: "imsss_v1p0.xsd",
}
_NEEDLESS_BUTTONS = ("previous", "continue")  # there is one SCO; the course has its own


def _describe(unit: Unit, name: str, edition: str) -> Iterable[Entry]:
    """imsmanifest.xml and the schemas that it names (Content Aggregation Model, 3.4)."""
    controlled = schemas(name)
    writer = Writer(_PACKAGING, _PREFIXES, _SCHEMAS)
    manifest = writer.manifest(
        unit.course,
        edition,
        listed([*unit.files, *controlled]),
        writer.name("adlcp", "scormType"),
        item_extras=[_sequencing_of_item(writer), _presentation(writer)],
        organization_extras=[_sequencing_of_organization(writer)],
        organization_attributes={writer.name("adlseq", "objectivesGlobalToSystem"): "false"},
    )
    return [Entry(MANIFEST, manifest), *controlled]


def _sequencing_of_organization(writer: Writer) -> Element:
    """The learner may go anywhere, and the platform may deliver the one SCO by itself."""
    sequencing = writer.element("imsss", "sequencing")
    sequencing.append(writer.element("imsss", "controlMode", choice="true", flow="true"))
    return sequencing


def _sequencing_of_item(writer: Writer) -> Element:
    """The platform invents neither completion nor success (Sequencing and Navigation, 3.13)."""
    sequencing = writer.element("imsss", "sequencing")
    sequencing.append(
        writer.element(
            "imsss",
            "deliveryControls",
            tracked="true",
            completionSetByContent="true",
            objectiveSetByContent="true",
        )
    )
    return sequencing


def _presentation(writer: Writer) -> Element:
    presentation = writer.element("adlnav", "presentation")
    interface = writer.element("adlnav", "navigationInterface")
    for button in _NEEDLESS_BUTTONS:
        interface.append(writer.element("adlnav", "hideLMSUI", button))
    presentation.append(interface)
    return presentation


def describe_third(unit: Unit) -> Iterable[Entry]:
    """The manifest of the 3rd Edition, with its schemas."""
    return _describe(unit, "scorm2004-3rd", "2004 3rd Edition")


def describe_fourth(unit: Unit) -> Iterable[Entry]:
    """The manifest of the 4th Edition, with its schemas."""
    return _describe(unit, "scorm2004-4th", "2004 4th Edition")


THIRD = Target("scorm2004-3rd", "SCORM 2004 3rd Edition", "scorm2004", describe_third, asks=HOME)
FOURTH = Target("scorm2004-4th", "SCORM 2004 4th Edition", "scorm2004", describe_fourth, asks=HOME)
