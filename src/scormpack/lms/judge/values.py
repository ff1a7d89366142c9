"""The forms of single values in xAPI 1.0.3 (part two, 4), and how checks of them are put together.

A check takes a value, of any type that JSON has, and the place where it stands, and yields what is wrong in words.
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
    """Whether it is a UUID in its usual form (RFC 4122)."""
    return bool(_UUID.fullmatch(text))


def is_iri(text: str) -> bool:
    """Whether it is absolute: a scheme and something after it, and a host where the scheme has hosts (RFC 3987)."""
    return bool(_IRI.fullmatch(text)) and not _NO_HOST.match(text) and _splits(text)


def _splits(text: str) -> bool:
    try:
        return urlsplit(text).port is not False
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Whether it is an ISO 8601 timestamp with a known zone, and such a day and time exist."""
    if not _MOMENT.fullmatch(text) or _UNKNOWN_ZONE.search(text):
        return False
    try:
        moment(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def moment(text: str) -> datetime.datetime:
    """Return the moment of a timestamp. Raises ValueError if it is none."""
    return datetime.datetime.fromisoformat(text)


def is_utc(text: str) -> bool:
    """Whether a timestamp is written in UTC."""
    return is_moment(text) and moment(text).utcoffset() == datetime.timedelta(0)


def is_duration(text: str) -> bool:
    """Whether it is an ISO 8601 duration; only the smallest part may have decimals."""
    found = _DURATION.fullmatch(text)
    parts = [part for part in found.groups() if part] if found else []
    return bool(parts) and all(part.isdigit() for part in parts[:-1])


def is_language(text: str) -> bool:
    """Whether it is a language tag (RFC 5646)."""
    return bool(_TAG.fullmatch(text.lower()))


def parse(data: bytes | str) -> Any:
    """Return the value of a JSON text (RFC 8259).

    Raises ValueError, with the reason, for what is no JSON: another encoding than UTF-8, NaN and its like, and
    besides for a name that stands twice in an object, more than 100 levels, and numbers beyond those of a float.
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
    """Return what a value is, for a message, such as `a list`."""
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def form(what: str, fits: Callable[[str], object]) -> Check:
    """Return a check of text that `fits`; `what` names the form in the message."""

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
    """Return a check of text that is one of these words."""
    return form(f"one of {', '.join(words)}", words.__contains__)


def boolean(value: Any, at: str) -> Iterator[str]:
    """Check true or false; a text that says so is neither."""
    if not isinstance(value, bool):
        yield f"{at} is {kind(value)}, not a boolean"


def number(value: Any, at: str) -> Iterator[str]:
    """Check a number; a text that looks like one is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{at} is {kind(value)}, not a number"


def count(value: Any, at: str) -> Iterator[str]:
    """Check a whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield f"{at} is not a whole number from 0"


def scaled(value: Any, at: str) -> Iterator[str]:
    """Check a number from -1 to 1."""
    wrong = list(number(value, at))
    yield from wrong
    if not wrong and not -1 <= value <= 1:
        yield f"{at} is not from -1 to 1: {value}"


# Checks of what holds several values --------------------------------------------------------------


def list_of(check: Check, least: int = 0) -> Check:
    """Return a check of a list with at least so many items, each checked."""

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
    """Return a check of a list, or of one of its items without a list."""
    several = list_of(check)
    return lambda value, at: (several if isinstance(value, list) else check)(value, at)


def table_of(names: Check, values: Check, empty: bool = False) -> Check:
    """Return a check of an object with any names: each name and each value is checked."""

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
    """Check nothing."""
    return iter(())


language_map = table_of(language, text)
extensions = table_of(iri, anything, empty=True)


def shape(fields: dict[str, Check], required: Collection[str] = (), rules: Collection[Check] = ()) -> Check:
    """Return a check of an object with known names; `rules` check the whole once all its parts are right."""

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
