"""Rules about descriptors that name things by IRI, which xAPI and cmi5 share. Each has them under its own codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from scormpack.check.package.any import parsed, place
from scormpack.check.package.descriptor import XML, XSI, Descriptor
from scormpack.check.package.links import path_of
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*")
_APPLICATION = pattern(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)  # no drive, no author's own disk
_IRI = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`]+")  # RFC 3987
_LANG = f"{{{XML}}}lang"
_NOT_IN_IRI = pattern(r"[\s\x00-\x20<>\"{}|\\^`#]")


@dataclass(frozen=True)
class Vocabulary:
    """What such a descriptor is known by."""

    standard: str  # the folder of its schema
    file: str
    schema: str  # the file of its schema
    namespace: str
    named: tuple[str, ...]  # the elements that have an id
    kind: str  # the attribute that gives a type
    words: tuple[str, ...]  # the elements that say what a thing is called, and what it is
    needed: tuple[str, ...]  # those of them without which nobody may leave a thing
    opens: str  # the element that says which page to open

    @property
    def anybodys(self) -> str:
        """The folder of the schema with all that the standard allows."""
        return f"any/{self.standard}"


class Listing(Descriptor[Vocabulary]):
    """A list of things that have names, some of which can be opened."""

    def named(self) -> Iterator[tuple[etree._Element, str]]:
        """Each element that has an id, and the id; one that only names another's is passed over."""
        for element in self.elements(*self.form.named):
            if element.get("idref") is None:
                yield element, element.get("id") or ""

    def opened(self) -> Iterator[tuple[etree._Element, str]]:
        """Each element that says which page to open, and what it says."""
        for element in self.elements(self.form.opens):
            yield element, (element.text or "").strip()

    def is_name(self, iri: str) -> bool:
        """Whether `iri` can name a thing: for our own things, in one spelling only."""
        return is_absolute(iri) if self.is_ours else _IRI.fullmatch(iri.strip()) is not None

    def path_of(self, link: str) -> str | None:
        """The file in the package that `link` opens; None if it is not in the package."""
        return page_of(link) if self.is_ours else path_of(link, "", self.files)


RULES: list[Rule[Listing]] = []
OTHERS: list[Rule[Listing]] = []


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


@rule(RULES, "01", "Missing descriptor", Severity.ERROR, "Put one at the root, not in a folder.")
def missing_descriptor(listing: Listing) -> Findings:
    """Without it at the root, or with two of them, a platform does not know what to open."""
    if listing.package.find(listing.form.file) is None:
        other = listing.spelled.get(listing.form.file.casefold())
        called = f"`{other}` has to be called `{listing.form.file}`"
        yield listing.place(), called if other else f"there is no `{listing.form.file}` at the root of the zip"
        return
    for entry in listing.package.entries:
        if entry.path.endswith(f"/{listing.form.file}"):
            message = f"is a second `{listing.form.file}`"
            yield Found(place(listing.package, entry.path), message, listing.milder(Severity.WARNING))


@rule(RULES, "02", "Descriptor that cannot be read", Severity.ERROR, "Write plain UTF-8 XML without a document type.")
def descriptor_that_cannot_be_read(listing: Listing) -> Findings:
    """Some platforms stop half-way on such a file and leave a broken course behind."""
    return listing.unreadable()


@rule(
    RULES, "03", "Descriptor that breaks its schema", Severity.ERROR, "Write it as the schema in `schemas/xsd` says."
)
def descriptor_against_its_schema(listing: Listing) -> Findings:
    """A strict platform refuses it; a lax one takes what it can guess, and the learner's record is wrong."""
    return listing.invalid()


@rule(RULES, "04", "Id that is not absolute", Severity.ERROR, "Begin it with the library's `authority`.")
def id_that_is_not_absolute(listing: Listing) -> Findings:
    """On another platform a relative name means something else, and the learner's record belongs to nothing."""
    for element, name in listing.named():
        if not listing.is_name(name):
            yield listing.place(element), f"`{name}` is not an absolute IRI"


@rule(RULES, "05", "Id that names two things", Severity.ERROR, "Give each its own id.")
def id_that_names_two_things(listing: Listing) -> Findings:
    """Two things under one name share one record: a learner who has done the first has done both."""
    seen: set[str] = set()
    for element, name in listing.named():
        if name in seen:
            yield listing.place(element), f"`{name}` is given twice"
        seen.add(name)


@rule(
    RULES,
    "06",
    "Type that is not absolute",
    Severity.ERROR,
    "Write the whole IRI: `http://adlnet.gov/expapi/activities/course`.",
)
def type_that_is_not_absolute(listing: Listing) -> Findings:
    """Types are shared names; a private one is left out of every report."""
    for element in listing.elements(*listing.form.named):
        kind = element.get(listing.form.kind)
        if kind is not None and not listing.is_name(kind):
            yield listing.place(element), f"`{kind}` is not an absolute IRI"


@rule(
    RULES,
    "07",
    "Page to open that is missing",
    Severity.ERROR,
    "Add the file, or correct the path and its capital letters.",
)
def page_to_open_that_is_missing(listing: Listing) -> Findings:
    """The learner taps on the course and meets an empty page."""
    for element, link in listing.opened():
        if not listing.is_ours and (not link or _APPLICATION.match(link)):
            continue  # a page elsewhere is no mistake (cmi5, 14.1), and no page at all is told by others
        path = listing.path_of(link)
        missing = f"`{link}` leads out of the package" if path is None else listing.missing(link, path)
        if missing:
            yield listing.place(element), missing


@rule(RULES, "08", "Activity without a title or description", Severity.ERROR, "Give it a title and a description.")
def thing_without_words(listing: Listing) -> Findings:
    """A learner and her manager see a line without a name, and some platforms refuse the file."""
    for element, name in listing.named():
        for word in listing.form.words if listing.is_ours else listing.form.needed:
            said = [each for each in element if isinstance(each.tag, str) and etree.QName(each).localname == word]
            if not any("".join(map(str, each.itertext())).strip() for each in said):
                yield listing.place(element), f"`{name}` has no {word}"


@rule(RULES, "09", "Element from elsewhere", Severity.ERROR, "Write only what the standard has.", house=True)
def element_from_elsewhere(listing: Listing) -> Findings:
    """What one platform adds, another refuses: the course loads here and not there."""
    for element in listing.all_elements:
        names = (str(element.tag), *map(str, element.attrib))
        spaces = {etree.QName(name).namespace or "" for name in names} - {listing.form.namespace, "", XSI}
        if etree.QName(element).namespace is None:
            spaces.add("no namespace")
        for space in sorted(spaces):
            yield listing.place(element), f"<{etree.QName(element).localname}> is of {space}"


@rule(OTHERS, "18", "Words in no language", Severity.INFO, 'Name their language: `lang="en-GB"`.')
def words_in_no_language(listing: Listing) -> Findings:
    """A platform in several languages cannot tell whom to show them to, and may show them to nobody."""
    silent = [each for each in listing.elements("langstring", "name", "description") if _is_silent(each)]
    if silent:
        yield listing.place(silent[0]), f"titles and descriptions that do not say their language: {len(silent)}"


def _is_silent(element: etree._Element) -> bool:
    """Whether `element` holds words and names no language."""
    return (
        not len(element) and bool((element.text or "").strip()) and not element.get("lang") and not element.get(_LANG)
    )


@rule(
    RULES,
    "10",
    "Page that names another activity",
    Severity.ERROR,
    "Write the same id on the page and in the descriptor.",
    house=True,
)
def page_that_speaks_of_another_activity(listing: Listing) -> Findings:
    """What the course reports is then about something that the platform does not know, and nothing counts."""
    for element, link in listing.opened():
        owner, entry = element.getparent(), listing.package.find(page_of(link))
        if owner is None or entry is None:
            continue
        for each in parsed(entry.data).iter():
            said = each.get("data-activity")
            if said is not None and said != owner.get("id"):
                yield place(listing.package, entry.path, each.sourceline or 0), f"speaks of `{said}`"


@rule(
    RULES,
    "17",
    "Page that may not connect to the platform",
    Severity.ERROR,
    "Add `connect-src https: http:` to the page's Content-Security-Policy.",
    house=True,
)
def page_that_may_not_speak(listing: Listing) -> Findings:
    """The browser blocks every request to the platform: the learner does everything, and nothing is recorded."""
    pages = {page_of(link) for _, link in listing.opened()}
    for entry in (entry for entry in listing.package.entries if entry.path in pages):
        for each in parsed(entry.data).iter("meta"):
            is_policy = (each.get("http-equiv") or "").lower() == "content-security-policy"
            if is_policy and not _may_speak(each.get("content") or ""):
                yield place(listing.package, entry.path, each.sourceline or 0), "may speak with no record store"


def _may_speak(policy: str) -> bool:
    """Whether a page may ask any host; where `connect-src` is not said, `default-src` counts (CSP 3, 6.1.2)."""
    named = {part.split()[0].lower(): part.split()[1:] for part in policy.split(";") if part.strip()}
    allowed = named.get("connect-src", named.get("default-src"))
    return allowed is None or not {"*", "https:"}.isdisjoint(allowed)
