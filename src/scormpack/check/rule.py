"""A rule: one function with its code, severity, reason and remedy beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from scormpack.diagnostics import Diagnostic, Place, Severity

Subject = TypeVar("Subject")
Findings: TypeAlias = Iterator[tuple[Place, str]]


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One check of a finished value. `reason` is why it matters, taken from the function's docstring."""

    code: str
    severity: Severity
    hint: str
    reason: str
    search: Callable[[Subject], Findings]


def rule(
    family: list[Rule[Subject]], code: str, severity: Severity, hint: str
) -> Callable[[Callable[[Subject], Findings]], Callable[[Subject], Findings]]:
    """Add the decorated function to `family` under `code`; it yields (place, message) pairs."""

    def add(search: Callable[[Subject], Findings]) -> Callable[[Subject], Findings]:
        family.append(Rule(code, severity, hint, (search.__doc__ or "").strip(), search))
        return search

    return add


def check(rules: Iterable[Rule[Subject]], subject: Subject) -> Iterator[Diagnostic]:
    """Every finding of every rule about `subject`, in the order of the rules."""
    for each in rules:
        for place, message in each.search(subject):
            yield Diagnostic(each.code, each.severity, message, place, each.hint)
