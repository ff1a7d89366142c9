"""The parts of imsmanifest.xml that both SCORMs share: one organization, one item, one SCO with every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from lxml import etree
from lxml.builder import ElementMaker

from scormpack.course.model import Course
from scormpack.package import Entry
from scormpack.schemas import schema_files

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

Element = etree._Element


class Writer:
    """Makes the elements of one edition. Platforms compare prefixes as text, so these are the usual ones."""

    def __init__(self, packaging: str, prefixes: dict[str, str], schemas: Mapping[str, str]) -> None:
        """`packaging` is the default namespace; `schemas` gives each namespace used its file."""
        self.namespaces: dict[str | None, str] = {None: packaging, "xsi": XSI} | dict(prefixes.items())
        self.make = ElementMaker(namespace=packaging, nsmap=self.namespaces)
        self.locations = " ".join(f"{namespace} {file}" for namespace, file in schemas.items())

    def name(self, prefix: str, local: str) -> str:
        """A qualified name, for attributes."""
        return f"{{{self.namespaces[prefix]}}}{local}"

    def element(self, prefix: str, local: str, text: str = "", **attributes: str) -> Element:
        """An element of one of the extension namespaces."""
        made = etree.Element(self.name(prefix, local), attributes)
        made.text = text or None
        return made

    def manifest(
        self,
        course: Course,
        edition: str,
        files: Iterable[str],
        scorm_type: str,
        item_extras: Iterable[Element] = (),
        organization_extras: Iterable[Element] = (),
        organization_attributes: Mapping[str, str] | None = None,
    ) -> bytes:
        """The manifest. Its identifiers come from the module's id, the same in every release and for every provider.

        The module's id comes first: one platform tells packages apart by 15 characters of the manifest's.
        """
        make, module = self.make, course.module
        sco, organization = f"{module.id}.sco", f"{module.id}.organization"
        title = make.title(module.title)
        item = make.item(title, *item_extras, identifier=f"{module.id}.item", identifierref=sco)
        resource = make.resource(identifier=sco, type="webcontent", href=LAUNCH, **{scorm_type: "sco"})
        file = f"{{{self.namespaces[None]}}}file"
        for path in files:
            etree.SubElement(resource, file, href=path)
        root = make.manifest(
            make.metadata(make.schema("ADL SCORM"), make.schemaversion(edition)),
            make.organizations(
                make.organization(
                    make.title(module.title),
                    item,
                    *organization_extras,
                    identifier=organization,
                    **dict(organization_attributes or {}),
                ),
                default=organization,
            ),
            make.resources(resource),
            identifier=module.id,
            version=module.version,
        )
        root.set(self.name("xsi", "schemaLocation"), self.locations)
        return serialised(root)


def serialised(root: Element) -> bytes:
    """Indented UTF-8 with a declaration; characters as themselves, for Moodle keeps no numeric references."""
    etree.indent(root)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (declaration + etree.tostring(root, encoding="unicode") + "\n").encode()


def listed(files: Iterable[Entry]) -> list[str]:
    """The paths to list: the page that is launched first, then by name."""
    return sorted((entry.path for entry in files), key=lambda path: (path != LAUNCH, path))


@cache
def schemas(standard: str) -> tuple[Entry, ...]:
    """The schemas that a package of `standard` carries in its root."""
    return tuple(Entry(name, data) for name, data in schema_files(standard))
