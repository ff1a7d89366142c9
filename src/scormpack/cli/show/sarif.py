"""Findings as SARIF 2.1.0, which services for code read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from scormpack import __version__
from scormpack.check.catalogue import entries
from scormpack.diagnostics import Diagnostic
from scormpack.source.excerpt import Excerpt

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def log(found: Sequence[Excerpt], properties: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A log with one run, which has these `properties` besides."""
    codes = list(dict.fromkeys(each.finding.code for each in found))
    driver = {"name": "scormpack", "version": __version__, "rules": [_rule(code) for code in codes]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(each, codes.index(each.finding.code)) for each in found],
    }
    run |= {"properties": properties} if properties else {}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    entry = entries().get(code)
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.reason},
        "help": {"text": entry.remedy},
        "defaultConfiguration": {"level": _LEVELS[entry.severity.value]},
    }


def _result(each: Excerpt, index: int) -> dict[str, Any]:
    finding = each.finding
    said = f"{finding.message}\nfix: {finding.hint}" if finding.hint else finding.message
    result = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity.value],
        "message": {"text": said},
        "locations": [{"physicalLocation": _location(each)}],
    }
    return result | _suppressed(finding)


def _suppressed(finding: Diagnostic) -> dict[str, Any]:
    if not finding.waived:
        return {}
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": finding.waived}]}


def _location(each: Excerpt) -> dict[str, Any]:
    path = PurePath(each.finding.place.path)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region = _region(each)
    return {"artifactLocation": {"uri": uri}} | ({"region": region} if region else {})


def _region(each: Excerpt) -> dict[str, int]:
    place = each.finding.place
    known = {
        "startLine": place.line,
        "startColumn": _utf16(each.line, place.column),
        "endColumn": _utf16(each.line, each.end),
    }
    return {name: number for name, number in known.items() if number} if place.line else {}


def _utf16(line: str, column: int) -> int:
    """A column that counts characters, in units of UTF-16: those beyond U+FFFF count twice."""
    return column + sum(ord(sign) > 0xFFFF for sign in line[: max(column - 1, 0)])
