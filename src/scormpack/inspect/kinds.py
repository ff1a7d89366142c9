"""Which standards a package follows, and whether we made it."""

from __future__ import annotations

import re

from scormpack.package import Package

# What the manifest calls the standard that it follows (CAM 1.3, 3.4.1.8), and the kind of package that is.
_EDITIONS = (
    (re.compile(rb"<schemaversion>\s*1\.2\s*<"), "scorm12"),
    (re.compile(rb"<schemaversion>\s*2004 4th"), "scorm2004-4th"),
    (re.compile(rb"<schemaversion>\s*(2004|CAM|1\.3)"), "scorm2004-3rd"),
)
_HEAD = 2_000  # bytes in which a page says what made it


def kinds_of(package: Package) -> tuple[str, ...]:
    """The kinds of package that it is, each by the name of the target that makes such packages: seldom several.

    A manifest that does not say its edition is read as SCORM 1.2, as platforms do.
    """
    found = []
    if (manifest := package.find("imsmanifest.xml")) is not None:
        found.append(next((kind for edition, kind in _EDITIONS if edition.search(manifest.data)), "scorm12"))
    found += [kind for file, kind in (("cmi5.xml", "cmi5"), ("tincan.xml", "xapi")) if package.find(file)]
    return tuple(found) or ("web",)


def is_ours(package: Package) -> bool:
    """Whether scormpack made it."""
    page = package.find("index.html")
    return page is not None and b'<meta name="generator" content="scormpack">' in page.data[:_HEAD]
