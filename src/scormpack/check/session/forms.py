"""Forms of the values that travel between a course and its platform."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import inf
from typing import TypeAlias


class Kind(StrEnum):
    """What is wrong with a value: how it is written, how big it is, or how long."""

    FORM = "form"
    RANGE = "range"
    LENGTH = "length"


@dataclass(frozen=True)
class Fault:
    """Why a value is refused; `allowed` finishes the sentence "allowed is …"."""

    kind: Kind
    allowed: str


Form: TypeAlias = Callable[[str], Fault | None]

# Classes are spelled out because \d and \w also match digits and letters of other scripts.
DECIMAL_12 = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DECIMAL_2004 = re.compile(r"-?[0-9]+(\.[0-9]{1,7})?")
INTEGER = re.compile(r"-?[0-9]+")
SPAN_12 = re.compile(r"([0-9]{2,4}):([0-9]{2}):([0-9]{2}\.[0-9]{2})")
CLOCK_12 = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,2})?")
DURATION = re.compile(
    r"P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]{1,2})?)S)?)?"
)
TIMESTAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})\.[0-9]{2}Z")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
PRINTABLE = re.compile(r"[!-~]+")
LAST_YEAR = 2038  # what a platform with 32-bit times can still hold


def anything(_: str) -> Fault | None:
    """No demand at all."""
    return None


def words(*allowed: str) -> Form:
    """One of a few words; the empty string is shown as ""."""
    shown = ", ".join(word or '""' for word in allowed)
    return lambda value: None if value in allowed else Fault(Kind.FORM, shown)


def text(limit: int) -> Form:
    """Any characters, but not more than `limit`."""
    return lambda value: None if len(value) <= limit else Fault(Kind.LENGTH, f"at most {limit} characters")


def written(pattern: re.Pattern[str], allowed: str) -> Form:
    """Whatever `pattern` matches as a whole."""
    return lambda value: None if pattern.fullmatch(value) else Fault(Kind.FORM, allowed)


def every(*forms: Form) -> Form:
    """All of `forms`; the first fault is told."""
    return lambda value: next((fault for form in forms if (fault := form(value))), None)


def either(first: Form, second: Form) -> Form:
    """One of two forms; the faults of the second are told."""
    return lambda value: first(value) and second(value)


def number(pattern: re.Pattern[str], allowed: str, low: float = -inf, high: float = inf) -> Form:
    """Numbers as `pattern` writes them, from `low` to `high`."""

    def fault(value: str) -> Fault | None:
        if not pattern.fullmatch(value):
            return Fault(Kind.FORM, allowed)
        return None if low <= float(value) <= high else Fault(Kind.RANGE, allowed)

    return fault


def identifier(limit: int) -> Form:
    """Names that every platform keeps as they are: printable ASCII without spaces."""
    return every(text(limit), written(PRINTABLE, f"1 to {limit} printable ASCII characters without spaces"))


def span_12(value: str) -> Fault | None:
    """Length of time in SCORM 1.2."""
    found = SPAN_12.fullmatch(value)
    if not found:
        return Fault(Kind.FORM, "HHHH:MM:SS.SS with 2 to 4 digits for hours and exactly two decimals")
    in_range = int(found[2]) < 60 and float(found[3]) < 60
    return None if in_range else Fault(Kind.RANGE, "minutes and seconds under 60")


def clock_12(value: str) -> Fault | None:
    """Time of day in SCORM 1.2."""
    found = CLOCK_12.fullmatch(value)
    if not found:
        return Fault(Kind.FORM, "HH:MM:SS with at most two decimals")
    in_range = int(found[1]) < 24 and int(found[2]) < 60 and int(found[3]) < 60
    return None if in_range else Fault(Kind.RANGE, "a time of day from 00:00:00 to 23:59:59")


def duration(value: str) -> Fault | None:
    """Length of time in SCORM 2004."""
    return written(DURATION, "a duration such as PT1H2M3.45S with at most two decimals")(value)


def timestamp(value: str) -> Fault | None:
    """Moment in SCORM 2004, in the one spelling that no known platform refuses."""
    found = TIMESTAMP.fullmatch(value)
    if not found:
        return Fault(Kind.FORM, "YYYY-MM-DDThh:mm:ss.ccZ with exactly two decimals")
    try:
        year = datetime.fromisoformat(found[1]).year
    except ValueError:
        year = 0
    in_range = 1970 <= year <= LAST_YEAR
    return None if in_range else Fault(Kind.RANGE, f"a real date from 1970 to {LAST_YEAR}")


def localized(limit: int) -> Form:
    """Text that may begin with its language; the limit is that of the text alone."""

    def fault(value: str) -> Fault | None:
        if not value.startswith("{lang="):
            return text(limit)(value)
        tag, closed, rest = value.removeprefix("{lang=").partition("}")
        if not closed or not LANGUAGE.fullmatch(tag):
            return Fault(Kind.FORM, "a text, or {lang=…} with a language tag and then a text")
        return text(limit)(rest)

    return fault


def seconds_of(value: str) -> float | None:
    """How long a session time is, whichever standard wrote it; None if months or years make that unsure."""
    if found := SPAN_12.fullmatch(value):
        return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
    found = DURATION.fullmatch(value)
    if not found or set("YM") & set(value.partition("T")[0]):
        return None
    units = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
    return sum(float(found[name] or 0) * size for name, size in units.items())
