"""How an answer and a correct answer are written, for each type of interaction in each standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from scormpack.check.session.forms import (
    DECIMAL_12,
    DECIMAL_2004,
    Fault,
    Form,
    Kind,
    anything,
    every,
    localized,
    number,
    text,
    words,
    written,
)

OPTION = re.compile(r"[A-Za-z0-9_.]{1,250}")
DELIMITERS = ("[,]", "[.]", "[:]")


def _refuse(allowed: str) -> Fault:
    return Fault(Kind.FORM, allowed)


def _option(value: str) -> bool:
    # "[.]" cannot hide in an option, because its brackets are not letters of one.
    return OPTION.fullmatch(value) is not None


def _is_pair(value: str) -> bool:
    halves = value.split("[.]")
    return len(halves) == 2 and all(_option(half) for half in halves)


def _list(good: Callable[[str], bool], most: int, allowed: str, empty: bool = False) -> Form:
    """Items joined by [,]; `good` judges one of them."""

    def fault(value: str) -> Fault | None:
        if not value and empty:
            return None
        items = value.split("[,]")
        return None if len(items) <= most and all(good(item) for item in items) else _refuse(allowed)

    return fault


def _no_twins(value: str) -> Fault | None:
    items = value.split("[,]")
    return None if len(set(items)) == len(items) else _refuse("a set: each identifier once")


def _free(value: str) -> Fault | None:
    found = [mark for mark in DELIMITERS if mark in value]
    return _refuse(f"text without the delimiter {found[0]}") if found else None


def _plain_list(most: int, limit: int) -> Form:
    """Texts joined by [,], each perhaps with its language."""
    one = every(_free, localized(limit))
    allowed = f"at most {most} texts of at most {limit} characters, joined by [,]"
    return _list(lambda item: one(item) is None, most, allowed, empty=True)


def _marked(form: Form, *names: str) -> Form:
    """`form` after any of {name=true} and {name=false}, each at most once, at the very start."""
    mark = re.compile(rf"\{{({'|'.join(names)})=([^}}]*)\}}")

    def fault(value: str) -> Fault | None:
        seen: list[str] = []
        while found := mark.match(value):
            if found[1] in seen or found[2] not in ("true", "false"):
                return _refuse(f"{{{found[1]}=true}} or {{{found[1]}=false}}, once")
            seen.append(found[1])
            value = value[found.end() :]
        return form(value)

    return fault


def _is_step(answers: Callable[[str], bool]) -> Callable[[str], bool]:
    """Judge a step[.]answer; either side may be missing, but not both."""

    def good(value: str) -> bool:
        sides = value.split("[.]")
        if len(sides) != 2 or not any(sides):
            return False
        return (not sides[0] or _option(sides[0])) and answers(sides[1])

    return good


def _is_answer(value: str) -> bool:
    return len(value) <= 250 and _free(value) is None


def _is_answer_or_range(value: str) -> bool:
    return _is_answer(value) or ("[:]" in value and _range(value) is None)


def _range(value: str) -> Fault | None:
    """min[:]max, either side open."""
    sides = value.split("[:]")
    if len(sides) != 2 or not all(not side or DECIMAL_2004.fullmatch(side) for side in sides):
        return _refuse("min[:]max, two decimal numbers of which either may be missing")
    if all(sides) and float(sides[0]) > float(sides[1]):
        return _refuse("a minimum that is not above the maximum")
    return None


OPTION_WORDS = "1 to 250 characters of A-Z a-z 0-9 _ ."
OPTIONS = _list(_option, 36, f"at most 36 identifiers ({OPTION_WORDS}), joined by [,]")
CHOICES = every(
    _list(_option, 36, f"at most 36 identifiers ({OPTION_WORDS}), joined by [,], or nothing", empty=True),
    _no_twins,
)
PAIRS = _list(_is_pair, 36, f"at most 36 pairs source[.]target ({OPTION_WORDS}), joined by [,]")
ONE_OPTION = written(OPTION, f"one identifier of {OPTION_WORDS}")
STEPS = "at most 125 pairs step[.]answer, joined by [,]"
LONG_TEXT = every(_free, localized(4000))
OTHER = every(_free, text(4000))

RESPONSES_2004: dict[str, Form] = {
    "true-false": words("true", "false"),
    "choice": CHOICES,
    "fill-in": _plain_list(10, 250),
    "long-fill-in": LONG_TEXT,
    "matching": PAIRS,
    "performance": _list(_is_step(_is_answer), 125, STEPS),
    "sequencing": OPTIONS,
    "likert": ONE_OPTION,
    "numeric": number(DECIMAL_2004, "a decimal number with a leading digit and at most 7 decimals"),
    "other": OTHER,
}
PATTERNS_2004: dict[str, Form] = RESPONSES_2004 | {
    "fill-in": _marked(_plain_list(10, 250), "case_matters", "order_matters"),
    "long-fill-in": _marked(LONG_TEXT, "case_matters"),
    "performance": _marked(_list(_is_step(_is_answer_or_range), 125, STEPS), "order_matters"),
    "numeric": _range,
}
# Types that have a single right answer: a second pattern is refused.
ONE_PATTERN = ("true-false", "likert", "numeric", "other")


def _joined_12(item: str, allowed: str, twins: bool = True) -> Form:
    """Items of SCORM 1.2, joined by a comma."""
    pattern = re.compile(rf"{item}(,{item})*")

    def fault(value: str) -> Fault | None:
        items: Sequence[str] = value.split(",")
        good = pattern.fullmatch(value) and (twins or len(set(items)) == len(items))
        return None if good else _refuse(allowed)

    return fault


# Free text has no entry of its own demands here: the element already bounds its length.
RESPONSES_12: dict[str, Form] = {
    "true-false": words("t", "f"),
    "choice": _joined_12("[0-9a-z]", "different single characters 0-9 a-z, joined by commas", twins=False),
    "sequencing": _joined_12("[0-9a-z]", "single characters 0-9 a-z in order, joined by commas"),
    "matching": _joined_12(r"[0-9a-z]\.[0-9a-z]", "pairs such as 1.a, joined by commas"),
    "likert": written(re.compile("[0-9a-z]"), "one character 0-9 a-z"),
    "numeric": number(DECIMAL_12, "one decimal number"),
    "fill-in": anything,
    "performance": anything,
}
