"""The one doorway to schema validation.

libxml2 decides, in a millisecond. Only when it refuses is xmlschema loaded, for it says more clearly what was
expected and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from scormpack.schemas import schema_folder
from scormpack.source.patterns import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import ElementTree

    from xmlschema import XMLSchema10

_APART = pattern(rb"<!--|<!\[CDATA\[")
_NAMESPACE = pattern(r"\{[a-z]+:[^}]*\}")
_NAMES = pattern(r"value doesn't match any pattern of \['\[\\\\i-\[:\]\]\[\\\\c-\[:\]\]\*'\]")
_COUNTED = pattern(r"\[\d+\]")  # which of its siblings an element is
_MANY = 50  # complaints; so many are not explained one by one
_LARGE = 20_000  # elements; xmlschema needs a millisecond for ten
_FEW = 10
_BYTES, _SIGNS = 20_000_000, 800_000  # of a document; packages of 10,000 files have a thirtieth


@cache
def _schema(standard: str, file: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(schema_folder(standard) / file))


def parser() -> etree.XMLParser:
    """A parser for documents from anywhere: no entities, no network, no DTD, no giants."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def is_large(data: bytes) -> bool:
    """Whether a tree of this document would need more memory than anybody's real one: some 200 MB."""
    return len(data) > _BYTES or data.count(b"<") + data.count(b"=") > _SIGNS


def without_comments(data: bytes) -> bytes:
    """An XML document without its comments and its CDATA sections, in one pass whatever it holds."""
    kept, at = [], 0
    while (begin := _APART.search(data, at)) is not None:
        end = data.find(b"-->" if begin[0] == b"<!--" else b"]]>", begin.end())
        kept.append(data[at : begin.start()])
        if end < 0:
            return b"".join(kept)
        at = end + 3
    return b"".join([*kept, data[at:]])


def schema_errors(standard: str, file: str, tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    """Line and reason of places where `tree` is not what the schema `file` in the folder `standard` allows.

    There are a readable few: of complaints that are alike the first, with how many more there are.
    """
    schema = _schema(standard, file)
    if schema.validate(tree):
        return
    told = [(error.line, _NAMESPACE.sub("", error.message)) for error in schema.error_log]
    if len(told) < _MANY and next(islice(tree.iter(), _LARGE, None), None) is None:
        told = _explained(standard, file, tree) or told
    yield from _few(told)


def _few(told: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    alike: dict[str, list[tuple[int, str]]] = {}
    for line, reason in told:
        alike.setdefault(_COUNTED.sub("", reason), []).append((line, reason))
    for (line, reason), *others in islice(alike.values(), _FEW):
        yield line, f"{reason} (and {len(others)} more like it)" if others else reason


def _explained(standard: str, file: str, tree: etree._ElementTree) -> list[tuple[int, str]]:
    """What xmlschema says about `tree`; nothing where that is too much for it."""
    schema = _explainer(standard, file)
    try:
        errors = list(islice(schema.iter_errors(cast("ElementTree[Any]", tree)), _MANY))
    except (ArithmeticError, RecursionError, ValueError):
        return []
    return [(error.sourceline or 0, f"{error.path}: {_in_words(str(error.reason))}") for error in errors]


def _in_words(reason: str) -> str:
    """A reason on one line, without namespaces, and without the pattern by which XML Schema describes names."""
    plain = " ".join(_NAMESPACE.sub("", reason).split())
    return _NAMES.sub("no XML name (a letter or `_`, then letters, digits, `.`, `-` and `_`)", plain)


@cache
def _explainer(standard: str, file: str) -> XMLSchema10:
    from xmlschema import XMLSchema10

    return XMLSchema10(str(schema_folder(standard) / file), allow="local")
