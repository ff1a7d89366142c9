"""A rule: one function with its code, severity, reason and remedy beside it."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from scormpack.diagnostics import Diagnostic, Place, Severity

Subject = TypeVar("Subject")
MOST = 100  # findings of one rule; the rest will be met when these are mended
LONGEST = 500  # characters of a message


class Found(NamedTuple):
    """What a rule found. Without a severity or a hint of its own it has the rule's."""

    place: Place
    message: str
    severity: Severity | None = None
    hint: str = ""
    words: str = ""


Findings: TypeAlias = Iterator["Found | tuple[Place, str]"]


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One check of a finished value. `reason` is why it matters, taken from the function's docstring.

    What follows the docstring's first paragraph is `example`. A rule with `always` cannot be waived. A rule about
    packages is either a standard's own, or `house`: what we ask of our packages besides, and wish for in others.
    """

    code: str
    severity: Severity
    hint: str
    title: str
    reason: str
    example: str
    always: bool
    house: bool
    search: Callable[[Subject], Findings]


def rule(
    family: list[Rule[Subject]],
    code: str,
    severity: Severity,
    hint: str,
    *,
    always: bool = False,
    house: bool = False,
) -> Callable[[Callable[[Subject], Findings]], Callable[[Subject], Findings]]:
    """Add the decorated function to `family` under `code`; what it yields begins with (place, message)."""

    def add(search: Callable[[Subject], Findings]) -> Callable[[Subject], Findings]:
        reason, _, example = inspect.cleandoc(search.__doc__ or "").partition("\n\n")
        title = search.__name__.replace("_", " ").capitalize()
        family.append(Rule(code, severity, hint, title, " ".join(reason.split()), example, always, house, search))
        return search

    return add


def under(family: str, rules: Iterable[Rule[Subject]]) -> list[Rule[Subject]]:
    """Rules that several standards share, under the codes of one of them: `01` becomes `S12-01`."""
    return [replace(rule, code=f"{family}-{rule.code}") for rule in rules]


def check(rules: Iterable[Rule[Subject]], subject: Subject) -> Iterator[Diagnostic]:
    """Every finding of every rule about `subject`, in the order of the rules: the first `MOST` of each rule."""
    for each in rules:
        met: Counter[Found] = Counter()
        for result in islice(each.search(subject), MOST):
            found = Found(*result)
            severity, hint = found.severity or each.severity, found.hint or each.hint
            nth = met[found] if found.words else 0
            met[found] += 1
            message = found.message[:LONGEST]
            yield Diagnostic(each.code, severity, message, found.place, hint, found.words, nth=nth)
