"""What a package for SCORM 2004 is held against, from the 2nd to the 4th Edition."""

from __future__ import annotations

from scormpack.check.package import manifest, metadata, naming, sequencing, structure
from scormpack.check.package.manifest import RULES, Edition, Manifest
from scormpack.check.package.standard import Standard
from scormpack.check.rule import under


def _edition(standard: str, version: str) -> Edition:
    return Edition(
        standard=standard,
        version=version,
        packaging="http://www.imsglobal.org/xsd/imscp_v1p1",
        prefixes={
            "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
            "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
            "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
            "imsss": "http://www.imsglobal.org/xsd/imsss",
        },
        controlled=(
            "imscp_v1p1.xsd",
            "adlcp_v1p3.xsd",
            "adlseq_v1p3.xsd",
            "adlnav_v1p3.xsd",
            "imsss_v1p0.xsd",
        ),
    )


_RULES = tuple(under("S24", RULES))
_OTHERS = tuple(under("S24", [*structure.RULES, *naming.RULES, *metadata.RULES, *naming.OF_2004, *sequencing.RULES]))
_EDITIONS = (
    _edition("scorm2004-2nd", manifest.SECOND),
    _edition("scorm2004-3rd", "2004 3rd Edition"),
    _edition("scorm2004-4th", "2004 4th Edition"),
)
STANDARDS = tuple(Standard(edition, Manifest, _RULES, _OTHERS) for edition in _EDITIONS)
