"""Rules about whether scripts look for the platform that the package is for.

They claim no more than that a word stands nowhere in the package, and nothing where scripts come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from scormpack.check.package.any import place
from scormpack.check.package.site.address import Way
from scormpack.check.package.site.subject import Site
from scormpack.check.rule import Findings, Rule, rule
from scormpack.diagnostics import Place, Severity

TALK_RULES: list[Rule[Site]] = []

_DESCRIPTORS = {"cmi5": "cmi5.xml", "xapi": "tincan.xml"}


def _is_whole(site: Site) -> bool:
    """Whether all that the pages run is in the package, as far as can be seen."""
    asked = (each.address for each in site.references if each.role == "script")
    known = (each.way is Way.NOWHERE or each.path in site.files for each in asked)
    opened = all(path in site.files for path in site.starts.pages)
    return bool(site.pages) and opened and all(known) and site.is_read


def _scorm(site: Site) -> str:
    """The kind of SCORM that the package is, where one of its pages is to speak to its platform; else empty."""
    kinds = (kind for kind in site.kinds if kind.startswith("scorm"))
    return next(kinds, "") if site.starts.has_sco and _is_whole(site) else ""


def _opened(site: Site) -> Place:
    return place(site.package, site.pages[0].path)


@rule(
    TALK_RULES,
    "WEB-20",
    "Course that speaks another SCORM than its manifest",
    Severity.ERROR,
    "Publish it for one of the two, manifest and scripts alike.",
)
def course_that_speaks_another_scorm(site: Site) -> Findings:
    """The course looks for a door that the platform does not open, and nothing of it counts.

    A platform offers what the manifest says: `API` in SCORM 1.2 (RTE 1.2, 3.3), `API_1484_11` in 2004 (RTE, 3.2.1).
    """
    kind = _scorm(site)
    said = site.mentions if kind else {}
    new, old = said.get("API_1484_11"), said.get("LMSInitialize")
    if kind == "scorm12" and new and "API" not in said:
        yield (
            place(site.package, new),
            "looks for `API_1484_11` of SCORM 2004, nothing looks for `API`, and the manifest says 1.2",
        )
    if kind.startswith("scorm2004") and old and not new:
        yield (
            place(site.package, old),
            "speaks SCORM 1.2, nothing looks for `API_1484_11`, and the manifest says 2004",
        )


@rule(
    TALK_RULES,
    "WEB-21",
    "Course that says nothing to its platform",
    Severity.WARNING,
    "Let it say at least that it was opened, or call its page an asset.",
)
def course_that_says_nothing(site: Site) -> Findings:
    """A platform waits for word from it (RTE 1.2, 3.3; RTE 2004, 3.3; cmi5, 8), and nobody is ever done."""
    if _scorm(site) and not {"API", "API_1484_11"} & set(site.mentions):
        yield _opened(site), f"no script mentions the platform's API, `API` or `API_1484_11`{_kept(site)}"
    for kind, file in _DESCRIPTORS.items():
        if kind in site.kinds and file in site.files and _is_whole(site) and "endpoint" not in site.mentions:
            yield (
                _opened(site),
                f"no script mentions the `endpoint` that a platform gives to such a page{_kept(site)}",
            )


def _kept(site: Site) -> str:
    return " (something is kept in the browser)" if "storage" in site.mentions else ""


@rule(
    TALK_RULES,
    "WEB-22",
    "Course that looks in too few windows for its platform",
    Severity.WARNING,
    "Look in `parent` after `parent`, then in `opener` and its parents.",
)
def course_that_looks_in_too_few_windows(site: Site) -> Findings:
    """Some platforms show it in a frame, others in a window (RTE 1.2, 3.3; RTE 2004, 3.3.1).

    The second find it in `opener`, the first in one `parent` or another.
    """
    if not _scorm(site):
        return
    file = site.mentions.get("LMSInitialize") or site.mentions.get("API_1484_11")
    missing = [name for name in ("parent", "opener") if name not in site.mentions]
    if file and missing:
        yield place(site.package, file), f"no script mentions {_either(missing)}"


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)
