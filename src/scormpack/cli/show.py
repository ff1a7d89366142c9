"""What a command says: findings in the form asked for, a summary, and the exit code."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scormpack.diagnostics import Diagnostic

REFUSED = 1
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs.",
)


def show(findings: Iterable[Diagnostic]) -> None:
    """Findings for people, on standard error."""
    for finding in findings:
        severity = _coloured(finding.severity.value, COLOURS[finding.severity.value])
        click.echo(f"{finding.place}: {severity} {finding.code}: {finding.message}", err=True)
        if finding.hint:
            click.echo(f"    {finding.hint}", err=True)


def _coloured(text: str, colour: str) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def summary(findings: Iterable[Diagnostic], done: str) -> None:
    """One line: what was done, and how much was found."""
    counts = Counter(finding.severity.value for finding in findings)
    found = [counted(counts[word], word) for word in COLOURS if counts[word]]
    click.echo(f"{done} {', '.join(found) or 'No problems found'}.", err=True)


def counted(number: int, word: str) -> str:
    """`1 package`, `2 packages`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def leave(findings: Iterable[Diagnostic], strict: bool) -> None:
    """End with 1 if an error was found; with `strict`, a warning too."""
    grave = {"error", "warning"} if strict else {"error"}
    if any(finding.severity.value in grave for finding in findings):
        sys.exit(REFUSED)


def write(data: bytes, file: Path) -> None:
    """Write `file`, the old one or the new one at any moment; where the disk refuses, say so and end."""
    from scormpack.diagnostics import Diagnostic, Place, Severity
    from scormpack.package import write_file

    try:
        write_file(data, file)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        found = [Diagnostic("PKG-11", Severity.ERROR, message, Place(file.as_posix()))]
        show(found)
        leave(found, strict=False)


def plain(finding: Diagnostic) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def print_json(value: Any) -> None:
    """A result for programs, on standard output."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
