"""Rules about SCORM 2004, 3rd and 4th edition."""

from __future__ import annotations

from scormpack.check.manifest import Edition, manifest_rules
from scormpack.check.rule import Rule
from scormpack.package import Package


def _rules(standard: str, version: str) -> list[Rule[Package]]:
    return manifest_rules(
        Edition(
            family="S24",
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
    )


THIRD_RULES = _rules("scorm2004-3rd", "2004 3rd Edition")
FOURTH_RULES = _rules("scorm2004-4th", "2004 4th Edition")
