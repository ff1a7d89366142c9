"""Days as platforms write them. Where day and month could be either way round, nobody guesses."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from scormpack.results.form import Order

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,? .{1,20})?", re.ASCII)
_WORDS = re.compile(r"(?:[a-z]{3,9},? )?([0-9]{1,2})\.? ([a-zä]{3,9})\.? ([0-9]{4})(?:,? .{1,20})?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"mär": "mar", "mai": "may", "okt": "oct", "dez": "dec"}
_MANY = 100_000  # days that are remembered


class Days:
    """Reads days of one table: what was read once is not read again.

    A moment with a zone of its own becomes the day that it is in `zone`; one without is as the platform shows it.
    """

    def __init__(self, order: Order, zone: datetime.tzinfo) -> None:
        self.order = order
        self.zone = zone
        self.known: dict[str, datetime.date] = {}

    def read(self, text: str) -> datetime.date:
        """The day. Raises ValueError for what is none, and AmbiguousError for what could be two."""
        found = self.known.get(text)
        if found is None:
            found = self._read(text)
            if len(self.known) < _MANY:
                self.known[text] = found
        return found

    def _read(self, text: str) -> datetime.date:
        if iso := _ISO.fullmatch(text):
            return self._of_iso(iso)
        if words := _WORDS.fullmatch(text):
            begins = words[2][:3].lower()
            month = _MONTHS.index(_GERMAN.get(begins, begins)) + 1
            return datetime.date(int(words[3]), month, int(words[1]))
        if numbers := _NUMBERS.fullmatch(text):
            return self._of_numbers(numbers)
        raise ValueError(text)

    def _of_iso(self, found: re.Match[str]) -> datetime.date:
        if not found[3]:
            return datetime.date.fromisoformat(found[1])
        moment = datetime.datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3]}")
        return moment.astimezone(self.zone).date()

    def _of_numbers(self, found: re.Match[str]) -> datetime.date:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first == second or self.order == "day_first" or found[2] == "." or first > 12:
            return datetime.date(year, second, first)
        if self.order == "month_first" or second > 12:
            return datetime.date(year, first, second)
        raise AmbiguousError(found[0])


class AmbiguousError(ValueError):
    """A day that could be two."""


def order_of(texts: Iterable[str]) -> tuple[Order, str]:
    """Which comes first in days of one table, the day or the month, and the text that shows it; `any` if none does.

    Raises AmbiguousError where some show the one and some the other.
    """
    shown: dict[Order, str] = {}
    for text in texts:
        found = _NUMBERS.fullmatch(text)
        if found and found[2] != "." and max(int(found[1]), int(found[3])) > 12:
            shown.setdefault("day_first" if int(found[1]) > 12 else "month_first", text)
        if len(shown) == 2:
            raise AmbiguousError(" and ".join(shown.values()))
    return next(iter(shown.items()), ("any", ""))


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone of this name. Raises ValueError for one that is not known here."""
    if name == "UTC":
        return datetime.UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError(name) from None
