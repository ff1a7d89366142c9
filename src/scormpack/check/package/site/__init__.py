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

from collections.abc import Iterable, Iterator
from typing import Final

from scormpack.check.package.site.access import ACCESS_RULES
from scormpack.check.package.site.dead import DEAD_RULES
from scormpack.check.package.site.encoding import ENCODING_RULES
from scormpack.check.package.site.links import LINK_RULES
from scormpack.check.package.site.outside import OUTSIDE_RULES
from scormpack.check.package.site.scripts import SCRIPT_RULES
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.talk import TALK_RULES
from scormpack.check.rule import Rule, check
from scormpack.diagnostics import Diagnostic
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


def check_site(package: Package, kinds: Iterable[str]) -> Iterator[Diagnostic]:
    """What the rules find in the pages, styles and scripts of `package`, which is of these `kinds`."""
    return check(SITE_RULES, Site(package, tuple(kinds)))
