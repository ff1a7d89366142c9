"""Rules about what no browser shows and no platform runs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from scormpack.check.package.any import place
from scormpack.check.package.site.address import Way
from scormpack.check.package.site.markup import Tag
from scormpack.check.package.site.sources import Page, Reference
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.telling import counted, named, several
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Place, Severity
from scormpack.source.patterns import pattern

DEAD_RULES: list[Rule[Site]] = []

# The endings with which Docebo refuses a package (its help, “Troubleshooting SCORM”), and their kin.
_SERVER_SIDE = pattern(
    r"\.(?:htaccess|phps?|php\d|ph3|phtml|cgi|sh|shtml|asp|aspx|ashx|jsp|cfm|py|rb|pl)\Z", re.IGNORECASE
)
_DIRECTIVE = pattern(r"<!--#(?:include|exec|echo|config|set|if)\b|<\?php\b")
_NO_BROWSER = pattern(r"\.(?:swf|flv|f4v|wmv|avi|rm|ram|class|jar|xap|dcr|mht|mhtml|hta)\Z", re.IGNORECASE)
_PLUGIN_TYPE = pattern(r"application/x-(?:shockwave-flash|java-applet|silverlight|director)", re.IGNORECASE)
_FALLBACKS = frozenset({"video", "audio", "object"})  # what stands in these is for browsers that cannot show them
_SOON = 50  # tags
_LARGE, _HEAVY = 50_000_000, 100_000_000  # bytes


@rule(
    DEAD_RULES, "WEB-10", "File for a server to run", Severity.WARNING, "Leave it out, or save as HTML what it makes."
)
def file_for_a_server_to_run(site: Site) -> Findings:
    """A platform runs nothing of a package: the learner sees the file's own text, or nothing.

    Docebo refuses the whole package for one such file.
    """
    files = [path for path in site.files if _SERVER_SIDE.search(path)]
    if files:
        verb = "needs" if len(files) == 1 else "need"
        severity = Severity.ERROR if {each.address.path for each in site.references} & set(files) else None
        yield Found(place(site.package, files[0]), f"{several(files)} {verb} a server to run", severity)
    for page in site.pages:
        found = _DIRECTIVE.search(page.text)
        if found is not None and not _is_in_script(page, found.start()):
            said = f"{named(found[0])} is for a server, and shows nothing here"
            yield Found(site.place(page, found.start()), said, Severity.ERROR)


def _is_in_script(page: Page, at: int) -> bool:
    return any(tag.text and tag.within <= at < tag.within + len(tag.text) for tag in page.tags)


@rule(
    DEAD_RULES,
    "WEB-11",
    "Content that no browser shows",
    Severity.ERROR,
    "Give a page, a picture, or a film as MP4 instead.",
)
def content_that_no_browser_shows(site: Site) -> Findings:
    """The learner finds a gap: Flash, Java and ActiveX have ended, and some films never played in a page."""
    for page in site.pages:
        found = list(_plugins(page))
        for severity in (Severity.ERROR, Severity.WARNING):
            if which := [(what, tag) for what, tag, replaced in found if replaced == (severity is Severity.WARNING)]:
                said = f"{counted(len(which), 'element')} that no browser shows: {several(what for what, _ in which)}"
                yield Found(site.place(page, which[0][1].at), said, severity)
    for each in site.references:
        if each.role in ("link", "frame", "media") and each.address.way is Way.INSIDE and _is_dead(each):
            severity = Severity.WARNING if each.role == "link" else Severity.ERROR
            yield Found(site.place(each.source, each.at), f"{named(each.link)} is shown by no browser", severity)


def _is_dead(reference: Reference) -> bool:
    return _NO_BROWSER.search(reference.address.path) is not None


def _plugins(page: Page) -> Iterator[tuple[str, Tag, bool]]:
    """The elements for a plug-in, and whether another element is shown in their place."""
    inside: list[str] = []
    for index, tag in enumerate(page.tags):
        if inside and tag.name == f"/{inside[-1]}":
            inside.pop()
        elif not inside and (what := _plugin(tag)):
            yield what, tag, tag.name == "object" and _is_replaced(page.tags, index + 1)
        if tag.name in _FALLBACKS:
            inside.append(tag.name)


def _is_replaced(tags: Sequence[Tag], index: int) -> bool:
    """Whether an object with its parameters, which ends soon after `index`, holds anything else to be shown."""
    inner = itertools.takewhile(lambda tag: tag.name != "/object", itertools.islice(tags, index, index + _SOON))
    return any(tag.name not in ("param", "/param", "embed", "/embed", "object") for tag in inner)


def _plugin(tag: Tag) -> str:
    """What `tag` needs a plug-in for; empty if it needs none."""
    attributes = tag.attributes
    if tag.name == "applet":
        return attributes.get("code") or "applet"
    if tag.name not in ("object", "embed"):
        return ""
    link = attributes.get("data") or attributes.get("src") or ""
    needs = _PLUGIN_TYPE.match(attributes.get("type", "")) or _NO_BROWSER.search(link.partition("?")[0])
    clsid = attributes.get("classid", "") if not link else ""
    return link or attributes.get("type") or tag.name if needs else clsid


@rule(DEAD_RULES, "WEB-12", "Heavy package", Severity.INFO, "Make films and pictures smaller, or divide the package.")
def heavy_package(site: Site) -> Findings:
    """A worker learns on her phone, on data that she pays for. Many platforms are set up to take less than 100 MB."""
    sizes = {entry.path: entry.size for entry in site.package.entries}
    whole = sum(sizes.values())
    if whole > _HEAVY:
        yield Place(site.package.name, outside=True), f"it holds {whole / 1e6:,.0f} MB"
    for path in (path for path, size in sizes.items() if size > _LARGE):
        yield place(site.package, path), f"it has {sizes[path] / 1e6:,.0f} MB"
