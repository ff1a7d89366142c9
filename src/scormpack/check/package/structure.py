"""Rules about what a manifest of anybody's leads to: organizations, items, resources and addresses."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from scormpack.check.package.links import few_of, is_elsewhere
from scormpack.check.package.manifest import Manifest
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.package import Unread

RULES: list[Rule[Manifest]] = []

_PAGES = (".html", ".htm", ".xhtml", ".xht")
_FILMS_AND_PAPERS = (
    *(".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".zip", ".swf", ".exe", ".txt", ".png", ".jpg"),
    *(".jpeg", ".gif", ".mp3", ".mp4", ".webm", ".mov", ".avi", ".js", ".css", ".json", ".xml"),
)


@rule(
    RULES,
    "22",
    "Address that leads out of the package",
    Severity.ERROR,
    "Write the path from the manifest, with `/` between folders.",
)
def address_that_leads_out(manifest: Manifest) -> Findings:
    """Such an address works on its author's computer, or on one platform only (RFC 3986; CAM, `resource`)."""
    for element, href, path in manifest.addresses:
        where = manifest.place(element)
        if "\\" in href:
            yield where, f"`{href}` has `\\` between folders"
        elif href.startswith("/") and not href.startswith("//"):
            yield where, f"`{href}` begins at the root of the platform"
        elif is_elsewhere(href) and etree.QName(element).localname == "resource" and _is_web(href):
            if element.get(manifest.form.scorm_type) == "sco":  # an asset may stand on the web
                yield Found(where, f"`{href}` is not in the package", Severity.WARNING, _FETCHED)
        elif is_elsewhere(href):
            yield where, f"`{href}` is an address, and no file of the package"
        elif path is None:
            yield where, f"`{href}` leads out of the package"


def _is_web(href: str) -> bool:
    return href.lower().startswith(("http://", "https://", "//"))


_FETCHED = "Put the page in the package: from another host a SCO does not find the platform's API."


@rule(RULES, "23", "SCO that is no page", Severity.ERROR, "Let `href` name a page, and open the file from there.")
def sco_that_is_no_page(manifest: Manifest) -> Findings:
    """A SCO is a page whose script speaks to the platform (CAM, on SCOs). Nothing else records anything."""
    for resource in manifest.opened:
        href = (resource.get("href") or "").strip()
        path = manifest.path_of(resource, href) if href else None
        if resource.get(manifest.form.scorm_type) != "sco" or path is None:
            continue
        entry = manifest.files.get(path)
        if path.lower().endswith(_FILMS_AND_PAPERS):
            yield manifest.place(resource), f"`{href}` is opened as a SCO and is no page"
        elif isinstance(entry, Unread) or entry is None:
            continue
        elif path.lower().endswith(_PAGES) and not entry.data.strip():
            yield manifest.place(resource), f"`{href}` is empty"


@rule(RULES, "24", "Nothing to show", Severity.ERROR, "Give the manifest an organization with an item.")
def nothing_to_show(manifest: Manifest) -> Findings:
    """A platform shows a learner the items of one organization; without any she sees an empty course."""
    root = manifest.tree.getroot() if manifest.tree is not None else None
    every = [] if root is None else root.findall("{*}organizations")
    for organizations in every:
        found = organizations.findall("{*}organization")
        for each in found:
            if each.find("{*}item") is None:
                yield manifest.place(each), f"`{each.get('identifier') or ''}` has no item"
        if not found:
            message = "there is no organization: a platform has nothing to show"
            yield Found(manifest.place(organizations), message, Severity.WARNING)
        elif not organizations.get("default"):
            yield Found(manifest.place(organizations), *_no_default(manifest, len(found)))


def _no_default(manifest: Manifest, count: int) -> tuple[str, Severity]:
    """2004 asks for a default; 1.2 lets platforms take the first (CAM, `organizations`)."""
    message = (
        f"`default` does not say which of {count} organizations is shown" if count > 1 else "`default` is missing"
    )
    return message, Severity.INFO if manifest.form.is_12 and count == 1 else Severity.WARNING


@rule(RULES, "25", "Item that opens nothing", Severity.ERROR, "Give the item an `identifierref`, or take it out.")
def item_that_opens_nothing(manifest: Manifest) -> Findings:
    """A learner taps on its title and nothing happens; 2004 asks every leaf for a resource (CAM, `item`)."""
    for item in manifest.items:
        has_children = item.find("{*}item") is not None
        ref, resource = item.get("identifierref"), manifest.opens(item)
        if not ref and not has_children:
            grave = Severity.WARNING if manifest.form.is_12 else Severity.ERROR
            yield Found(manifest.place(item), f"`{item.get('identifier') or ''}` opens nothing", grave)
        elif ref and has_children and not manifest.form.is_12:
            message = f"`{item.get('identifier') or ''}` has items under it and opens `{ref}` too"
            yield Found(manifest.place(item), message, hint="Move `identifierref` to an item of its own.")
        elif resource is not None and not resource.get("href"):
            message = f"`{ref}` has no `href`: there is no page to open"
            yield Found(manifest.place(item), message, hint="Give the resource the `href` of its page.")


@rule(RULES, "26", "Title that is missing", Severity.WARNING, "Give it a title of its own, in plain words.")
def title_that_is_missing(manifest: Manifest) -> Findings:
    """The title is all that a learner has to choose by (CAM, `title`)."""
    for element in manifest.elements("organization", "item"):
        titles = element.findall("{*}title")
        if not any((title.text or "").strip() for title in titles) and element.get("isvisible") not in ("false", "0"):
            yield manifest.place(element), f"`{element.get('identifier') or ''}` has no title"


@rule(
    RULES,
    "27",
    "Resource that is neither SCO nor asset",
    Severity.ERROR,
    "Write `adlcp:scormtype` in SCORM 1.2, `adlcp:scormType` in 2004, with `sco` or `asset`.",
)
def resource_that_is_neither(manifest: Manifest) -> Findings:
    """Platforms take it for an asset: the learner reads everything, and nothing is recorded (CAM, `resource`)."""
    right, used = etree.QName(manifest.form.scorm_type), set(manifest.opened)
    for resource in manifest.resources.values():
        value = resource.get(right)
        near = [each for each in map(etree.QName, resource.attrib) if each.localname.lower() == "scormtype"]
        if any(each.namespace == right.namespace for each in near):
            continue  # right, or a name that the edition does not have: another rule says so
        if near:
            yield manifest.place(resource), f"`{near[0].localname}` is not `adlcp:{right.localname}`"
        elif value is None and resource in used:
            yield manifest.place(resource), f"`{resource.get('identifier') or ''}` does not say what it is"


@rule(RULES, "28", "Resources that need each other", Severity.WARNING, "Take one `dependency` out of the circle.")
def resources_that_need_each_other(manifest: Manifest) -> Findings:
    """A platform that follows dependencies goes round in circles, or stops half-way (CAM, `dependency`)."""
    needs = {
        name: [each.get("identifierref", "") for each in resource.iterchildren("{*}dependency")]
        for name, resource in manifest.resources.items()
    }
    if name := _in_a_circle(needs):
        yield manifest.place(manifest.resources[name]), f"`{name}` needs itself"


def _in_a_circle(needs: dict[str, list[str]]) -> str:
    """A name that leads back to itself; empty if there is none. What nothing needs any more is taken away first."""
    needed = Counter(each for names in needs.values() for each in names if each in needs)
    free = [name for name in needs if not needed[name]]
    left = dict.fromkeys(needs)
    while free:
        name = free.pop()
        del left[name]
        for each in needs[name]:
            if each in needs:
                needed[each] -= 1
                if not needed[each]:
                    free.append(each)
    return _first_back(needs, left)


def _first_back(needs: dict[str, list[str]], left: dict[str, None]) -> str:
    """Where a walk through `left`, from each to one that it needs there, comes back to. Everything there leads on."""
    seen: set[str] = set()
    name = next((each for each in left if any(other in left for other in needs[each])), "")
    while name and name not in seen:
        seen.add(name)
        name = next((each for each in needs[name] if each in left), "")
    return name


@rule(RULES, "29", "Manifest inside a manifest", Severity.WARNING, "Move its items and resources into the outer one.")
def manifest_inside_a_manifest(manifest: Manifest) -> Findings:
    """SCORM never said how platforms treat one, and most of them pass it over (CAM, `manifest`)."""
    for inner in manifest.elements("manifest"):
        if inner.getparent() is not None:
            yield manifest.place(inner), f"`{inner.get('identifier') or ''}` is inside another manifest"


@rule(RULES, "30", "Several units to open", Severity.INFO, "Try the package on the platform that it is meant for.")
def several_units(manifest: Manifest) -> Findings:
    """LearnUpon takes packages with one unit only; Moodle calls the whole done when the first one is."""
    scos = [each for each in manifest.opened if each.get(manifest.form.scorm_type) == "sco"]
    if len(scos) > 1:
        yield (
            manifest.place(),
            f"there are {len(scos)} SCOs: {few_of([each.get('identifier') or '' for each in scos])}",
        )
