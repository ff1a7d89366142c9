"""What the codes of findings about packages mean, without the rules about content: those take longer to load."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from scormpack import package
from scormpack.archive import codes as of_archives
from scormpack.check import foreseen, played
from scormpack.check.package import STANDARDS, package_rules
from scormpack.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from scormpack.check.catalogue import Entry


def reasons_for(findings: Iterable[Diagnostic]) -> dict[str, str]:
    """Why each code among `findings` matters to a worker."""
    return {code: meaning_of(code).reason for code in sorted({each.code for each in findings})}


def meaning_of(code: str) -> Code | Entry:
    """What `code`, of a finding about a package, means."""
    for known in chain([_declared()], map(_ruled, STANDARDS)):  # a standard that nobody asks about is not loaded
        if code in known:
            return known[code]
    from scormpack.check.catalogue import entries

    return entries()[code]


@cache
def _declared() -> dict[str, Code]:
    from scormpack.check.package.site import SITE_RULES

    declared = chain(*(vars(room).values() for room in (of_archives, package, foreseen, played)))
    ruled = (rule.meaning for rule in SITE_RULES)
    return {each.id: each for each in (*declared, *ruled) if isinstance(each, Code)}


@cache
def _ruled(kind: str) -> dict[str, Code]:
    return {rule.code: rule.meaning for rule in package_rules(kind)}
