"""What the codes of findings about packages mean, without the rules about content: those take longer to load."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from scormpack import package
from scormpack.archive import codes as of_archives
from scormpack.check import foreseen
from scormpack.check.package import STANDARDS, package_rules
from scormpack.diagnostics import Code, Diagnostic

if TYPE_CHECKING:
    from scormpack.check.catalogue import Entry


def reasons_for(findings: Iterable[Diagnostic]) -> dict[str, str]:
    """Why each code among `findings` matters to a worker."""
    return {code: meaning_of(code).reason for code in sorted({each.code for each in findings})}


def meaning_of(code: str) -> Code | Entry:
    """What `code`, of a finding about a package, means."""
    known = _meanings().get(code)
    if known is not None:
        return known
    from scormpack.check.catalogue import entries

    return entries()[code]


@cache
def _meanings() -> dict[str, Code]:
    declared = chain(*(vars(room).values() for room in (of_archives, package, foreseen)))
    ruled = (rule.meaning for kind in STANDARDS for rule in package_rules(kind))
    return {each.id: each for each in (*declared, *ruled) if isinstance(each, Code)}
