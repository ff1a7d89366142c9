"""A rule: one function, and the code of what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from scormpack.diagnostics import Code, Diagnostic, Place, Severity
from scormpack.source.signs import on_one_line

Subject = TypeVar("Subject")
MOST = 100  # findings of one rule; the rest will show when these are fixed
LONGEST = 500  # characters of a message


class Found(NamedTuple):
    """What a rule found. Without a severity or a hint of its own it has the rule's."""

    place: Place
    message: str
    severity: Severity | None = None
    hint: str = ""
    words: str = ""


Findings: TypeAlias = Iterator["Found | tuple[Place, str]"]
Search: TypeAlias = Callable[[Subject], Findings]


class Rule(NamedTuple, Generic[Subject]):
    """One check of a finished value. What it finds has the code `meaning`, and `hint` unless it says better.

    A rule with `always` cannot be waived. A rule about packages is either a standard's own, or `house`: what we ask
    of our packages besides, and wish for in others. One that knows words of English only is `english`.
    """

    meaning: Code
    hint: str
    always: bool
    house: bool
    search: Search[Subject]
    english: bool = False

    @property
    def code(self) -> str:
        """The id of the code."""
        return self.meaning.id


def rule(
    family: list[Rule[Subject]],
    code: str,
    title: str,
    severity: Severity,
    remedy: str,
    *,
    always: bool = False,
    house: bool = False,
    english: bool = False,
) -> Callable[[Search[Subject]], Rule[Subject]]:
    """Declare a code together with the one rule that finds it, and add that to `family`.

    The decorated function yields (place, message) or `Found`. Its docstring is the code's reason, and what follows
    the first paragraph is the example.
    """

    def add(search: Search[Subject]) -> Rule[Subject]:
        reason, _, example = (search.__doc__ or "").partition("\n\n")
        meaning = Code(code, title, severity, _line(reason), remedy, _line(example))
        return rule_for(family, meaning, always=always, house=house, english=english)(search)

    return add


def rule_for(
    family: list[Rule[Subject]],
    meaning: Code,
    hint: str = "",
    *,
    always: bool = False,
    house: bool = False,
    english: bool = False,
) -> Callable[[Search[Subject]], Rule[Subject]]:
    """Add a rule to `family` for a code that is declared elsewhere, because others find or refuse it too.

    Without `hint` the rule's findings have the remedy of the code.
    """

    def add(search: Search[Subject]) -> Rule[Subject]:
        family.append(Rule(meaning, hint or meaning.remedy, always, house, search, english))
        return family[-1]

    return add


def _line(text: str) -> str:
    return " ".join(text.split())


def under(family: str, rules: Iterable[Rule[Subject]]) -> list[Rule[Subject]]:
    """Rules that several standards share, under the codes of one of them: `01` becomes `S12-01`."""
    return [each._replace(meaning=each.meaning._replace(id=f"{family}-{each.code}")) for each in rules]


def check(rules: Iterable[Rule[Subject]], subject: Subject) -> Iterator[Diagnostic]:
    """Every finding of every rule about `subject`, in the order of the rules: the first `MOST` of each rule."""
    for each in rules:
        met: Counter[Found] = Counter()
        for result in islice(each.search(subject), MOST):
            found = Found(*result)
            severity, hint = found.severity or each.meaning.severity, found.hint or each.hint
            nth = met[found] if found.words else 0
            met[found] += 1
            message = on_one_line(found.message[:LONGEST].strip())
            yield Diagnostic(each.code, severity, message, found.place, hint, found.words, nth=nth)
