"""What happens while a package is played, in order, and what is found: written down as it happens, within bounds."""

from __future__ import annotations

import time
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Error, Page

from scormpack.diagnostics import Code, Diagnostic, Place, Severity
from scormpack.inspect.play.played import Moment, Picture, Who
from scormpack.package import Package

MOST_MOMENTS = 3_000
MOST_PICTURES = 20
MOST_FINDINGS = 10  # of one code
LONGEST = 300  # characters
_QUICK = 5_000  # milliseconds for a picture


class Diary:
    """Everything that is known of a play so far. `visit` is the launch that goes on."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.visit = ""
        self.moments: list[Moment] = []
        self.pictures: list[Picture] = []
        self.findings: list[Diagnostic] = []
        self._began = time.monotonic()
        self._seen: set[tuple[str, str]] = set()

    @property
    def now(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    def note(self, who: Who, text: str, bad: bool = False, at: float | None = None) -> None:
        """Write down what somebody did or said."""
        if len(self.moments) < MOST_MOMENTS:
            when = self.now if at is None else at
            self.moments.append(Moment(round(when, 2), self.visit, who, _clean(text), bad))

    def find(self, code: Code, message: str, place: Place | None = None, severity: Severity | None = None) -> None:
        """Write down a finding; without a place it is about the package."""
        where = place or Place(self.package.name, outside=True)
        self.add(Diagnostic(code.id, severity or code.severity, _clean(message), where, code.remedy))

    def add(self, finding: Diagnostic) -> None:
        """Write down a finding, once, wherever else it is found too."""
        key = (finding.code, finding.message)
        if key not in self._seen and sum(code == finding.code for code, _ in self._seen) < MOST_FINDINGS:
            self._seen.add(key)
            self.findings.append(finding)

    def picture(self, page: Page, title: str) -> None:
        """Take a picture of the page, if it lets itself be taken."""
        if len(self.pictures) >= MOST_PICTURES or page.is_closed():
            return
        with suppress(Error):
            jpeg = page.screenshot(type="jpeg", quality=60, timeout=_QUICK, animations="disabled")
            self.pictures.append(Picture(round(self.now, 2), self.visit, title, jpeg))

    def place(self, url: str, line: int = 0) -> Place:
        """Where in the package the file at `url` is, as far as it has one there."""
        path = unquote(urlsplit(url).path).removeprefix("/").removeprefix("course/")
        known = self.package.find(path) is not None
        return Place(
            f"{self.package.name}/{path}" if known else self.package.name, line if known else 0, outside=True
        )


def _clean(text: str) -> str:
    """Words that can be written anywhere: in one line, not too long, and nothing that is no character."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * LONGEST])
    return plain.encode("utf-8", "replace").decode()[:LONGEST].strip()
