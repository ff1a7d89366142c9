"""What a package for SCORM 1.2 is held against."""

from __future__ import annotations

from scormpack.check.package import metadata, naming, structure
from scormpack.check.package.manifest import RULES, Edition, Manifest
from scormpack.check.package.standard import Standard
from scormpack.check.rule import under

EDITION = Edition(
    standard="scorm12",
    version="1.2",
    packaging="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    prefixes={"adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"},
    controlled=("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
)
_OTHERS = tuple(under("S12", [*structure.RULES, *naming.RULES, *metadata.RULES, *naming.OF_12]))
STANDARDS = (Standard(EDITION, Manifest, tuple(under("S12", RULES)), _OTHERS),)
