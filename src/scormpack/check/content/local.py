"""Rules about what a provider adds to a course."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from scormpack.check.content.english.acts import acts_in
from scormpack.check.content.english.wordings import amounts_in
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.codes import LOC_03
from scormpack.course.model import Course, LocalDetail
from scormpack.course.phone import broken_in, dialled
from scormpack.diagnostics import Code, Place, Severity

RULES: list[Rule[Course]] = []

_DETAILS = 20_000  # local details of some hundred providers, which each of their courses has

LOC_04: Final = Code(
    "LOC-04",
    "Number that cannot be called",
    Severity.WARNING,
    "A worker taps on it in the night, and nothing rings. So it stands there without a link.",
    "Write one whole number, that of a line that exists, and nothing else: `01632 960 123`.",
    "`+44 1632 960 123` and `+44 (0)1632 960 123` can be called too. Hours and extensions go into another slot.",
)


@rule(RULES, "LOC-02", "Slot without a value", Severity.WARNING, "Fill it in under `local` in the provider's file.")
def slot_without_a_value(course: Course) -> Findings:
    """The worker reads “ask your manager” where a number should be, perhaps at three in the morning."""
    needed = [*course.module.local_slots, *course.settings.help_local]
    for name in dict.fromkeys(needed):
        if course.local[name].value is None:
            provider = course.provider
            place = provider.place("local", name) if name in provider.local else provider.line_of("local")
            yield place, f"{provider.name} has not filled in `{name}`"


@rule_for(RULES, LOC_03)
def provider_that_speaks_against_the_module(course: Course) -> Findings:
    """Find acts beyond the role, and amounts of medicine, in a provider's own words."""
    for place, text in _own_words(course):
        for message, found in against_modules(text):
            yield Found(place, message, words=found)


@lru_cache(maxsize=_DETAILS)
def against_modules(text: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with a provider's words, whatever the module is, and the words of it (LOC-03)."""
    acts = (
        (f"a provider cannot tell a worker to do what is not her role: {name}", words)
        for _, name, words in acts_in(text)
    )
    amounts = ((f"a provider cannot add an amount of medicine: “{words}”", words) for words in amounts_in(text))
    return (*acts, *amounts)


def _own_words(course: Course) -> Iterator[tuple[Place, str]]:
    provider = course.provider
    if provider.welcome:
        yield provider.place("welcome"), provider.welcome
    for name, value in provider.local.items():
        yield provider.place("local", name), value


@rule_for(RULES, LOC_04)
def number_that_cannot_be_called(course: Course) -> Findings:
    """Find local details that a phone cannot call: all of a number, or one inside a text."""
    for detail in course.local.values():
        yield from numbers_not_to_call(detail, course.provider.name, course.provider.place("local", detail.name))


def numbers_not_to_call(detail: LocalDetail, whose: str, place: Place) -> Iterator[Found]:
    """What in a local detail of a provider, at `place`, looks like a number and cannot be called (LOC-04)."""
    if detail.value is None:
        return
    if detail.kind == "text":
        for found in _broken_in(detail.value):
            yield Found(place, f"a number in `{detail.name}` of {whose} cannot be called: {found}", words=found)
    elif not dialled(detail.value):
        message = f"`{detail.name}` of {whose} is not a phone number: {detail.value[:40]}"
        yield Found(place, message, words=detail.value)


@lru_cache(maxsize=_DETAILS)
def _broken_in(text: str) -> tuple[str, ...]:
    return tuple(broken_in(text))
