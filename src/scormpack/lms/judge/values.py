"""The forms of single values in xAPI 1.0.3, and how checks of them are put together.

A check takes a value and the place where it stands, and yields what is wrong with it, in words.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any, str], Iterator[str]]
UTC = datetime.UTC
DEEPEST = 100  # levels of JSON
_TOO_DEEP = f"more than {DEEPEST} levels"

_HEX = "[0-9a-fA-F]"
_UUID = re.compile(rf"{_HEX}{{8}}-{_HEX}{{4}}-[1-5]{_HEX}{{3}}-[89abAB]{_HEX}{{3}}-{_HEX}{{12}}")
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20\x7f<>"{}|\\^`%]|%[0-9A-Fa-f]{2})+""")
_NO_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)")
_UNKNOWN_ZONE = re.compile(r"-00(?::?00)?$")
# RFC 5646, 2.1, in lower case. The irregular tags of old times, such as i-klingon, are left out.
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}"  # language
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"  # script, region
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"  # variants
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"  # extensions, private use
    r"|x(?:-[a-z0-9]{1,8})+)"
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?=[\dT])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)"
)


def is_uuid(text: str) -> bool:
    """RFC 4122, in its usual writing."""
    return bool(_UUID.fullmatch(text))


def is_iri(text: str) -> bool:
    """Absolute, with a scheme and something behind it; a host, where the scheme has hosts."""
    return bool(_IRI.fullmatch(text)) and not _NO_HOST.match(text) and _splits(text)


def _splits(text: str) -> bool:
    try:
        return urlsplit(text).port is not False
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """ISO 8601 with a known zone, on a day and at a time that there are."""
    if not _MOMENT.fullmatch(text) or _UNKNOWN_ZONE.search(text):
        return False
    try:
        moment(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def moment(text: str) -> datetime.datetime:
    """What a timestamp says."""
    return datetime.datetime.fromisoformat(text)


def is_utc(text: str) -> bool:
    """Whether a timestamp is written in UTC."""
    return is_moment(text) and moment(text).utcoffset() == datetime.timedelta(0)


def is_duration(text: str) -> bool:
    """ISO 8601; only the smallest part may have decimals."""
    found = _DURATION.fullmatch(text)
    parts = [part for part in found.groups() if part] if found else []
    return bool(parts) and all(part.isdigit() for part in parts[:-1])


def is_language(text: str) -> bool:
    """RFC 5646."""
    return bool(_TAG.fullmatch(text.lower()))


def parse(data: bytes | str) -> Any:
    """JSON by the book (RFC 8259): no name twice, no NaN, nothing but UTF-8; and no deeper than anyone needs.

    Raises ValueError with the reason.
    """
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    level = [value]
    for _ in range(DEEPEST):
        level = [part for whole in level for part in _parts_of(whole)]
    if any(isinstance(part, dict | list) for part in level):
        raise ValueError(_TOO_DEEP)
    return value


def _parts_of(value: Any) -> Collection[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


# Checks of one value ------------------------------------------------------------------------------


def kind(value: Any) -> str:
    """What a value is, for a message."""
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def form(what: str, fits: Callable[[str], object]) -> Check:
    """A check of text in some form."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{at} is {kind(value)}, not text"
        elif not fits(value):
            yield f"{at} is not {what}: {value!r}"

    return check


text = form("text", lambda _: True)
some_text = form("text with something in it", str.strip)
iri = form("an absolute IRI", is_iri)
uuid = form("a UUID", is_uuid)
timestamp = form("an ISO 8601 timestamp with a known zone", is_moment)
duration = form("an ISO 8601 duration", is_duration)
language = form("a language tag of RFC 5646", is_language)
mailto = form("mailto: and an address", _MAILTO.fullmatch)
sha1 = form("a SHA-1 sum", re.compile(rf"{_HEX}{{40}}").fullmatch)
sha2 = form("a SHA-2 sum", re.compile(rf"{_HEX}{{56}}|{_HEX}{{64}}|{_HEX}{{96}}|{_HEX}{{128}}").fullmatch)
media_type = form("a media type", _MEDIA_TYPE.fullmatch)
version = form("a version 1.0.x", re.compile(r"1\.0(?:\.\d+)?").fullmatch)
component_id = form("an id without spaces", re.compile(r"\S+").fullmatch)


def one_of(*words: str) -> Check:
    """A check of text from a list."""
    return form(f"one of {', '.join(words)}", words.__contains__)


def boolean(value: Any, at: str) -> Iterator[str]:
    """True or false, and no text that says so."""
    if not isinstance(value, bool):
        yield f"{at} is {kind(value)}, not a boolean"


def number(value: Any, at: str) -> Iterator[str]:
    """A number, and no text that looks like one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{at} is {kind(value)}, not a number"


def count(value: Any, at: str) -> Iterator[str]:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield f"{at} is not a whole number from 0"


def scaled(value: Any, at: str) -> Iterator[str]:
    """A number from -1 to 1."""
    wrong = list(number(value, at))
    yield from wrong
    if not wrong and not -1 <= value <= 1:
        yield f"{at} is not from -1 to 1: {value}"


# Checks of what holds several values --------------------------------------------------------------


def list_of(check: Check, least: int = 0) -> Check:
    """A check of a list."""

    def check_list(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{at} is {kind(value)}, not a list"
            return
        if len(value) < least:
            yield f"{at} is an empty list"
        for place, item in enumerate(value):
            yield from check(item, f"{at}[{place}]")

    return check_list


def one_or_list_of(check: Check) -> Check:
    """A check of a list, or of what could stand alone in it."""
    several = list_of(check)
    return lambda value, at: (several if isinstance(value, list) else check)(value, at)


def table_of(names: Check, values: Check, empty: bool = False) -> Check:
    """A check of an object whose names are not known beforehand."""

    def check_table(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{at} is {kind(value)}, not an object"
            return
        if not value and not empty:
            yield f"{at} is empty"
        for name, part in value.items():
            yield from names(name, f"{at}, the name {name!r},")
            yield from values(part, f"{at}[{name!r}]")

    return check_table


def anything(_value: Any, _at: str) -> Iterator[str]:
    """No check at all."""
    return iter(())


language_map = table_of(language, text)
extensions = table_of(iri, anything, empty=True)


def shape(fields: dict[str, Check], required: Collection[str] = (), rules: Collection[Check] = ()) -> Check:
    """A check of an object with known names; `rules` see it once all its parts are right."""

    def check_shape(value: Any, at: str) -> Iterator[str]:
        wrong = list(_parts(value, at, fields, required))
        yield from wrong
        if not wrong:
            for rule in rules:
                yield from rule(value, at)

    return check_shape


def _parts(value: Any, at: str, fields: dict[str, Check], required: Collection[str]) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is {kind(value)}, not an object"
        return
    if not value:
        yield f"{at} is empty"
    yield from (f"{at} has no {name}" for name in required if name not in value)
    for name, part in value.items():
        if name not in fields:
            yield f"{at}.{name} is not a property that there is"
        elif part is None:
            yield f"{at}.{name} is null"
        else:
            yield from fields[name](part, f"{at}.{name}")
