"""Findings as the preview's page shows them: the line with a caret, the reason and the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scormpack.check.catalogue import reason
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.source.caret import excerpt
from scormpack.source.excerpt import Excerpt, Sources

_WIDTH = 90  # characters of a line
MOST = 200  # shown at once; the gravest first
_GRAVE = list(Severity)


def plain(findings: Iterable[Diagnostic], root: Path) -> list[dict[str, Any]]:
    """`findings` in the library `root` as JSON, the gravest first, and no more than `MOST`."""
    gravest = sorted(dict.fromkeys(findings), key=lambda finding: _GRAVE.index(finding.severity))[:MOST]
    sources = Sources(root)
    return [_plain(sources.excerpt(finding)) for finding in gravest]


def _plain(found: Excerpt) -> dict[str, Any]:
    finding = found.finding
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": {"path": place.path, "line": place.line, "column": place.column},
        "hint": finding.hint,
        "excerpt": _marked(found),
        "reason": reason(finding.code),
        "waived": finding.waived,
    }


def _marked(found: Excerpt) -> str:
    """The line, and below it a mark under the words; "" where there is none."""
    column = found.finding.place.column
    if not found.line.strip():
        return ""
    if not 0 < column <= len(found.line):
        return excerpt(found.line, 0, 0, _WIDTH).line
    line, before, length = excerpt(found.line, column, found.end, _WIDTH)
    return f"{line}\n{' ' * before}{'^' * length}"


def counted(findings: Iterable[Diagnostic]) -> dict[str, int]:
    """How many errors, warnings and notes there are that nobody has waived."""
    found = Counter(finding.severity for finding in findings if not finding.waived)
    return {
        "errors": found[Severity.ERROR],
        "warnings": found[Severity.WARNING],
        "notes": found[Severity.INFO],
    }
