"""Rules about what one kind of package asks of a module: room for its progress, and names for its records."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Rule, rule, under
from scormpack.course.state import largest_state
from scormpack.diagnostics import Severity

MOST_STATE = 4096  # characters of cmi.suspend_data: SCORM 1.2 RTE 3.4.4
MUCH_STATE = 3500
# RFC 2606 and RFC 6761: names that are for examples and tests, and that nobody can own.
_RESERVED = re.compile(r"(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost|local)|[^.]*|[0-9.]+")

STATE_RULES: list[Rule[Manuscript]] = []
AUTHORITY_RULES: list[Rule[Manuscript]] = []


@rule(
    STATE_RULES,
    "S12-20",
    "More progress than SCORM 1.2 keeps",
    Severity.ERROR,
    "Shorten the ids, or split it into two modules.",
    always=True,
)
def more_state_than_is_kept(m: Manuscript) -> Findings:
    """A platform truncates or refuses what is too long, and the learner starts again from the first page."""
    size = largest_state(m.module)
    if size > MOST_STATE:
        yield m.module.place("pages"), f"progress can grow to {size} characters; SCORM 1.2 keeps {MOST_STATE}"


@rule(
    STATE_RULES,
    "S12-21",
    "Progress that nearly fills what SCORM 1.2 keeps",
    Severity.WARNING,
    "Shorten the ids, or split it into two modules.",
)
def much_state(m: Manuscript) -> Findings:
    """The next page that is added may be one too many for what a platform keeps."""
    size = largest_state(m.module)
    if MUCH_STATE < size <= MOST_STATE:
        yield m.module.place("pages"), f"progress can grow to {size} of {MOST_STATE} characters"


# No module can waive what is about all modules.
@rule(
    AUTHORITY_RULES,
    "20",
    "No authority",
    Severity.ERROR,
    "Write `authority` in library.yaml: a web address that is yours.",
    always=True,
)
def no_authority(m: Manuscript) -> Findings:
    """A worker's records are kept for years under names that begin with this address, apart from strangers'.

    `authority: https://learning.our-homecare.co.uk`. Nothing has to be there.
    """
    settings = m.library.settings
    if settings.authority is None:
        yield settings.place("authority"), "`authority` is missing: all names in records begin with it"


@rule(
    AUTHORITY_RULES,
    "21",
    "Authority that nobody owns",
    Severity.WARNING,
    "Write one that is yours before the first learner starts: it never changes afterwards.",
    always=True,
)
def authority_that_nobody_owns(m: Manuscript) -> Findings:
    """Example names occur in many packages: a platform mistakes the modules of two libraries for one."""
    settings = m.library.settings
    if settings.authority is not None and is_reserved(settings.authority):
        yield settings.place("authority"), f"`{settings.authority}` is for examples and tests; nobody owns it"


def is_reserved(authority: str) -> bool:
    """Whether no library can control this address: it is a number, one word, or set aside for examples."""
    return _RESERVED.fullmatch(urlsplit(authority).hostname or "") is not None


# By the name of the target; what is not named asks for nothing.
TARGET_RULES: Final[dict[str, list[Rule[Manuscript]]]] = {
    "scorm12": STATE_RULES,
    "xapi": under("XAP", AUTHORITY_RULES),
    "cmi5": under("CM5", AUTHORITY_RULES),
}
