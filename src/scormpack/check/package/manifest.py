"""Rules about imsmanifest.xml that both SCORMs share. Each edition has them under its own codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from scormpack.check.package.any import place
from scormpack.check.package.descriptor import XML, XSI, Descriptor
from scormpack.check.rule import Findings, Rule, rule
from scormpack.diagnostics import Severity

MANIFEST = "imsmanifest.xml"


@dataclass(frozen=True)
class Edition:
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
    def scorm_type(self) -> str:
        """The attribute that makes a resource a SCO; its capital T came with 2004."""
        local = "scormtype" if self.standard == "scorm12" else "scormType"
        return f"{{{self.prefixes['adlcp']}}}{local}"


Manifest: TypeAlias = Descriptor[Edition]

RULES: list[Rule[Manifest]] = []


@rule(RULES, "01", "Missing manifest", Severity.ERROR, "Put it at the root, not in a folder.")
def missing_manifest(manifest: Manifest) -> Findings:
    """Without a manifest at its root the zip file is not a course to any platform."""
    if manifest.package.find(MANIFEST) is None:
        yield manifest.place(), f"there is no `{MANIFEST}` at the root of the zip"


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
    found = [element.text for element in manifest.elements("schemaversion")]
    if manifest.tree is not None and found != [manifest.form.version]:
        yield manifest.place(), f"`schemaversion` has to be exactly `{manifest.form.version}`"


@rule(
    RULES,
    "05",
    "Listed file that is missing",
    Severity.ERROR,
    "Add the file, or correct the path and its capital letters.",
)
def listed_file_that_is_missing(manifest: Manifest) -> Findings:
    """A file that is listed and missing is an empty page for the learner."""
    paths = {entry.path for entry in manifest.package.entries}
    for name in ("file", "resource"):
        for element in manifest.elements(name):
            href = element.get("href")
            if href is not None and href not in paths:
                yield manifest.place(element), f"`{href}` is not in the package"


@rule(RULES, "06", "File that is not listed", Severity.WARNING, "List it as a `file` of a resource.")
def file_that_is_not_listed(manifest: Manifest) -> Findings:
    """Some platforms copy only what is listed."""
    listed = {element.get("href") for element in manifest.elements("file")} | {MANIFEST}
    for entry in manifest.package.entries:
        if entry.path not in listed and manifest.tree is not None:
            yield place(manifest.package, entry.path), "is in the package but not in the manifest"


@rule(RULES, "07", "Reference to nothing", Severity.ERROR, "Correct the identifier.")
def reference_to_nothing(manifest: Manifest) -> Findings:
    """Moodle accepts a dangling reference silently, and the learner meets nothing."""
    known = {e.get("identifier") for name in ("resource", "organization") for e in manifest.elements(name)}
    for name, attribute in (
        ("item", "identifierref"),
        ("dependency", "identifierref"),
        ("organizations", "default"),
    ):
        for element in manifest.elements(name):
            target = element.get(attribute)
            if target is not None and target not in known:
                yield manifest.place(element), f"`{target}` is not defined"


@rule(RULES, "08", "Nothing to open", Severity.ERROR, "List the SCO first, with its page as `href` and as `file`.")
def nothing_to_open(manifest: Manifest) -> Findings:
    """Open edX opens the first resource; anything but a SCO with its page there is never tracked."""
    resources = list(manifest.elements("resource"))
    if manifest.tree is None:
        return
    if not resources:
        yield manifest.place(), "there is no resource"
        return
    first = resources[0]
    where = manifest.place(first)
    if first.get(manifest.form.scorm_type) != "sco" or not first.get("href"):
        yield where, "the first resource is not a SCO with a page to open"
    if first.get("href") not in [element.get("href") for element in first]:
        yield where, "the page that is opened is not among the files of its resource"


@rule(RULES, "09", "Missing schemas", Severity.ERROR, "Put the schemas in the root of the package.")
def missing_schemas(manifest: Manifest) -> Findings:
    """The conformance test of SCORM looks for them by name, in the root."""
    if manifest.tree is not None:
        for name in manifest.form.controlled:
            if manifest.package.find(name) is None:
                yield place(manifest.package, name), f"`{name}` is missing in the root of the package"


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
