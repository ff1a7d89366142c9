"""Rules about what the pages, styles and scripts of a package do, whoever made it.

| file | what it does |
| --- | --- |
| `subject.py` | the site: the pages that are opened, and all that they ask for, each file read once |
| `sources.py` | a page, a style, a script, and what it asks for |
| `starts.py` | where platforms open the package |
| `markup.py`, `css.py`, `javascript.py`, `charset.py`, `address.py` | what browsers make of bytes, in one pass |
| `telling.py` | findings about many places, once a file |
| the others | the rules, a theme each |

All of it takes time in proportion to the bytes, whatever they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from scormpack.check.package.site.access import ACCESS_RULES
from scormpack.check.package.site.dead import DEAD_RULES
from scormpack.check.package.site.encoding import ENCODING_RULES
from scormpack.check.package.site.links import LINK_RULES
from scormpack.check.package.site.outside import OUTSIDE_RULES
from scormpack.check.package.site.scripts import SCRIPT_RULES
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.talk import TALK_RULES
from scormpack.check.rule import MOST, Rule, check
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.package import Package

SITE_RULES: Final[tuple[Rule[Site], ...]] = (
    *LINK_RULES,
    *OUTSIDE_RULES,
    *DEAD_RULES,
    *SCRIPT_RULES,
    *TALK_RULES,
    *ENCODING_RULES,
    *ACCESS_RULES,
)


_FEW = 5  # findings of one kind that are told one by one


def check_site(package: Package, kinds: Iterable[str]) -> Iterator[Diagnostic]:
    """What the rules find in the pages, styles and scripts of `package`, which is of these `kinds`."""
    groups: dict[tuple[str, Severity], list[Diagnostic]] = {}
    for finding in check(SITE_RULES, Site(package, tuple(kinds))):
        groups.setdefault((finding.code, finding.severity), []).append(finding)
    for (_, severity), found in groups.items():
        yield from found if severity is Severity.ERROR or len(found) <= _FEW else [_and_more(found)]


def _and_more(found: Sequence[Diagnostic]) -> Diagnostic:
    """The first of many that are alike: a course of a hundred pages has the same in each."""
    many = f"{len(found) - 1}" if len(found) < MOST else f"at least {MOST - 1}"
    return replace(found[0], message=f"{found[0].message}; and likewise in {many} other files")
