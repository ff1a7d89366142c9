"""Rules about where links lead: into the package, and exactly to one of its files."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from scormpack.check.package.any import place
from scormpack.check.package.site.address import Way
from scormpack.check.package.site.sources import Reference
from scormpack.check.package.site.subject import PAGES, SCRIPTS, Site, folded
from scormpack.check.package.site.telling import named, once_a_file, several
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

LINK_RULES: list[Rule[Site]] = []

# Without these the rest is as good as before: other sources, backgrounds, what a browser may ask for or not.
_SPARED = {"source": Severity.WARNING, "extra": Severity.WARNING, "hint": Severity.INFO}
# What only browsers ask for that nobody has any more.
_OLD = (".eot", ".htc", ".cur")
_DESCRIBING = (".xml", ".au")
_TEXTS = (*PAGES, *SCRIPTS, ".css", ".json", ".svg", ".vtt", ".webmanifest")
_WORD = pattern(r"(?<![\w.%-])[\w%-]*+(?:\.++[\w%-]++)++")
_SIGN = pattern(r"[^\w.-]")
_BY_ITSELF = pattern(  # in small letters
    r"(^|/)(imsmanifest|cmi5|tincan|metadata)\.xml$|\.(xsd|dtd|map|md|txt|crs|au|des|cst|ort|pre)$"
    r"|(^|/)(licen[cs]e|readme|changelog|copying|notice)\b[^/]*$|(^|/)(\.|__macosx/|thumbs\.db|favicon\.)"
)


def _asked_for(site: Site, *ways: Way) -> Iterator[Reference]:
    """What is asked for by links that lead one of `ways`."""
    return (each for each in site.references if each.address.way in ways and each.role != "none")


def _missing(site: Site) -> Iterator[Reference]:
    for each in _asked_for(site, Way.INSIDE):
        path = each.address.path
        if path and not {path, _path_in_zip(path)} & site.files.keys() and not site.is_folder(path):
            yield each


def _path_in_zip(path: str) -> str:
    """`path` as it reads in a zip that does not say that its names are UTF-8 (APPNOTE, appendix D)."""
    return path if path.isascii() else path.encode(errors="surrogateescape").decode("cp437")


def _is_spared(reference: Reference) -> bool:
    """Whether nobody misses the file: something takes its place, or no browser asks for it."""
    tag = reference.tag
    return reference.address.path.lower().endswith(_OLD) or (tag is not None and "onerror" in tag.attributes)


def _grave(reference: Reference) -> Severity:
    """How much is lost. A link without an ending may be for a script, which shows what belongs there."""
    if reference.role == "link" and "." not in reference.address.path.rpartition("/")[2]:
        return Severity.WARNING
    return _SPARED.get(reference.role, Severity.ERROR)


@rule(
    LINK_RULES,
    "WEB-01",
    "File that a page asks for and that is missing",
    Severity.ERROR,
    "Add the file, or correct the link.",
)
def file_that_is_missing(site: Site) -> Findings:
    """The learner finds a gap, an error page, or a course that does nothing.

    Links that scripts make up are not judged.
    """
    found = [each for each in _missing(site) if folded(each.address.path) not in site.spellings]
    lost = ((each, _grave(each)) for each in found if not _is_spared(each))
    return once_a_file(site, lost, "is not in the package", "are not in the package")


@rule(
    LINK_RULES,
    "WEB-02",
    "File that is spelt otherwise",
    Severity.ERROR,
    "Spell the link as the file, letter by letter.",
)
def file_that_is_spelt_otherwise(site: Site) -> Findings:
    """On the author's computer `Photo.JPG` is `photo.jpg`; on most platforms the learner finds a gap."""
    for each in _missing(site):
        path = site.spellings.get(folded(each.address.path))
        if path is not None and not _is_spared(each):
            said = f"{named(each.link)} is called {named(path)} in the package"
            yield Found(site.place(each.source, each.at), said, _grave(each))


@rule(
    LINK_RULES,
    "WEB-03",
    "Link to the author's own computer",
    Severity.ERROR,
    "Put the file into the package, and link to it there.",
)
def link_to_the_own_computer(site: Site) -> Findings:
    """It works for the author and for nobody else."""
    found = ((each, Severity.ERROR) for each in _asked_for(site, Way.DISK))
    return once_a_file(
        site,
        found,
        "is on the computer of whoever made the package",
        "are on the computer of whoever made the package",
    )


@rule(
    LINK_RULES,
    "WEB-04",
    "Link that leads out of the package",
    Severity.ERROR,
    "Link from where the page is: `pictures/dot.png`.",
)
def link_out_of_the_package(site: Site) -> Findings:
    """A platform keeps a package in a folder of its own, and what is outside is not the package's.

    On a web server of its own a package may well begin at `/`.
    """
    weighed = ((each, _leaving(site, each)) for each in _asked_for(site, Way.ROOT, Way.ABOVE))
    return once_a_file(site, weighed, "leads out of the package", "lead out of the package")


def _leaving(site: Site, reference: Reference) -> Severity:
    at_top = reference.address.way is Way.ROOT and (site.kinds == ("web",) or reference.role == "link")
    return Severity.WARNING if at_top else _SPARED.get(reference.role, Severity.ERROR)


@rule(LINK_RULES, "WEB-05", "Link to a folder", Severity.WARNING, "Name the page: `part/index.html`.")
def link_to_a_folder(site: Site) -> Findings:
    """A platform gives out files. Few look for an `index.html` in a folder that is asked for."""
    found = (each for each in _asked_for(site, Way.INSIDE) if each.role != "hint")
    folders = ((each, Severity.WARNING) for each in found if _leads_to_folder(site, each))
    return once_a_file(site, folders, "is a folder", "are folders")


def _leads_to_folder(site: Site, reference: Reference) -> bool:
    return reference.address.path not in site.files and site.is_folder(reference.address.path)


@rule(LINK_RULES, "WEB-06", "File that nothing names", Severity.INFO, "Leave it out, if nothing needs it.")
def file_that_nothing_names(site: Site) -> Findings:
    """It makes every download longer, and may be a draft that nobody was meant to see."""
    opened = {page.path for page in site.pages}
    idle = [path for path in site.files if "." in path and path not in opened and not _BY_ITSELF.search(path.lower())]
    for texts in (_DESCRIBING, _TEXTS):  # most are listed, and the rest need not be read for them
        wanted = {_last_word(path) for path in idle}
        paths = (path for path in site.files if wanted and path.lower().endswith(texts))
        met = {word for path in paths for word in _words(site, path) if word in wanted}
        idle = [path for path in idle if _last_word(path) not in met]
    if idle and site.pages and site.is_read:
        verb = "is named" if len(idle) == 1 else "are named"
        said = f"{several(idle)} {verb} nowhere in the package: left over, or loaded by a name that a script makes up"
        yield place(site.package, idle[0]), said


def _words(site: Site, path: str) -> Iterator[str]:
    """What may be the end of a file's name in the text at `path`."""
    for word in _WORD.findall(site.text(path)):
        yield _last_word(unquote(word) if "%" in word else word)


def _last_word(path: str) -> str:
    return _SIGN.split(folded(path))[-1]
