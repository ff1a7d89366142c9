"""Findings about a platform: each with a remedy, that of its code where there is no better one."""

from __future__ import annotations

from scormpack.diagnostics import Code, Diagnostic, Place


def told(code: Code, message: str, where: str, hint: str = "", line: int = 0) -> Diagnostic:
    """A finding about `where`: a site, or a file beside the releases."""
    return code.finding(message, Place(where, line, outside=True), hint or code.remedy)
