"""Which standards a package follows, and whether we made it."""

from __future__ import annotations

import re

from scormpack.check.package.xsd import without_comments
from scormpack.package import Package
from scormpack.source.patterns import pattern

# What the manifest calls the standard that it follows (CAM, `schemaversion`), and the kind of package that is.
_EDITIONS = (
    (pattern(rb"schemaversion>\s*1\.2\s*<"), "scorm12"),
    (pattern(rb"schemaversion>\s*2004 4th"), "scorm2004-4th"),
    (pattern(rb"schemaversion>\s*(CAM|1\.3|2004 2nd)"), "scorm2004-2nd"),
    (pattern(rb"schemaversion>\s*2004"), "scorm2004-3rd"),
)
# What only one of the two uses: it counts where `schemaversion` says otherwise.
_OF_12, _OF_2004 = b"http://www.adlnet.org/xsd/adlcp_rootv1p2", b"http://www.adlnet.org/xsd/adlcp_v1p3"
_SCORM = pattern(rb"ADL SCORM|http://www\.adlnet\.org/xsd/", re.IGNORECASE)
# Others that have an imsmanifest.xml too, by what only theirs has in it.
_OTHERS = (
    (pattern(rb"/imsccv1p|>\s*IMS (Thin )?Common Cartridge"), "common-cartridge"),
    (pattern(rb"imsqti_|>\s*QTIv[0-9.]+ "), "qti"),
    (pattern(rb"/imscp_|/imscp/"), "ims-content"),
)
_HEAD = 2_000  # bytes in which a page says what made it


def kinds_of(package: Package) -> tuple[str, ...]:
    """The kinds of package that it is: seldom several.

    Each has the name of the target that makes such packages, where there is one. A manifest that does not say its
    edition is read as SCORM 1.2, as platforms do.
    """
    found = {entry.path.lower(): entry for entry in package.entries if "/" not in entry.path}
    kinds = [_kind_of(found["imsmanifest.xml"].data)] if "imsmanifest.xml" in found else []
    kinds += [
        kind for file, kind in (("cmi5.xml", "cmi5"), ("tincan.xml", "xapi"), ("h5p.json", "h5p")) if file in found
    ]
    kinds += ["aicc"] if _is_aicc(package) else []
    return tuple(kinds) or ("web",)


def _is_aicc(package: Package) -> bool:
    if not any(entry.path.lower().endswith(".crs") for entry in package.entries):
        return False
    from scormpack.check.package.aicc import is_course  # with rules that no other package needs

    return is_course(package)


def _kind_of(manifest: bytes) -> str:
    """What an imsmanifest.xml is: an edition of SCORM by what it says and what it uses, or something else."""
    words = without_comments(_in_bytes(manifest))
    said = next((kind for edition, kind in _EDITIONS if edition.search(words)), "")
    if not said and not _SCORM.search(words):
        return next((kind for sign, kind in _OTHERS if sign.search(words)), "scorm12")
    is_12, is_2004 = _OF_12 in words, _OF_2004 in words
    if is_12 != is_2004 and (not said or is_12 == said.startswith("scorm2004")):
        return "scorm12" if is_12 else "scorm2004-3rd"
    return said or "scorm12"


def _in_bytes(manifest: bytes) -> bytes:
    """A manifest in UTF-8, if it is in UTF-16; an ASCII name is the same in most others."""
    if manifest.startswith((b"\xff\xfe", b"\xfe\xff")):
        return manifest.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return manifest


def is_ours(package: Package) -> bool:
    """Whether scormpack made it."""
    # In a course of several modules each has a folder of its own.
    pages = (each for each in package.entries if re.fullmatch(r"([^/]+/)?index\.html", each.path))
    return any(b'<meta name="generator" content="scormpack">' in each.data[:_HEAD] for each in pages)
