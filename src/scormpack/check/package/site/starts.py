"""Where platforms open a package: by what its descriptors say, if they can be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scormpack.check.package.site.address import Way, resolve
from scormpack.check.package.xsd import parser
from scormpack.package import Entry

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MOST = 20_000  # resources that are looked at
# The element that names what is opened, in which descriptor.
_NAMING = {"cmi5.xml": "url", "tincan.xml": "launch"}


class Starts(NamedTuple):
    """The pages that platforms open. `has_sco` where one of them is meant to speak with its platform."""

    pages: tuple[str, ...] = ()
    has_sco: bool = False


def found_in(files: Mapping[str, Entry]) -> Starts:
    """What the descriptors among `files` say."""
    pages: list[str] = []
    has_sco = False
    if (root := _root(files, "imsmanifest.xml")) is not None:
        for resource in islice(_named(root, "resource"), _MOST):
            pages.append(_based(resource, resource.get("href") or ""))
            has_sco = has_sco or _is_sco(resource)
    for file, name in _NAMING.items():
        if (root := _root(files, file)) is not None:
            pages += [(element.text or "").strip() for element in _named(root, name)]
    found = (resolve(page, "") for page in pages)
    return Starts(tuple(each.path for each in found if each.way is Way.INSIDE), has_sco)


def _root(files: Mapping[str, Entry], name: str) -> etree._Element | None:
    try:
        return etree.fromstring(files[name].data, parser()) if name in files else None
    except etree.XMLSyntaxError:
        return None


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _is_sco(resource: etree._Element) -> bool:
    found = (value for name, value in resource.items() if etree.QName(name).localname.lower() == "scormtype")
    return any(str(value).lower() == "sco" for value in found)


def _based(resource: etree._Element, href: str) -> str:
    """`href` from the root of the package (CAM 1.3.1, 3.4.3.2: `xml:base`)."""
    bases = [each.get(_BASE) or "" for each in (resource, *resource.iterancestors())]
    return posixpath.join(*reversed(bases), href) if href else ""
