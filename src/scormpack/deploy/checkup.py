"""What comes of looking whether a platform is ready for packages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scormpack.check.catalogue import entries
from scormpack.deploy.http import Address
from scormpack.diagnostics import ContentError


class Verdict(StrEnum):
    """What came of looking at something."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Line:
    """Something that was looked at: how it is, and what to do about it unless it is as it should be."""

    about: str
    verdict: Verdict
    says: str
    remedy: str = ""


def wrong(about: str, error: ContentError) -> Line:
    """A line about what was refused, or came to nothing."""
    (found,) = error.diagnostics
    return Line(about, Verdict.WRONG, found.message, found.hint or entries()[found.code].remedy)


def encrypted(at: Address) -> Line:
    """A line about an address."""
    if at.origin.startswith("https://"):
        return Line("Address", Verdict.OK, f"{at}, encrypted.")
    says = f"{at}, not encrypted: nobody but this machine may use it so."
    return Line("Address", Verdict.LOOK, says, "Give the site an address with https:// before others use it.")
