"""Rules about the address below which a library names what learning records are about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scormpack.check.rule import Findings, Rule, made
from scormpack.course.model import Course
from scormpack.diagnostics import Severity

# RFC 2606 and RFC 6761: names that are for examples and tests, and that nobody can own.
_RESERVED = re.compile(r"(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost|local)|[^.]*|[0-9.]+")


def no_authority(course: Course) -> Findings:
    """A worker's records are kept for years under names that begin with this address, apart from strangers'.

    `authority: https://learning.our-homecare.co.uk`. Nothing has to be there.
    """
    if course.settings.authority is None:
        yield (
            course.settings.place("authority"),
            "`authority` is missing: all names in records begin with it",
        )


def authority_that_nobody_owns(course: Course) -> Findings:
    """Names made for examples stand in many packages: a platform takes two libraries' modules for one."""
    authority = course.settings.authority
    if authority is not None and is_reserved(authority):
        yield course.settings.place("authority"), f"`{authority}` is for examples and tests; nobody owns it"


def is_reserved(authority: str) -> bool:
    """Whether no library can control this address: it is a number, one word, or set aside for examples."""
    return _RESERVED.fullmatch(urlsplit(authority).hostname or "") is not None


def authority_rules(family: str) -> list[Rule[Course]]:
    """The rules under the codes of one standard. No module can waive them: they are about all modules."""
    own = "Write `authority` in library.yaml: a web address that is yours."
    other = "Write one that is yours, before the first learner begins: it never changes afterwards."
    return [
        made(f"{family}-20", Severity.ERROR, own, no_authority, no_authority, always=True),
        made(
            f"{family}-21",
            Severity.WARNING,
            other,
            authority_that_nobody_owns,
            authority_that_nobody_owns,
            always=True,
        ),
    ]
