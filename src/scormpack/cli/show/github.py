"""Findings as commands that GitHub turns into remarks beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scormpack.check.catalogue import entries
from scormpack.source.excerpt import Excerpt

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def commands(found: Iterable[Excerpt]) -> Iterator[str]:
    """One command for each finding."""
    for each in found:
        finding = each.finding
        properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in _properties(each))
        said = [finding.message, finding.waived, f"fix: {finding.hint}" if finding.hint else ""]
        message = _escaped("\n".join(part for part in said if part))
        yield f"::{_COMMANDS[finding.severity.value]} {properties}::{message}"


def _properties(each: Excerpt) -> Iterator[tuple[str, str]]:
    place, code = each.finding.place, each.finding.code
    yield "file", place.path
    if place.line:
        yield "line", str(place.line)
    if place.column:
        yield "col", str(place.column)
    if each.end:
        yield "endColumn", str(each.end)
    yield "title", f"{code} {entries()[code].title}" if code in entries() else code


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
