"""The slip that lies in a provider's folder: what was given, byte for byte, and what has changed."""

from __future__ import annotations

import datetime
from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from scormpack.inspect.judgement import Change
from scormpack.inspect.values import Id, Line, Words
from scormpack.release.values import ReleaseId, Sha256, Size
from scormpack.vocabulary import Version

SLIP: Final = "release.json"
SUMS: Final = "SHA256SUMS"
CHANGES: Final = "CHANGES.html"
LOADING: Final = "HOW-TO-LOAD.html"
ON_PAPER: Final = "HOW-TO-LOAD.pdf"  # the same, to be read on paper
PRINT: Final = "print"  # the folder of what is printed

# Names that no system takes for a folder, an option or something hidden.
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$")]


class Paper(Line):
    """A file in the folder, to read or to load."""

    file: FileName
    bytes: Size
    sha256: Sha256


class Given(Paper):
    """A package: which version of which module, for which kind of platform, and what has changed since the last."""

    module: Id
    title: Words
    minutes: int
    version: Version
    target: Id
    was: Version | None = None
    change: Change
    reasons: tuple[Words, ...] = ()


class Printed(Paper):
    """What is printed of a module: which version, and which kind of output it is."""

    file: Annotated[str, StringConstraints(pattern=rf"^{PRINT}/[A-Za-z0-9][A-Za-z0-9._-]{{0,150}}$")]
    module: Id
    version: Version
    output: Id


class Slip(Line):
    """Everything in the folder but the slip itself and the list of checksums."""

    release: ReleaseId
    format: Literal[1]
    day: datetime.date
    library: Words
    publisher: Words
    provider: Id
    name: Words
    tool: Words
    packages: tuple[Given, ...]
    gone: tuple[Words, ...]  # modules that the provider has, and that are given out no more
    papers: tuple[Paper, ...]
    printed: tuple[Printed, ...] = ()

    @property
    def files(self) -> tuple[Paper, ...]:
        """All that was given out."""
        return (*self.packages, *self.papers, *self.printed)


def sums(papers: tuple[Paper, ...]) -> bytes:
    """The list of checksums, as `sha256sum --check` reads it: by name."""
    return "".join(f"{each.sha256}  {each.file}\n" for each in sorted(papers, key=lambda each: each.file)).encode()
