"""Rules about what a manifest of anybody's says of its course: files of metadata, and LOM."""

from __future__ import annotations

from lxml import etree

from scormpack.check.package.manifest import Manifest
from scormpack.check.package.xsd import is_large, parser
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

RULES: list[Rule[Manifest]] = []

_DATE = pattern(
    r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])"
    r"(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?)?)?"
)
_SPAN = pattern(
    r"P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
    r"(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?|[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
)
_TIMES = {"date": _DATE, "duration": _SPAN, "typicallearningtime": _SPAN}
_LEVELS = "very low|low|medium|high|very high"
# What `LOMv1.0` has for each term (IEEE 1484.12.1), and what its draft in SCORM 1.2 had besides.
_WORDS = {
    "structure": "atomic|collection|networked|hierarchical|linear|mixed|branched|parceled",
    "aggregationlevel": "1|2|3|4|0",
    "status": "draft|final|revised|unavailable",
    "role": "author|publisher|unknown|initiator|terminator|validator|editor|graphical designer|technical implementer"
    "|content provider|technical validator|educational validator|script writer|instructional designer"
    "|subject matter expert|creator",
    "interactivitytype": "active|expositive|mixed|undefined",
    "learningresourcetype": "exercise|simulation|questionnaire|diagram|figure|graph|index|slide|table|narrative text"
    "|exam|experiment|problem statement|self assessment|lecture|selfassesment|problemstatement",
    "interactivitylevel": _LEVELS,
    "semanticdensity": _LEVELS,
    "intendedenduserrole": "teacher|author|learner|manager",
    "context": "school|higher education|training|other|primary education|secondary education|university first cycle"
    "|university second cycle|university postgrade|technical school first cycle|technical school second cycle"
    "|professional formation|continuous formation|vocational training",
    "difficulty": "very easy|easy|medium|difficult|very difficult",
    "cost": "yes|no",
    "copyrightandotherrestrictions": "yes|no",
    "kind": "ispartof|haspart|isversionof|hasversion|isformatof|hasformat|references|isreferencedby|isbasedon"
    "|isbasisfor|requires|isrequiredby",
    "purpose": "discipline|idea|prerequisite|educational objective|accessibility restrictions|accessibility"
    "|educational level|skill level|security level|competency",
}
_KNOWN = {term: {word.replace(" ", "") for word in words.split("|")} for term, words in _WORDS.items()}


@rule(RULES, "37", "Metadata file that is not there", Severity.ERROR, "Add the file, or take `adlcp:location` out.")
def metadata_file_that_is_not_there(manifest: Manifest) -> Findings:
    """A strict platform refuses the course, and no catalogue finds it (CAM, `location`)."""
    told: set[str] = set()
    for element in manifest.elements("location"):
        link = (element.text or "").strip()
        path = manifest.path_of(element, link) if _is_of(element, "adlcp") and link else None
        if path is None or path in told:
            continue
        told.add(path)
        entry = manifest.files.get(path)
        if entry is None:
            yield manifest.place(element), manifest.missing(link, path)
        elif not _can_be_read(entry.data):
            yield manifest.place(element), f"`{link}` is no XML that a platform can read"


def _can_be_read(data: bytes) -> bool:
    if is_large(data):
        return True  # as far as anybody knows
    try:
        etree.fromstring(data, parser())
    except etree.XMLSyntaxError:
        return False
    return True


@rule(RULES, "38", "Metadata that nobody can sort by", Severity.WARNING, "Write it as LOM has it, or leave it out.")
def metadata_that_nobody_can_sort_by(manifest: Manifest) -> Findings:
    """A catalogue leaves out what it cannot read, and the course is not found (IEEE 1484.12.1, LOM)."""
    for element in manifest.elements("value"):
        yield from _of_term(manifest, element)
    for element in manifest.elements("dateTime", "datetime", "duration"):
        above = element.getparent()
        if above is None or len(element) or not _is_of(element, "lom", "imsmd"):
            continue
        form = _SPAN if _local(element) == "duration" else _TIMES.get(_local(above))
        text = (element.text or "").strip()
        if form is not None and text and not form.fullmatch(text):
            yield manifest.place(element), f"`{text}` is no {'date' if form is _DATE else 'duration'} of LOM"


def _of_term(manifest: Manifest, element: etree._Element) -> Findings:
    term = element.getparent()
    if term is None or not _is_of(element, "lom", "imsmd"):
        return
    name, source, word = _local(term), _text(term.find("{*}source")), _text(element)
    if name in _KNOWN and source == "LOMv1.0" and word.lower().replace(" ", "") not in _KNOWN[name]:
        yield Found(manifest.place(element), f"`{word}` is no word of LOM for `{etree.QName(term).localname}`")


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def _is_of(element: etree._Element, *names: str) -> bool:
    """Whether the namespace of `element` has one of `names` in it."""
    space = (etree.QName(element).namespace or "").lower()
    return any(name in space for name in names)
