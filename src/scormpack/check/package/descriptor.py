"""The file that describes a package to a platform: read safely, once, for all the rules about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

from lxml import etree

from scormpack.check.package.any import place
from scormpack.check.package.xsd import is_large, parser, schema_errors, without_comments
from scormpack.check.rule import Findings, Found
from scormpack.diagnostics import Place, Severity
from scormpack.package import Entry, Package, Unread
from scormpack.source.patterns import pattern

_REFERENCE = pattern(rb"&#")
_LAST_LINE = 65_535  # libxml2 counts no further
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

    @property
    def anybodys(self) -> str:
        """The folder of the same schemas with all that the standard allows, where ours allow what we write."""


FormT = TypeVar("FormT", bound=Form)


@dataclass(frozen=True)
class Descriptor(Generic[FormT]):
    """The descriptor of `package`, where `form` says what to expect of it.

    One that `is_ours` is held to all that we ask of ourselves; anybody else's to what the standard says.
    """

    package: Package
    form: FormT
    is_ours: bool = True

    @cached_property
    def tree(self) -> etree._ElementTree | None:
        """The descriptor as a tree; None where it is missing, cannot be read or is of a size that nobody can read."""
        return self._read if isinstance(self._read, etree._ElementTree) else None

    @cached_property
    def _read(self) -> etree._ElementTree | etree.XMLSyntaxError | None:
        entry = self.package.find(self.form.file)
        try:
            if entry is None or isinstance(entry, Unread) or is_large(entry.data):
                return None
            return etree.ElementTree(etree.fromstring(entry.data, parser()))
        except etree.XMLSyntaxError as error:
            return error

    @cached_property
    def all_elements(self) -> tuple[etree._Element, ...]:
        """All elements; no comments."""
        return tuple(each for each in self.tree.iter() if isinstance(each.tag, str)) if self.tree is not None else ()

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """The elements that are called one of `names`, in any namespace, in the order of the document."""
        return (element for _, element in merge(*(self._by_name.get(name, []) for name in names), key=itemgetter(0)))

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, etree._Element]]]:
        found: dict[str, list[tuple[int, etree._Element]]] = {}
        for number, element in enumerate(self.all_elements):
            found.setdefault(str(element.tag).rpartition("}")[2], []).append((number, element))
        return found

    @cached_property
    def files(self) -> dict[str, Entry]:
        """The files in the package, by their names."""
        return {entry.path: entry for entry in self.package.entries}

    @cached_property
    def spelled(self) -> dict[str, str]:
        """How the name of each file is spelled, by that name in small letters."""
        return {path.casefold(): path for path in self.files}

    def missing(self, link: str, path: str) -> str:
        """In words: `path`, which `link` leads to, is not a file of the package. Empty if it is."""
        if path in self.files:
            return ""
        if other := self.spelled.get(path.casefold()):
            return f"`{link}` is spelled `{other}` in the package"
        return f"`{link}` is not in the package"

    def milder(self, severity: Severity) -> Severity | None:
        """How grave a finding is in somebody else's package; None, as grave as its rule says, in one of ours."""
        return None if self.is_ours else severity

    def place(self, element: etree._Element | None = None) -> Place:
        """Where `element` stands, or the descriptor itself."""
        line = element.sourceline or 0 if element is not None else 0
        return self.at(line if line < _LAST_LINE else 0)

    def at(self, line: int) -> Place:
        """A line of the descriptor; 0 for the whole of it."""
        return place(self.package, self.form.file, line)

    def unreadable(self) -> Findings:
        """What the weakest reader among the platforms would stumble over."""
        entry = self.package.find(self.form.file)
        if entry is None:
            return
        if is_large(entry.data):
            message = f"is so long ({len(entry.data) / 1e6:.0f} MB) that it is not looked into"
            yield Found(self.at(0), message, self.milder(Severity.WARNING))
        if isinstance(self._read, etree.XMLSyntaxError):
            yield self.at(self._read.lineno or 0), f"not well-formed: {self._read.msg}"
        if entry.data.startswith(b"\xef\xbb\xbf") and self.is_ours:
            yield self.at(1), "begins with a byte-order mark"
        words = entry.data if self.is_ours else without_comments(entry.data)
        if b"<!DOCTYPE" in words:
            yield Found(self.at(0), "has a document type", self.milder(Severity.WARNING))
        if _REFERENCE.search(words):
            yield Found(
                self.at(0), "has numeric references, which Moodle does not read", self.milder(Severity.WARNING)
            )

    def invalid(self) -> Findings:
        """What the schemas of the standard do not allow; of many complaints that are alike, the first."""
        if self.tree is None or self.tree.docinfo.doctype:
            return  # reported already; the validator fails on its entities
        folder = self.form.standard if self.is_ours else self.form.anybodys
        for line, reason in schema_errors(folder, self.form.schema, self.tree):
            yield self.at(line), reason
