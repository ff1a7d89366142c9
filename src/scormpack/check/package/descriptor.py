"""The file that describes a package to a platform: read safely, once, for all the rules about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from lxml import etree

from scormpack.check.package.any import place
from scormpack.check.package.xsd import parser, schema_errors
from scormpack.check.rule import Findings
from scormpack.diagnostics import Place
from scormpack.package import Package, Unread

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Form(Protocol):
    """What a standard's descriptor is known by: its file, and its schema in the folder of its standard."""

    @property
    def standard(self) -> str:
        """The folder of the schemas, which is the name of the target too."""

    @property
    def file(self) -> str:
        """What the descriptor is called."""

    @property
    def schema(self) -> str:
        """The file of its own schema, which names the others."""


FormT = TypeVar("FormT", bound=Form)


@dataclass(frozen=True)
class Descriptor(Generic[FormT]):
    """The descriptor of `package`, where `form` says what to expect of it."""

    package: Package
    form: FormT

    @cached_property
    def tree(self) -> etree._ElementTree | None:
        """The descriptor as a tree; None where it is missing or cannot be read."""
        return self._read if isinstance(self._read, etree._ElementTree) else None

    @cached_property
    def _read(self) -> etree._ElementTree | etree.XMLSyntaxError | None:
        entry = self.package.find(self.form.file)
        try:
            is_read = entry is not None and not isinstance(entry, Unread)
            return etree.ElementTree(etree.fromstring(entry.data, parser())) if entry and is_read else None
        except etree.XMLSyntaxError as error:
            return error

    @cached_property
    def all_elements(self) -> tuple[etree._Element, ...]:
        """All elements; no comments."""
        return tuple(each for each in self.tree.iter() if isinstance(each.tag, str)) if self.tree is not None else ()

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """The elements that are called one of `names`, in any namespace."""
        return (element for element in self.all_elements if etree.QName(element).localname in names)

    def place(self, element: etree._Element | None = None) -> Place:
        """Where `element` stands, or the descriptor itself."""
        return self.at(element.sourceline or 0 if element is not None else 0)

    def at(self, line: int) -> Place:
        """A line of the descriptor; 0 for the whole of it."""
        return place(self.package, self.form.file, line)

    def unreadable(self) -> Findings:
        """What the weakest reader among the platforms would stumble over."""
        entry = self.package.find(self.form.file)
        if entry is None:
            return
        if isinstance(self._read, etree.XMLSyntaxError):
            yield self.at(self._read.lineno or 0), f"not well-formed: {self._read.msg}"
        if entry.data.startswith(b"\xef\xbb\xbf"):
            yield self.at(1), "begins with a byte-order mark"
        if b"<!DOCTYPE" in entry.data:
            yield self.at(0), "has a document type"
        if re.search(rb"&#", entry.data):
            yield self.at(0), "has numeric references, which Moodle does not read"

    def invalid(self) -> Findings:
        """What the schemas of the standard do not allow."""
        if (
            self.tree is not None and not self.tree.docinfo.doctype
        ):  # reported already; the validator fails on its entities
            for line, reason in schema_errors(self.form.standard, self.form.schema, self.tree):
                yield self.at(line), reason
