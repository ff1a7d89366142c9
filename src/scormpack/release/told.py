"""What the record says to a manager: which version was given out when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator

from scormpack.release.record import HISTORY, Head, Held, History, lines_in
from scormpack.report.values import GivenOut


def versions_given(history: History, modules: Collection[str], providers: Collection[str]) -> tuple[GivenOut, ...]:
    """The versions of these `modules` that these `providers` were given, each with its day and the day of the next.

    What several were given on the same days is one row. Raises ContentError (RLS-03) where the record cannot be read.
    """
    periods: defaultdict[tuple[str, str, datetime.date, datetime.date | None], list[str]] = defaultdict(list)
    for provider, found in _starts(history, providers).items():
        line = history.provider(provider)
        for module, starts in found.items():
            if module in modules:
                ends = [*(day for day, _ in starts[1:]), None]
                for (day, version), end in zip(starts, ends, strict=True):
                    periods[module, version, day, end].append(line.name if line else provider)
    rows = (_row(history, *key, names) for key, names in periods.items())
    return tuple(sorted(rows, key=lambda row: (row.title, row.since, row.providers)))


def _row(
    history: History,
    module: str,
    version: str,
    since: datetime.date,
    until: datetime.date | None,
    providers: list[str],
) -> GivenOut:
    line = history.version(module, version)
    return GivenOut(module, line.title if line else module, version, since, until, tuple(providers))


def _starts(history: History, providers: Collection[str]) -> dict[str, dict[str, list[tuple[datetime.date, str]]]]:
    """For each provider and module, the days on which another version was given."""
    found: dict[str, dict[str, list[tuple[datetime.date, str]]]] = {}
    for provider, head, row in given_ever(history):
        if provider in providers:
            starts = found.setdefault(provider, {}).setdefault(row.module, [])
            if not starts or starts[-1][1] != row.version:
                starts.append((head.day, row.version))
    return found


def given_ever(history: History) -> Iterator[tuple[str, Head, Held]]:
    """Every package that was ever given: to which provider, in which release. Raises ContentError (RLS-03)."""
    for head in history.releases:
        for line in lines_in(history.folder / HISTORY / f"{head.release}.jsonl"):
            for row in line.has:
                if row.since == head.release:
                    yield line.provider, head, row
