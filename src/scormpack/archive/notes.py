"""What could not be read, or was not looked into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scormpack.archive.bounds import BEYOND, Budget
from scormpack.archive.codes import ZIP_03, ZIP_16, finding
from scormpack.archive.members import MOST, inside, quoted
from scormpack.diagnostics import Code, Diagnostic, Severity
from scormpack.package import DESCRIPTORS, Entry, Unread


@dataclass
class Notes:
    """What is noted while the files of what is called `name` are read."""

    name: str
    found: list[Diagnostic] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, code: Code, path: str, what: str, severity: Severity | None = None) -> None:
        """A finding about one file, if there are not too many of its kind."""
        if sum(each.code == code.id for each in self.found) < MOST:
            message = f"{quoted(path or self.name)} {what}"
            self.found.append(finding(code, message, inside(self.name, path), severity=severity))

    def damaged(self, path: str, size: int, why: str) -> Unread:
        """A file that cannot be read."""
        self.add(ZIP_03, path, why)
        return Unread(path, size)

    def beyond(self, path: str, size: int, why: str) -> Unread:
        """A file that is not looked into. Without its descriptor, nobody knows what a package is."""
        if why == BEYOND:
            self.left_out.append(path)
        else:
            severity = Severity.WARNING if path in DESCRIPTORS else None
            self.add(ZIP_16, path, f"is not looked into: it {why}", severity)
        return Unread(path, size)

    def text(self, path: str, data: bytes, budget: Budget) -> Entry:
        """A text with its bytes, unless no tree may be made of it."""
        why = budget.refuses_text(path, data)
        return self.beyond(path, len(data), why) if why else Entry(path, data)

    def told(self) -> Iterator[Diagnostic]:
        """What was noted: those that came too late in one finding."""
        yield from self.found
        if self.left_out:
            first, many = self.left_out[0], len(self.left_out) - 1
            what = f"and {many:,} more are" if many else "is"
            message = f"{quoted(first)} {what} not looked into: the others were more than enough"
            yield finding(ZIP_16, message, inside(self.name, first))
