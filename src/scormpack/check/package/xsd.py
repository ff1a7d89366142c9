"""The one doorway to schema validation.

libxml2 decides, in a millisecond. Only when it refuses is xmlschema loaded, for it says more clearly what was
expected and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from scormpack.schemas import schema_folder

if TYPE_CHECKING:
    from xml.etree.ElementTree import ElementTree


@cache
def _schema(standard: str, file: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(schema_folder(standard) / file))


def parser() -> etree.XMLParser:
    """A parser for documents from anywhere: no entities, no network, no DTD, no giants."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def schema_errors(standard: str, file: str, tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    """Line and reason of each place where `tree` is not what the schema `file` of `standard` allows."""
    schema = _schema(standard, file)
    if schema.validate(tree):
        return
    explained = list(_explained(standard, file, tree))
    yield from explained or ((error.line, error.message) for error in schema.error_log)


def _explained(standard: str, file: str, tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    from xmlschema import XMLSchema

    schema = XMLSchema(str(schema_folder(standard) / file))
    for error in schema.iter_errors(cast("ElementTree[Any]", tree)):
        reason = " ".join(str(error.reason).split())
        yield error.sourceline or 0, f"{error.path}: {reason}"
