"""What a validation came to. It is kept, so that nothing is read again while nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scormpack.cache import Cache, fingerprint, named, tool
from scormpack.cli.show import reasons_of
from scormpack.clock import today
from scormpack.diagnostics import Diagnostic, from_json, to_json

_KIND = "validate"


@dataclass(frozen=True)
class Outcome:
    """The findings, how many modules could be read and how many not, and why each code matters to a worker."""

    findings: tuple[Diagnostic, ...]
    read: int
    unread: int
    reasons: dict[str, str]


def outcome_of(root: Path, modules: Sequence[str], cache: Cache, processes: int) -> Outcome:
    """What is found in the `modules` of the library `root`, or in all of it, today, by so many processes.

    A module that the library does not have ends the command.
    """
    name = _name(root, modules) if cache.keeps else ""
    kept = cache.get(_KIND, name) if name else None
    if kept is not None:
        with suppress(ValueError, TypeError, KeyError, RecursionError):  # somebody else's file: made anew
            return _from_json(json.loads(kept))
    outcome = _anew(root, modules, cache, processes)
    if name and name == _name(root, modules):  # nothing was written meanwhile
        plain = {**vars(outcome), "findings": to_json(outcome.findings)}
        cache.put(_KIND, name, json.dumps(plain).encode())
    return outcome


def _name(root: Path, modules: Sequence[str]) -> str:
    """What the outcome is kept under; empty where the library cannot be read, which has to be seen each time."""
    try:
        library = fingerprint(root)
    except OSError:
        return ""
    return named(tool(), library, str(today()).encode(), *(module.encode() for module in modules))


def _anew(root: Path, modules: Sequence[str], cache: Cache, processes: int) -> Outcome:
    from scormpack.batch import validate_all
    from scormpack.cli.planned import planned

    work, findings = planned(root, modules)
    if work is None:
        return Outcome(tuple(findings), 0, 0, reasons_of(findings))
    findings += validate_all(work, cache, processes)
    unread = len(modules or work.library.modules) - len(work.modules)
    return Outcome(tuple(findings), len(work.modules), unread, reasons_of(findings))


def _from_json(kept: dict[str, Any]) -> Outcome:
    return Outcome(from_json(kept["findings"]), kept["read"], kept["unread"], kept["reasons"])
