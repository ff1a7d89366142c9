"""`scormpack explain`."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click

from scormpack.check.catalogue import FAMILIES, WAIVED_IN, Entry, entries
from scormpack.cli.show import for_programs, format_option, print_json
from scormpack.clock import today

_CODE = re.compile(r"([a-z][a-z0-9]{2})-?([0-9]{1,2})", re.IGNORECASE)


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE…]")
@format_option("text", "json", "markdown")
def explain(codes: tuple[str, ...], form: str) -> None:
    """Explain what a rule asks for, why, and how to fix what it finds.

    It also shows whether the rule can be waived, and how. Without codes, all rules are listed.

    \b
    scormpack explain
    scormpack explain SAF-03 MOD-04
    """
    found = list(dict.fromkeys(_known(code, entries()) for code in codes)) or list(entries().values())
    if form == "json":
        print_json([_plain(entry) for entry in found])
    elif form == "markdown":
        from scormpack.cli.show.rules import document

        for_programs(document(found))
    else:
        blocks = map(_explained, found) if codes else _listed(found)
        click.echo("\n\n".join("\n".join(block) for block in blocks))


def _known(code: str, known: dict[str, Entry]) -> Entry:
    """The entry that is meant: `saf-3` is SAF-03. An unknown code ends the command."""
    spelt = _CODE.fullmatch(code.strip())
    name = f"{spelt[1]}-{spelt[2]:0>2}".upper() if spelt else code.upper()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name[:20], known, n=1, cutoff=0.8)
    hint = f"Did you mean `{near[0]}`?" if near else "`scormpack explain` lists them all."
    raise click.UsageError(f"There is no rule `{code}`. {hint}")


def _plain(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "severity": entry.severity.value, "origins": list(entry.origins)}


def _listed(found: list[Entry]) -> Iterator[list[str]]:
    """All codes with their titles, family by family."""
    for name, family in groupby(found, key=lambda entry: entry.family):
        rows = [f"  {entry.code}  {entry.severity.value:<7}  {entry.title}" for entry in family]
        yield [f"{FAMILIES[name].title}: {FAMILIES[name].sentence}", *rows]


def _explained(entry: Entry) -> list[str]:
    lines = [
        f"{entry.code}: {entry.title}",
        f"    {entry.severity.value}; looks at {entry.looks_at}",
        f"    why: {entry.reason}",
        f"    fix: {entry.remedy}",
    ]
    lines += [f"    more: {entry.example}"] if entry.example else []
    return lines + ([*_waiver(entry)] if entry.waivable else ["    It cannot be waived."])


def _waiver(entry: Entry) -> Iterator[str]:
    """How the rule is waived, to copy."""
    files = ", or ".join(WAIVED_IN[origin] for origin in entry.origins if origin in WAIVED_IN)
    yield f"    It can be waived for up to a year, in {files}:"
    yield ""
    yield "waive:"
    yield f"  - rule: {entry.code}"
    yield "    reason: Why the rule does not fit here, in a sentence"
    yield "    by: Who answers for it"
    yield f"    date: {today()}"
    yield f"    until: {today() + datetime.timedelta(days=365)}"
