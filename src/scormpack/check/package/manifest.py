"""Rules about imsmanifest.xml that both SCORMs share. Each edition has them under its own codes."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from scormpack.check.package.any import place
from scormpack.check.package.descriptor import XML, XSI, Descriptor
from scormpack.check.package.links import few_of, path_of
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity

MANIFEST = "imsmanifest.xml"
SECOND = "CAM 1.3"  # how the 2nd Edition of 2004 calls itself
_BASE = f"{{{XML}}}base"
_SCHEMAS = (".xsd", ".dtd")
_LONGEST = 2_000  # characters of an address (CAM, `href`)


def family_of(version: str) -> str:
    """The standard that a `schemaversion` is of, as Moodle and Open edX read it; empty if it is of none."""
    if version.startswith(("2004", "CAM", "1.3")):
        return "SCORM 2004"
    return "SCORM 1.2" if version == "1.2" else ""


class Edition(NamedTuple):
    """What an edition's manifest is known by."""

    standard: str  # the folder of its schemas
    version: str
    packaging: str
    prefixes: dict[str, str]
    controlled: tuple[str, ...]  # schemas; the first is the manifest's own

    @property
    def file(self) -> str:
        """What the descriptor is called."""
        return MANIFEST

    @property
    def schema(self) -> str:
        """The file of its own schema."""
        return self.controlled[0]

    @property
    def anybodys(self) -> str:
        """The folder of the schemas with all that it allows."""
        return "any/scorm12" if self.is_12 else "any/scorm2004"

    @property
    def is_12(self) -> bool:
        """Whether it is SCORM 1.2; else it is one of 2004."""
        return self.standard == "scorm12"

    @property
    def is_4th(self) -> bool:
        """Whether it is the 4th Edition of SCORM 2004."""
        return self.standard == "scorm2004-4th"

    @property
    def called(self) -> str:
        """What people call it."""
        return f"SCORM {self.version}" if self.version != SECOND else "SCORM 2004 2nd Edition"

    @property
    def scorm_type(self) -> str:
        """The attribute that makes a resource a SCO; its capital T came with 2004."""
        return self.added("scormtype" if self.is_12 else "scormType")

    def added(self, name: str) -> str:
        """The full name of what it adds to a manifest."""
        return f"{{{self.prefixes['adlcp']}}}{name}"


class Manifest(Descriptor[Edition]):
    """A manifest: its items, its resources, and where their addresses lead."""

    @cached_property
    def version(self) -> str:
        """What it says of its edition, without white space; empty if it says nothing."""
        said = None if self.tree is None else self.tree.getroot().findtext("{*}metadata/{*}schemaversion")
        return (said or "").strip()

    @property
    def says_another_family(self) -> bool:
        """Whether it calls itself 2004 and is 1.2, or the other way round."""
        return family_of(self.version) not in ("", family_of(self.form.version))

    @cached_property
    def items(self) -> tuple[etree._Element, ...]:
        """The items, in the order of the document."""
        return tuple(self.elements("item"))

    @cached_property
    def resources(self) -> dict[str, etree._Element]:
        """The resources by identifier: the first of each."""
        found: dict[str, etree._Element] = {}
        for each in self.elements("resource"):
            found.setdefault(each.get("identifier", ""), each)
        return found

    def opens(self, item: etree._Element) -> etree._Element | None:
        """The resource that `item` opens; None if there is none of that name."""
        return self.resources.get(item.get("identifierref", ""))

    @cached_property
    def opened(self) -> tuple[etree._Element, ...]:
        """The resources that items open, each once."""
        found = (self.opens(item) for item in self.items)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    @cached_property
    def addresses(self) -> tuple[tuple[etree._Element, str, str | None], ...]:
        """Each resource and file that has an address, that, and the file that it leads to."""
        found = ((each, each.get("href", "").strip()) for each in self.elements("file", "resource"))
        return tuple((each, href, self.path_of(each, href)) for each, href in found if href)

    @cached_property
    def listed(self) -> set[str | None]:
        """The files that it speaks of, and itself."""
        if self.is_ours:
            return {MANIFEST, *(each.get("href") for each in self.elements("file"))}
        texts = ((each, (each.text or "").strip()) for each in self.elements("location"))
        return {MANIFEST, *(path for *_, path in self.addresses), *(self.path_of(*each) for each in texts)}

    def path_of(self, element: etree._Element, link: str) -> str | None:
        """The file that `link` at `element` leads to, by `xml:base` around it; None if it leads out."""
        return path_of(link, self._bases.get(element, ""), self.files)

    @cached_property
    def _bases(self) -> dict[etree._Element | None, str]:
        """The folder in which the addresses of an element begin, where it is not the root."""
        found: dict[etree._Element | None, str] = {}
        for each in self.all_elements:
            base = posixpath.join(found.get(each.getparent(), ""), each.get(_BASE, "").strip())
            if base:
                found[each] = base[:_LONGEST]
        return found


RULES: list[Rule[Manifest]] = []


@rule(RULES, "01", "Missing manifest", Severity.ERROR, "Put it at the root, not in a folder.")
def missing_manifest(manifest: Manifest) -> Findings:
    """Without a manifest at its root the zip file is not a course to any platform."""
    if manifest.package.find(MANIFEST) is None:
        other = manifest.spelled.get(MANIFEST)
        why = (
            f"`{other}` has to be called `{MANIFEST}`"
            if other
            else f"there is no `{MANIFEST}` at the root of the zip"
        )
        yield manifest.place(), why


@rule(RULES, "02", "Manifest that cannot be read", Severity.ERROR, "Write plain UTF-8 XML without a document type.")
def manifest_that_cannot_be_read(manifest: Manifest) -> Findings:
    """Some platforms stop half-way on such a file and leave a broken course behind."""
    return manifest.unreadable()


@rule(
    RULES,
    "03",
    "Manifest that breaks its schema",
    Severity.ERROR,
    "See the Content Aggregation Model of the edition.",
)
def manifest_against_its_schema(manifest: Manifest) -> Findings:
    """A strict platform refuses it; a lax one shows the learner an empty page."""
    return manifest.invalid()


@rule(RULES, "04", "Version of SCORM that is spelt differently", Severity.ERROR, "Write it without spaces around it.")
def version_in_other_words(manifest: Manifest) -> Findings:
    """Moodle treats any other value as SCORM 1.2, and 2004 content then never finds its platform."""
    if manifest.tree is None:
        return
    said = manifest.tree.getroot().findall("{*}metadata/{*}schemaversion")
    found = [each.text for each in (manifest.elements("schemaversion") if manifest.is_ours else said)]
    if found == [manifest.form.version] or (manifest.says_another_family and not manifest.is_ours):
        return  # another family is told by a rule of its own
    harmless = manifest.form.is_12 and manifest.version in ("", "1.2")
    grave = manifest.milder(Severity.WARNING if harmless else Severity.ERROR)
    hint = (
        "" if manifest.is_ours else f"Write `<schemaversion>{manifest.form.version}</schemaversion>` in the metadata."
    )
    yield Found(manifest.place(), f"`schemaversion` has to be exactly `{manifest.form.version}`", grave, hint)


@rule(
    RULES,
    "05",
    "Listed file that is missing",
    Severity.ERROR,
    "Add the file, or correct the path and its capital letters.",
)
def listed_file_that_is_missing(manifest: Manifest) -> Findings:
    """A file that is listed and missing is an empty page for the learner."""
    told = set()
    for element, href, path in manifest.addresses:
        if path is not None and path not in told and (missing := manifest.missing(href, path)):
            told.add(path)
            yield manifest.place(element), missing


@rule(RULES, "06", "File that is not listed", Severity.WARNING, "List it as a `file` of a resource.")
def file_that_is_not_listed(manifest: Manifest) -> Findings:
    """Some platforms copy only what is listed."""
    if manifest.tree is None:
        return
    unlisted = [entry.path for entry in manifest.package.entries if entry.path not in manifest.listed]
    if manifest.is_ours:
        for path in unlisted:
            yield place(manifest.package, path), "is in the package but not in the manifest"
    elif others := [path for path in unlisted if not path.endswith(_SCHEMAS)]:
        yield Found(manifest.place(), f"no resource lists {few_of(others)}", Severity.INFO)


@rule(RULES, "07", "Reference to nothing", Severity.ERROR, "Correct the identifier.")
def reference_to_nothing(manifest: Manifest) -> Findings:
    """Moodle accepts a dangling reference silently, and the learner meets nothing."""
    for name, attribute, *kinds in (
        ("item", "identifierref", "resource", "manifest"),
        ("dependency", "identifierref", "resource", "manifest"),
        ("organizations", "default", "organization"),
    ):
        known = {each.get("identifier") for each in manifest.elements(*kinds)}
        for element in manifest.elements(name):
            target = element.get(attribute)
            if target and target not in known:
                yield manifest.place(element), f"`{target}` is not defined"


@rule(RULES, "08", "Nothing to open", Severity.ERROR, "List the SCO first, with its page as `href` and as `file`.")
def nothing_to_open(manifest: Manifest) -> Findings:
    """Open edX opens the first resource; anything but a SCO with its page there is never tracked."""
    if manifest.tree is None:
        return
    if not manifest.resources:
        yield manifest.place(), "there is no resource"
        return
    first = next(manifest.elements("resource"))
    if first.get(manifest.form.scorm_type) != "sco" or not first.get("href"):
        yield from _first_of(manifest, first)
    anywhere = {path for element, _, path in manifest.addresses if etree.QName(element).localname == "file"}
    for each in [first] if manifest.is_ours else manifest.opened:
        path = manifest.path_of(each, each.get("href", "")) if each.get("href") else None
        listed = {file.get("href") for file in each} if manifest.is_ours else anywhere  # a dependency may have it
        if path is not None and path not in listed:
            message = "the page that is opened is not among the files of its resource"
            yield Found(manifest.place(each), message, manifest.milder(Severity.WARNING))


def _first_of(manifest: Manifest, first: etree._Element) -> Findings:
    """What becomes of a package whose `first` resource is no SCO with a page."""
    pages = [each for each in manifest.elements("resource") if each.get("href")]
    scos = [each for each in pages if each.get(manifest.form.scorm_type) == "sco"]
    if manifest.is_ours:
        yield manifest.place(first), "the first resource is not a SCO with a page to open"
    elif not pages:
        yield manifest.place(), "no resource has a page to open"
    elif not scos:
        yield Found(manifest.place(), "there is no SCO: a platform shows it and records nothing", Severity.WARNING)
    elif pages[0] is not scos[0]:
        message = f"Open edX opens `{pages[0].get('identifier')}`, the first resource with a page, which is no SCO"
        yield Found(manifest.place(pages[0]), message, Severity.WARNING)


@rule(RULES, "09", "Missing schemas", Severity.ERROR, "Put the schemas in the root of the package.")
def missing_schemas(manifest: Manifest) -> Findings:
    """The conformance test of SCORM looks for them by name, in the root."""
    if manifest.tree is None:
        return
    missing = [name for name in manifest.form.controlled if name not in manifest.files]
    if manifest.is_ours:
        for name in missing:
            yield place(manifest.package, name), f"`{name}` is missing in the root of the package"
    elif missing:
        yield Found(manifest.place(), f"the root of the package lacks {few_of(missing, 5)}", Severity.INFO)


@rule(
    RULES, "10", "Unusual namespaces", Severity.ERROR, "Use the usual prefixes, and map every namespace.", house=True
)
def unusual_namespaces(manifest: Manifest) -> Findings:
    """Moodle compares prefixes as text, and platforms look for schemas where the location says."""
    tree = manifest.tree
    if tree is None:
        return
    root = tree.getroot()
    where = manifest.place(root)
    if root.nsmap.get(None) != manifest.form.packaging:
        yield where, f"the default namespace has to be {manifest.form.packaging}"
    for prefix, namespace in manifest.form.prefixes.items():
        if namespace in root.nsmap.values() and root.nsmap.get(prefix) != namespace:
            yield where, f"{namespace} has to have the prefix `{prefix}`"
    location = root.get(f"{{{XSI}}}schemaLocation") or ""
    pairs = location.split(" ")
    if len(pairs) % 2 or "" in pairs or "\n" in location:
        yield where, "`xsi:schemaLocation` has to be pairs with single spaces between them"
    names = (name for each in manifest.all_elements for name in (each.tag, *each.attrib))
    used = {etree.QName(name).namespace or "" for name in names}
    for name in sorted(used - set(pairs[::2]) - {"", XSI, XML}):
        yield where, f"`xsi:schemaLocation` does not say where the schema of {name} is"


@rule(RULES, "11", "Identifier that is given twice", Severity.ERROR, "Give each its own identifier.")
def identifier_that_is_given_twice(manifest: Manifest) -> Findings:
    """Identifiers share one namespace, and a platform keeps learners' records under them."""
    seen: set[str] = set()
    for name in ("manifest", "organization", "item", "resource"):
        for element in manifest.elements(name):
            identifier = element.get("identifier") or ""
            if identifier in seen:
                yield manifest.place(element), f"`{identifier}` is given twice"
            seen.add(identifier)
