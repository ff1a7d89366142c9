"""Codes of rules that are asked for where the rules themselves are not needed."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

REL_01: Final = Code(
    "REL-01",
    "Left to do",
    Severity.INFO,
    "Somebody noted that this has to be checked before a worker relies on it.",
    "Do it, then remove the line from `todo_before_release`.",
)
