"""What a package says of itself: for people who wonder what they were sent, and for what platforms make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

from lxml import etree

from scormpack.check.package import STANDARDS
from scormpack.check.package.descriptor import Descriptor
from scormpack.check.package.manifest import MANIFEST
from scormpack.package import Package
from scormpack.source.patterns import pattern
from scormpack.source.signs import brief

# What people call each kind of package, and what they call the parts of it that a learner opens.
TITLES: Final[dict[str, str]] = {
    "scorm12": "SCORM 1.2",
    "scorm2004-2nd": "SCORM 2004 2nd Edition",
    "scorm2004-3rd": "SCORM 2004 3rd Edition",
    "scorm2004-4th": "SCORM 2004 4th Edition",
    "xapi": "xAPI",
    "cmi5": "cmi5",
    "aicc": "AICC",
    "web": "web pages",
}

Named: TypeAlias = dict[str, list[etree._Element]]

_HEAD = 4_000  # bytes in which a page says what made it
_META = pattern(rb"<meta\s[^>]{0,200}\bname\s*=\s*[\"']?generator\b[^>]{0,200}>", re.IGNORECASE)
_CONTENT = pattern(rb"\bcontent\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})')", re.IGNORECASE)
_COMMENT = pattern(
    rb"<!--\s*(?:created|generated|published|made|built)\s+(?:with|using|by)\s+([^<>]{2,200}?)(?:\s+-\s+https?:[^<>\s]*)?\s*-->",
    re.IGNORECASE,
)
_COMMENTS = pattern(rb"<!--.*?-->", re.DOTALL)  # of well-formed XML, where each has an end
_LONGEST = 80  # signs of a title or a name
_LONGEST_NAME = 1_000  # of one that is compared
_MOST = 1_000  # different words of a manifest that are kept
_MOST_ELEMENTS = 1_000_000  # that are looked through for them
_IDENTIFIED = ("manifest", "organization", "item", "resource")


class About(NamedTuple):
    """What a package is called, what made it and how large it is; and of a manifest what platforms look at.

    `maker` is empty where nothing says it, `parts` counts what a learner opens: SCOs or units. `opens` are the pages
    that the first item, the first resource with a page and the first SCO name. `spaces` are prefixes with their
    namespaces, `elements` names as they are spelled.
    """

    title: str = ""
    maker: str = ""
    files: int = 0
    size: int = 0
    parts: int = 0
    endings: frozenset[str] = frozenset()
    identifier: str = ""
    versions: tuple[str, ...] = ()
    spaces: frozenset[tuple[str, str]] = frozenset()
    elements: frozenset[str] = frozenset()
    longest_title: int = 0
    longest_identifier: int = 0
    opens: tuple[str, str, str] = ("", "", "")
    is_xml: bool = True
    has_numeric_references: bool = False
    has_threshold_as_text: bool = False
    has_tilde: bool = False


NOTHING: Final = About()


def about(package: Package, kinds: Sequence[str], size: int) -> About:
    """What `package`, which is of these `kinds` and `size` bytes large, says of itself."""
    endings = frozenset(each.path.rpartition("/")[2].rpartition(".")[2].lower() for each in package.entries)
    tilde = any("~" in each.path for each in package.entries)
    known = About(files=len(package.entries), size=size, endings=endings, has_tilde=tilde)
    for kind in reversed(kinds):  # what the first one says is what counts
        if kind in STANDARDS:
            known = _of_descriptor(known, package, kind)
    return known._replace(maker=_maker(package, known.opens))


def _of_descriptor(known: About, package: Package, kind: str) -> About:
    standard = STANDARDS[kind]
    described = standard.descriptor(package, standard.form)
    if not isinstance(described, Descriptor):  # AICC is no XML
        return known
    entry, tree = package.find(described.form.file), described.tree
    if entry is None or tree is None:
        return known._replace(is_xml=entry is None)
    read = _of_manifest if described.form.file == MANIFEST else _of_listing
    return read(known, tree)._replace(has_numeric_references=b"&#" in _COMMENTS.sub(b"", entry.data))


def _named(tree: etree._ElementTree) -> Named:
    """The elements by their local names, each in the order of the document."""
    found: Named = {}
    for each in tree.iter("*"):
        found.setdefault(str(each.tag).rpartition("}")[2], []).append(each)
    return found


def _of_manifest(known: About, tree: etree._ElementTree) -> About:
    named = _named(tree)
    resources = named.get("resource", [])
    scos = [each for each in resources if _attribute(each, "scormtype").lower() == "sco"]
    identifiers = (each.get("identifier") or "" for name in _IDENTIFIED for each in named.get(name, []))
    return known._replace(
        title=next(_words(_titles(named)), known.title),
        parts=len(scos),
        identifier=(tree.getroot().get("identifier") or "")[:_LONGEST_NAME],
        versions=tuple((each.text or "")[:_LONGEST_NAME] for each in named.get("schemaversion", [])[:2]),
        spaces=frozenset(_spaces(tree)),
        elements=frozenset(_spelled(tree)),
        longest_title=max((len(each.text or "") for each in named.get("title", [])), default=0),
        longest_identifier=max(map(len, identifiers), default=0),
        has_threshold_as_text=any(map(_is_other_than_whole, named.get("completionThreshold", []))),
        opens=(_page_of_first_item(named), _page(resources), _page(scos)),
    )


def _of_listing(known: About, tree: etree._ElementTree) -> About:
    """Of tincan.xml or cmi5.xml."""
    named = _named(tree)
    opened = [each for each in (*named.get("launch", []), *named.get("url", [])) if (each.text or "").strip()]
    page = (opened[0].text or "").strip()[:_LONGEST_NAME] if opened else ""
    words = (inside for each in (*named.get("title", []), *named.get("name", [])) for inside in (each, *each))
    return known._replace(title=next(_words(words), known.title), parts=len(opened), opens=(page, page, page))


def _words(elements: Iterable[etree._Element]) -> Iterator[str]:
    for each in elements:
        if text := " ".join((each.text or "").split()):
            yield brief(text, _LONGEST)


def _attribute(element: etree._Element, name: str) -> str:
    """The attribute of this local name, in any namespace and any case."""
    return next((str(value) for key, value in element.attrib.items() if _is(str(key), name)), "")


def _is(key: str, name: str) -> bool:
    return key.rpartition("}")[2].lower() == name


def _is_other_than_whole(threshold: etree._Element) -> bool:
    """Whether it is written as text, and is not the one that it is read as."""
    return (threshold.text or "").strip() not in ("", "1", "1.0")


def _page(resources: Iterable[etree._Element]) -> str:
    return next(filter(None, (each.get("href") for each in resources)), "")[:_LONGEST_NAME]


def _titles(named: Named) -> Iterator[etree._Element]:
    """The titles, those of the organization that counts before the others."""
    for organization in _organizations(named):
        yield from (each for each in organization if str(each.tag).rpartition("}")[2] == "title")


def _organizations(named: Named) -> list[etree._Element]:
    """The organizations, the one that counts before the others."""
    default = next((each.get("default") for each in named.get("organizations", [])), None)
    return sorted(named.get("organization", []), key=lambda each: each.get("identifier") != default)


def _page_of_first_item(named: Named) -> str:
    """The page of the first item that names one, of the organization that counts."""
    pages = {each.get("identifier"): each.get("href") or "" for each in named.get("resource", [])}
    for organization in _organizations(named)[:1]:
        for item in organization.iter("*"):
            if page := pages.get(item.get("identifierref")):
                return page[:_LONGEST_NAME]
    return ""


def _spaces(tree: etree._ElementTree) -> Iterator[tuple[str, str]]:
    """Each prefix and its namespace, as the document declares them."""
    declared: Any = etree.iterwalk(tree, events=("start-ns",))
    for _, (prefix, space) in islice(declared, _MOST):
        yield (prefix or "")[:_LONGEST_NAME], space[-_LONGEST_NAME:]


def _spelled(tree: etree._ElementTree) -> Iterator[str]:
    """The names of elements with the prefixes that they have in the document."""
    found = dict.fromkeys(islice(((each.prefix, str(each.tag)) for each in tree.iter("*")), _MOST_ELEMENTS))
    for prefix, tag in islice(found, _MOST):
        name = tag.rpartition("}")[2][:_LONGEST_NAME]
        yield f"{prefix[:_LONGEST_NAME]}:{name}" if prefix else name


def _maker(package: Package, pages: Iterable[str]) -> str:
    """What made the package, by the words of the page that it opens, or of its manifest."""
    for path in dict.fromkeys([*(re.split(r"[?#]", each)[0] for each in pages), "index.html", MANIFEST]):
        entry = package.find(path)
        head = entry.data[:_HEAD] if entry else b""
        found = _META.search(head)
        said = _CONTENT.search(found[0]) if found else _COMMENT.search(head)
        if said:
            words = next(filter(None, said.groups())).decode(errors="replace")
            return brief(" ".join(_unescaped(words).split()), _LONGEST)
    return ""


def _unescaped(words: str) -> str:
    if "&" not in words:
        return words
    from html import unescape  # which takes as long to load as a small package to check

    return unescape(words)
