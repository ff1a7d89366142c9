"""What rules about any descriptor need: to read it safely, and to hold it against its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from scormpack.check.package import place
from scormpack.check.rule import Findings
from scormpack.check.xsd import parser, schema_errors
from scormpack.package import Package

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@lru_cache(maxsize=8)
def _parsed(data: bytes) -> etree._ElementTree | etree.XMLSyntaxError:
    try:
        return etree.ElementTree(etree.fromstring(data, parser()))
    except etree.XMLSyntaxError as error:
        return error


def tree_of(package: Package, file: str) -> etree._ElementTree | None:
    """The descriptor as a tree; None where it is missing or cannot be read."""
    entry = package.find(file)
    tree = _parsed(entry.data) if entry else None
    return tree if isinstance(tree, etree._ElementTree) else None


def every_element(package: Package, file: str) -> Iterator[etree._Element]:
    """All elements of the descriptor; no comments."""
    tree = tree_of(package, file)
    if tree is not None:
        yield from (element for element in tree.iter() if isinstance(element.tag, str))


def elements(package: Package, file: str, *names: str) -> Iterator[etree._Element]:
    """The elements that are called one of `names`, in any namespace."""
    for element in every_element(package, file):
        if etree.QName(element).localname in names:
            yield element


def unreadable(package: Package, file: str) -> Findings:
    """What the weakest reader among the platforms would stumble over."""
    entry = package.find(file)
    if entry is None:
        return
    tree = _parsed(entry.data)
    if isinstance(tree, etree.XMLSyntaxError):
        yield place(package, file, tree.lineno or 0), f"not well-formed: {tree.msg}"
    if entry.data.startswith(b"\xef\xbb\xbf"):
        yield place(package, file, 1), "begins with a byte-order mark"
    if b"<!DOCTYPE" in entry.data:
        yield place(package, file), "has a document type"
    if re.search(rb"&#", entry.data):
        yield place(package, file), "has numeric references, which Moodle does not read"


def invalid(package: Package, file: str, standard: str) -> Findings:
    """What the schemas of `standard` do not allow."""
    tree = tree_of(package, file)
    if tree is not None and not tree.docinfo.doctype:  # told already; the validator fails on its entities
        for line, reason in schema_errors(standard, tree):
            yield place(package, file, line), reason
