"""Rules about descriptors that name things by IRI, which xAPI and cmi5 share. Each has them under its own codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree, html

from scormpack.check.descriptor import XSI, elements, every_element, invalid, tree_of, unreadable
from scormpack.check.package import place
from scormpack.check.rule import Findings, Rule, made
from scormpack.diagnostics import Place, Severity
from scormpack.package import Package

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_NOT_IN_IRI = re.compile(r"[\s\x00-\x20<>\"{}|\\^`#]")


@dataclass(frozen=True)
class Form:
    """What a descriptor is known by."""

    family: str  # of codes
    standard: str  # the folder of its schema
    file: str
    namespace: str
    named: tuple[str, ...]  # the elements that have an id
    kind: str  # the attribute that gives a type
    words: tuple[str, str]  # the elements that say what a thing is called, and what it is
    opens: str  # the element that says which page to open

    def place(self, package: Package, element: etree._Element | None = None) -> Place:
        """Where an element of the descriptor stands."""
        return place(package, self.file, (element.sourceline or 0) if element is not None else 0)

    def with_id(self, package: Package) -> Iterator[tuple[etree._Element, str]]:
        """Each element that has an id, and the id; one that only names another's is passed over."""
        for element in elements(package, self.file, *self.named):
            if element.get("idref") is None:
                yield element, element.get("id") or ""

    def opened(self, package: Package) -> Iterator[tuple[etree._Element, str]]:
        """Each element that says which page to open, and what it says."""
        for element in elements(package, self.file, self.opens):
            yield element, (element.text or "").strip()


def is_absolute(iri: str) -> bool:
    """Whether `iri` names the same thing wherever it is read (RFC 3987), and in one spelling only."""
    scheme, _, rest = iri.partition(":")
    if not _SCHEME.fullmatch(scheme) or not rest or _NOT_IN_IRI.search(rest):
        return False
    if scheme.lower() not in ("http", "https"):
        return True
    host, *steps = rest.partition("?")[0].removeprefix("//").split("/")
    last = steps.pop() if steps else ""
    return rest.startswith("//") and host != "" and last not in (".", "..") and not {"", ".", ".."} & set(steps)


def page_of(link: str) -> str:
    """The path in the package that `link` opens."""
    return unquote(re.split(r"[?#]", link, maxsplit=1)[0])


def _missing_descriptor(form: Form, package: Package) -> Findings:
    """Without it at the root, or with two of them, a platform does not know what to open."""
    if package.find(form.file) is None:
        yield place(package, form.file), f"there is no `{form.file}` at the root of the zip"
        return
    for entry in package.entries:
        if entry.path.endswith(f"/{form.file}"):
            yield place(package, entry.path), f"is a second `{form.file}`"


def _descriptor_that_cannot_be_read(form: Form, package: Package) -> Findings:
    """Some platforms stop half-way on such a file and leave a broken course behind."""
    return unreadable(package, form.file)


def _descriptor_against_its_schema(form: Form, package: Package) -> Findings:
    """A strict platform refuses it; a lax one takes what it can guess, and the learner's record is wrong."""
    return invalid(package, form.file, form.standard)


def _id_that_is_not_absolute(form: Form, package: Package) -> Findings:
    """Read on another platform, a short name is another thing, and the learner's record belongs to nothing."""
    for element, name in form.with_id(package):
        if not is_absolute(name):
            yield form.place(package, element), f"`{name}` is not an absolute IRI"


def _id_that_names_two_things(form: Form, package: Package) -> Findings:
    """Two things under one name share one record: who has done the first has done both."""
    seen: set[str] = set()
    for element, name in form.with_id(package):
        if name in seen:
            yield form.place(package, element), f"`{name}` is given twice"
        seen.add(name)


def _type_that_is_not_absolute(form: Form, package: Package) -> Findings:
    """Types are names that everybody shares; a word of one's own is left out of every report."""
    for element in elements(package, form.file, *form.named):
        kind = element.get(form.kind)
        if kind is not None and not is_absolute(kind):
            yield form.place(package, element), f"`{kind}` is not an absolute IRI"


def _page_to_open_that_is_missing(form: Form, package: Package) -> Findings:
    """The learner taps on the course and meets an empty page."""
    paths = {entry.path for entry in package.entries}
    for element, link in form.opened(package):
        if page_of(link) not in paths:
            yield form.place(package, element), f"`{link}` is not in the package"


def _thing_without_words(form: Form, package: Package) -> Findings:
    """A learner and her manager see a nameless line, and some platforms refuse the file."""
    for element, name in form.with_id(package):
        for word in form.words:
            said = [each for each in element if isinstance(each.tag, str) and etree.QName(each).localname == word]
            if not any("".join(map(str, each.itertext())).strip() for each in said):
                yield form.place(package, element), f"`{name}` has no {word}"


def _element_from_elsewhere(form: Form, package: Package) -> Findings:
    """What one platform adds another refuses, and the course loads here and not there."""
    for element in every_element(package, form.file):
        names = (str(element.tag), *map(str, element.attrib))
        spaces = {etree.QName(name).namespace or "" for name in names} - {form.namespace, "", XSI}
        if etree.QName(element).namespace is None:
            spaces.add("no namespace")
        for space in sorted(spaces):
            yield form.place(package, element), f"<{etree.QName(element).localname}> is of {space}"


def _page_that_speaks_of_another_activity(form: Form, package: Package) -> Findings:
    """What the course reports is then about something that the platform does not know, and nothing counts."""
    for element, link in form.opened(package):
        owner, entry = element.getparent(), package.find(page_of(link))
        if owner is None or entry is None:
            continue
        with suppress(etree.ParserError):  # an empty page says nothing
            for each in html.document_fromstring(entry.data).iter():
                said = each.get("data-activity")
                if said is not None and said != owner.get("id"):
                    yield place(package, entry.path, each.sourceline or 0), f"speaks of `{said}`"


def _page_that_may_not_speak(form: Form, package: Package) -> Findings:
    """The browser stops every word to the platform: the learner does it all, and nothing is ever recorded."""
    pages = {page_of(link) for _, link in form.opened(package)}
    for entry in (entry for entry in package.entries if entry.path in pages):
        with suppress(etree.ParserError):  # an empty page asks for nothing
            for each in html.document_fromstring(entry.data).iter("meta"):
                is_policy = (each.get("http-equiv") or "").lower() == "content-security-policy"
                if is_policy and not _may_speak(each.get("content") or ""):
                    yield place(package, entry.path, each.sourceline or 0), "may speak with no record store"


def _may_speak(policy: str) -> bool:
    """Whether a page may ask any host; where `connect-src` is not said, `default-src` counts (CSP 3, 6.1.2)."""
    named = {part.split()[0].lower(): part.split()[1:] for part in policy.split(";") if part.strip()}
    allowed = named.get("connect-src", named.get("default-src"))
    return allowed is None or not {"*", "https:"}.isdisjoint(allowed)


_Search = Callable[[Form, Package], Findings]
_RULES: tuple[tuple[str, str, _Search], ...] = (
    ("01", "Put one at the root, not into a folder.", _missing_descriptor),
    ("02", "Write plain UTF-8 XML without a document type.", _descriptor_that_cannot_be_read),
    ("03", "Write it as the schema in `schemas/xsd` says.", _descriptor_against_its_schema),
    ("04", "Begin it with the library's `authority`.", _id_that_is_not_absolute),
    ("05", "Give each its own id.", _id_that_names_two_things),
    ("06", "Write the whole IRI: `http://adlnet.gov/expapi/activities/course`.", _type_that_is_not_absolute),
    ("07", "Add the file, or correct the path and its capital letters.", _page_to_open_that_is_missing),
    ("08", "Give it a title and a description.", _thing_without_words),
    ("09", "Write only what the standard has.", _element_from_elsewhere),
    ("10", "Write the same id on the page and in the descriptor.", _page_that_speaks_of_another_activity),
    ("17", "Add `connect-src https: http:` to the page's Content-Security-Policy.", _page_that_may_not_speak),
)


def activity_rules(form: Form) -> list[Rule[Package]]:
    """The shared rules under the codes of one standard."""

    def bound(search: _Search) -> Callable[[Package], Findings]:
        return lambda package: search(form, package)

    return [
        made(f"{form.family}-{number}", Severity.ERROR, hint, search, bound(search))
        for number, hint, search in _RULES
    ]


def readable(form: Form, package: Package) -> bool:
    """Whether there is a descriptor to look into."""
    return tree_of(package, form.file) is not None
