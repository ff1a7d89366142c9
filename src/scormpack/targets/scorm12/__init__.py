"""SCORM 1.2: the standard that the most platforms take.

No `masteryscore`: a platform that finds one overwrites the status by the score alone (RTE 3.4.4), but a module
is passed by its score and by every critical question, so only the player can say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from scormpack.package import Entry
from scormpack.targets.manifest import MANIFEST, Writer, listed, schemas
from scormpack.targets.target import HOME, Target, Unit

_PACKAGING = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def describe(unit: Unit) -> Iterable[Entry]:
    """imsmanifest.xml and the schemas that it names (Content Aggregation Model 1.2, 2.3)."""
    controlled = schemas("scorm12")
    writer = Writer(
        _PACKAGING,
        {"adlcp": _ADLCP},
        {_PACKAGING: "imscp_rootv1p1p2.xsd", _ADLCP: "adlcp_rootv1p2.xsd"},
    )
    paths = listed([*unit.files, *controlled])
    manifest = writer.manifest(unit.course, "1.2", paths, writer.name("adlcp", "scormtype"))
    return [Entry(MANIFEST, manifest), *controlled]


TARGET = Target("scorm12", "SCORM 1.2", "scorm12", describe, asks=HOME)
