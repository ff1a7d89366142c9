"""Rules about the names and values in a manifest of anybody's, where no schema speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from lxml import etree

from scormpack.check.package.links import few_of
from scormpack.check.package.manifest import Manifest, family_of
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.schemas import schema_files
from scormpack.source.patterns import pattern

RULES: list[Rule[Manifest]] = []
OF_12: list[Rule[Manifest]] = []
OF_2004: list[Rule[Manifest]] = []

_ADL = {"http://www.adlnet.org/xsd/adlcp_rootv1p2": "SCORM 1.2", "http://www.adlnet.org/xsd/adlcp_v1p3": "SCORM 2004"}
_OF_THE_4TH = frozenset({"data", "map", "sharedDataGlobalToSystem", "objectives", "objective", "mapInfo"})
_ADDED_IN_THE_4TH = ("adlcp_v1p3", "adlseq_v1p3")
_NUMBER = pattern(r"[0-9]{1,3}(\.[0-9]+)?")
_TIMESPAN = pattern(r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?")
_SHARE = pattern(r"\+?(0+(\.[0-9]*)?|0*1(\.0*)?|\.[0-9]+)")
_TOKEN = pattern(r"([&|~()*{},=]|<>|\"[^\"]*\"|[^\s&|~()*{},=<>\"]+)")
_STATUS = pattern(
    r"\"?(passed|completed|failed|incomplete|browsed|not attempted|[pcfibn]|pass|fail)\"?", re.IGNORECASE
)


@rule(
    RULES,
    "31",
    "Edition that contradicts itself",
    Severity.ERROR,
    "Let `schemaversion` and the namespaces be those of one edition.",
)
def edition_that_contradicts_itself(manifest: Manifest) -> Findings:
    """Moodle goes by `schemaversion`, others by the namespaces: on one of them the course looks for the wrong API."""
    if manifest.tree is None:
        return
    said, spaces = manifest.version, set(manifest.tree.getroot().nsmap.values())
    used = {kind for space, kind in _ADL.items() if space in spaces}
    if used and manifest.says_another_family and family_of(said) not in used:
        yield manifest.place(), f"`schemaversion` says `{said}`, and the namespaces are those of {used.pop()}"


@rule(RULES, "32", "Prefix that Moodle does not read", Severity.WARNING, "Use the prefix that everybody uses.")
def prefix_that_moodle_does_not_read(manifest: Manifest) -> Findings:
    """Moodle and Frappe LMS compare `adlcp:` as text: under another prefix the SCO is an asset to them."""
    if manifest.tree is None:
        return
    root = manifest.tree.getroot()
    if root.prefix and etree.QName(root).namespace == manifest.form.packaging:
        yield manifest.place(root), f"Moodle looks for `<manifest>`, and not for `<{root.prefix}:manifest>`"
    space = manifest.form.prefixes["adlcp"]
    for resource in manifest.opened:
        prefixes = [prefix for prefix, each in resource.nsmap.items() if each == space]
        if prefixes and "adlcp" not in prefixes:
            yield manifest.place(resource), f"Moodle looks for the prefix `adlcp`, and not for `{prefixes[0] or ''}`"


@rule(RULES, "33", "Name that the edition does not have", Severity.WARNING, "Write it as the edition spells it.")
def name_that_the_edition_does_not_have(manifest: Manifest) -> Findings:
    """Platforms pass over what they do not know: a pass mark that is misspelt is no pass mark."""
    known = _names(manifest.form.anybodys)
    for element in manifest.all_elements:
        names = [str(name) for name in element.attrib if str(name).startswith("{")]
        for name in map(etree.QName, [str(element.tag), *names] if _is_added(element) else names):
            space, local = name.namespace or "", name.localname
            if space in known and local not in _of(manifest, space, known[space]):
                yield Found(manifest.place(element), *_unknown(manifest, element, local, known[space]))


def _unknown(manifest: Manifest, element: etree._Element, name: str, known: frozenset[str]) -> tuple[str, Severity]:
    """In words: `name` is not among those that are `known`. Outside of sequencing the 4th Edition lets it pass."""
    above = element.getparent()
    is_in_sequencing = above is not None and etree.QName(above).namespace == manifest.form.prefixes.get("imsss")
    near = next((each for each in known if each.lower() == name.lower() and each != name), "")
    spelling = f": it is spelled `{near}`" if near else ""
    grave = Severity.WARNING if manifest.form.is_4th and not is_in_sequencing else Severity.ERROR
    return f"there is no `{name}` in {manifest.form.called}{spelling}", grave


def _is_added(element: etree._Element) -> bool:
    """Whether `element` stands among those of another namespace, where schemas let anything pass."""
    above = element.getparent()
    return above is None or etree.QName(above).namespace != etree.QName(element).namespace


def _of(manifest: Manifest, space: str, names: frozenset[str]) -> frozenset[str]:
    is_later = space.endswith(_ADDED_IN_THE_4TH) and not manifest.form.is_4th
    second = frozenset({"persistState"}) if manifest.form.standard.endswith("2nd") else frozenset()
    return (names - _OF_THE_4TH if is_later else names) | second


@cache
def _names(folder: str) -> dict[str, frozenset[str]]:
    """The elements and attributes that each schema in a folder declares for all, by its namespace."""
    found = {}
    for name, data in schema_files(folder):
        root = etree.fromstring(data)
        found[root.get("targetNamespace", "")] = frozenset(
            root.xpath("//@name" if name.startswith("imscp") else "*/@name")
        )
    return found


@rule(RULES, "34", "Value that no platform can use", Severity.ERROR, "Write it in the form that the standard has.")
def value_that_no_platform_can_use(manifest: Manifest) -> Findings:
    """A pass mark in words passes nobody or everybody; a time that cannot be read limits nothing."""
    for element in manifest.elements(*_USABLE):
        usable, form = _USABLE[etree.QName(element).localname]
        text = (element.text or "").strip()
        if text and not usable(text):
            yield manifest.place(element), f"`{text}` is not {form}"
    for element in manifest.elements("dataFromLMS"):
        if len(element.text or "") > _KEPT:
            yield Found(
                manifest.place(element), "platforms need to keep 4,000 characters of it only", Severity.WARNING
            )
    for item in manifest.items:
        parameters = item.get("parameters", "").strip()
        if parameters and parameters[0] not in "?#&" and "=" not in parameters:
            message = f"`{parameters}` begins with neither `?` nor `#`"
            yield Found(manifest.place(item), message, Severity.WARNING)


def _is_mark(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and float(text) <= 100


_KEPT = 4_000  # characters (RTE, `cmi.launch_data`)
_USABLE: dict[str, tuple[Callable[[str], object], str]] = {
    "masteryscore": (_is_mark, "a number from 0 to 100"),
    "maxtimeallowed": (_TIMESPAN.fullmatch, "a time such as `0001:30:00`"),
}


@rule(
    OF_12,
    "35",
    "Prerequisite that cannot be met",
    Severity.ERROR,
    "Name items of the manifest, joined by `&`, `|` and `~`.",
)
def prerequisite_that_cannot_be_met(manifest: Manifest) -> Findings:
    """Moodle waits for what is not there: the learner never gets in (CAM 1.2, `prerequisites`)."""
    known = {item.get("identifier") for item in manifest.items}
    for element in manifest.elements("prerequisites"):
        text = (element.text or "").strip()
        names = [each for each in _TOKEN.findall(text) if each not in _SIGNS and not _STATUS.fullmatch(each)]
        unknown = [name.strip('"') for name in names if not name.isdigit() and name.strip('"') not in known]
        if unknown:
            yield manifest.place(element), f"no item is called {few_of(unknown)}"
        if text.count("(") != text.count(")") or text.count("{") != text.count("}"):
            yield manifest.place(element), f"`{text[:200]}` has a bracket without its other half"


_SIGNS = frozenset("&|~()*{},=") | {"<>"}


@rule(
    OF_2004,
    "36",
    "Threshold of another edition",
    Severity.ERROR,
    "Write a number in the element up to the 3rd Edition, `minProgressMeasure` in the 4th.",
)
def threshold_of_another_edition(manifest: Manifest) -> Findings:
    """A platform that cannot read it takes 1.0: nearly through is never complete (CAM, `completionThreshold`)."""
    for element in manifest.elements("completionThreshold"):
        text = (element.text or "").strip()
        if element.attrib and not manifest.form.is_4th:
            yield manifest.place(element), "the attributes of a threshold came with the 4th Edition"
        elif not manifest.form.is_4th and not _SHARE.fullmatch(text):
            yield manifest.place(element), f"`{text}` is not a number from 0 to 1"
        elif text and manifest.form.is_4th:
            yield Found(manifest.place(element), f"the 4th Edition does not read `{text[:200]}`", Severity.WARNING)


@rule(
    RULES, "39", "Standard that is not named", Severity.WARNING, "Write `<schema>ADL SCORM</schema>` in the metadata."
)
def standard_that_is_not_named(manifest: Manifest) -> Findings:
    """The conformance tests of ADL look for it, and so does whoever sorts packages (CAM, `schema`)."""
    root = manifest.tree.getroot() if manifest.tree is not None else None
    if root is not None and root.findtext("{*}metadata/{*}schema") != "ADL SCORM":
        yield manifest.place(), "`schema` has to be exactly `ADL SCORM`"
