"""Rules about imsmanifest.xml that both SCORMs share. Each edition has them under its own codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from scormpack.check.descriptor import XML, XSI, elements, invalid, tree_of, unreadable
from scormpack.check.package import place
from scormpack.check.rule import Findings, Rule, made
from scormpack.diagnostics import Severity
from scormpack.package import Package

MANIFEST = "imsmanifest.xml"


@dataclass(frozen=True)
class Edition:
    """What an edition's manifest is known by."""

    family: str  # of codes
    standard: str  # the folder of its schemas
    version: str
    packaging: str
    prefixes: dict[str, str]
    controlled: tuple[str, ...]

    @property
    def scorm_type(self) -> str:
        """The attribute that makes a resource a SCO; its capital T came with 2004."""
        local = "scormtype" if self.standard == "scorm12" else "scormType"
        return f"{{{self.prefixes['adlcp']}}}{local}"


def _tree(package: Package) -> etree._ElementTree | None:
    return tree_of(package, MANIFEST)


def _elements(package: Package, name: str) -> Iterator[etree._Element]:
    return elements(package, MANIFEST, name)


def _missing_manifest(edition: Edition, package: Package) -> Findings:
    """Without a manifest at its root the zip is no course to any platform."""
    if package.find(MANIFEST) is None:
        yield place(package, MANIFEST), f"there is no `{MANIFEST}` at the root of the zip"


def _manifest_that_cannot_be_read(edition: Edition, package: Package) -> Findings:
    """Some platforms stop half-way on such a file and leave a broken course behind."""
    return unreadable(package, MANIFEST)


def _manifest_against_its_schema(edition: Edition, package: Package) -> Findings:
    """A strict platform refuses it; a lax one shows the learner an empty page."""
    return invalid(package, MANIFEST, edition.standard)


def _version_in_other_words(edition: Edition, package: Package) -> Findings:
    """Moodle takes any other word for SCORM 1.2, and 2004 content then never finds its platform."""
    found = [element.text for element in _elements(package, "schemaversion")]
    if _tree(package) is not None and found != [edition.version]:
        yield place(package, MANIFEST), f"`schemaversion` has to be exactly `{edition.version}`"


def _listed_file_that_is_missing(edition: Edition, package: Package) -> Findings:
    """A file that is listed and missing is an empty page for the learner."""
    paths = {entry.path for entry in package.entries}
    for name in ("file", "resource"):
        for element in _elements(package, name):
            href = element.get("href")
            if href is not None and href not in paths:
                yield place(package, MANIFEST, element.sourceline or 0), f"`{href}` is not in the package"


def _file_that_is_not_listed(edition: Edition, package: Package) -> Findings:
    """Some platforms copy only what is listed."""
    listed = {element.get("href") for element in _elements(package, "file")} | {MANIFEST}
    for entry in package.entries:
        if entry.path not in listed and _tree(package) is not None:
            yield place(package, entry.path), "is in the package but not in the manifest"


def _reference_to_nothing(edition: Edition, package: Package) -> Findings:
    """Moodle takes a dangling reference without a word, and the learner meets nothing."""
    known = {e.get("identifier") for name in ("resource", "organization") for e in _elements(package, name)}
    for name, attribute in (
        ("item", "identifierref"),
        ("dependency", "identifierref"),
        ("organizations", "default"),
    ):
        for element in _elements(package, name):
            target = element.get(attribute)
            if target is not None and target not in known:
                yield place(package, MANIFEST, element.sourceline or 0), f"`{target}` is not defined"


def _nothing_to_open(edition: Edition, package: Package) -> Findings:
    """Open edX opens the first resource; anything but a SCO with its page there is never tracked."""
    resources = list(_elements(package, "resource"))
    if _tree(package) is None:
        return
    if not resources:
        yield place(package, MANIFEST), "there is no resource"
        return
    first = resources[0]
    where = place(package, MANIFEST, first.sourceline or 0)
    if first.get(edition.scorm_type) != "sco" or not first.get("href"):
        yield where, "the first resource is not a SCO with a page to open"
    if first.get("href") not in [element.get("href") for element in first]:
        yield where, "the page that is opened is not among the files of its resource"


def _missing_schemas(edition: Edition, package: Package) -> Findings:
    """The conformance test of SCORM looks for them by name, in the root."""
    if _tree(package) is not None:
        for name in edition.controlled:
            if package.find(name) is None:
                yield place(package, name), f"`{name}` is missing in the root of the package"


def _unusual_namespaces(edition: Edition, package: Package) -> Findings:
    """Moodle compares prefixes as text, and platforms look for schemas where the location says."""
    tree = _tree(package)
    if tree is None:
        return
    root = tree.getroot()
    where = place(package, MANIFEST, root.sourceline or 0)
    if root.nsmap.get(None) != edition.packaging:
        yield where, f"the default namespace has to be {edition.packaging}"
    for prefix, namespace in edition.prefixes.items():
        if namespace in root.nsmap.values() and root.nsmap.get(prefix) != namespace:
            yield where, f"{namespace} has to have the prefix `{prefix}`"
    location = root.get(f"{{{XSI}}}schemaLocation") or ""
    pairs = location.split(" ")
    if len(pairs) % 2 or "" in pairs or "\n" in location:
        yield where, "`xsi:schemaLocation` has to be pairs with single spaces between them"
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    used = {etree.QName(name).namespace or "" for each in elements for name in (each.tag, *each.attrib)}
    for name in sorted(used - set(pairs[::2]) - {"", XSI, XML}):
        yield where, f"`xsi:schemaLocation` does not say where the schema of {name} is"


def _identifier_that_is_given_twice(edition: Edition, package: Package) -> Findings:
    """One space of names: a platform keeps learners' records under them."""
    seen: set[str] = set()
    for name in ("manifest", "organization", "item", "resource"):
        for element in _elements(package, name):
            identifier = element.get("identifier") or ""
            if identifier in seen:
                yield place(package, MANIFEST, element.sourceline or 0), f"`{identifier}` is given twice"
            seen.add(identifier)


_Search = Callable[[Edition, Package], Findings]
_RULES: tuple[tuple[str, Severity, str, _Search], ...] = (
    ("01", Severity.ERROR, "Put it at the root, not into a folder.", _missing_manifest),
    ("02", Severity.ERROR, "Write plain UTF-8 XML without a document type.", _manifest_that_cannot_be_read),
    ("03", Severity.ERROR, "See the Content Aggregation Model of the edition.", _manifest_against_its_schema),
    ("04", Severity.ERROR, "Write it without spaces around it.", _version_in_other_words),
    (
        "05",
        Severity.ERROR,
        "Add the file, or correct the path and its capital letters.",
        _listed_file_that_is_missing,
    ),
    ("06", Severity.WARNING, "List it as a `file` of a resource.", _file_that_is_not_listed),
    ("07", Severity.ERROR, "Correct the identifier.", _reference_to_nothing),
    ("08", Severity.ERROR, "List the SCO first, with its page as `href` and as `file`.", _nothing_to_open),
    ("09", Severity.ERROR, "Put the schemas into the root of the package.", _missing_schemas),
    ("10", Severity.ERROR, "Use the usual prefixes, and map every namespace.", _unusual_namespaces),
    ("11", Severity.ERROR, "Give each its own identifier.", _identifier_that_is_given_twice),
)


def manifest_rules(edition: Edition) -> list[Rule[Package]]:
    """The shared rules under the codes of one edition."""

    def bound(search: _Search) -> Callable[[Package], Findings]:
        return lambda package: search(edition, package)

    return [
        made(f"{edition.family}-{number}", severity, hint, search, bound(search))
        for number, severity, hint, search in _RULES
    ]
