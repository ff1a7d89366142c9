"""The list of rules as a document: docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from scormpack.check.catalogue import FAMILIES, Entry

_INTRODUCTION = """\
# Rules

What `scormpack` checks, and why. Each finding has a code. This page explains why it matters to a worker and how to
fix it; `scormpack explain SAF-03` shows the same in a terminal.

An **error** stops the build. A **warning** stops it only with `--strict`. **Information** never does. Most rules
about content can be waived for a time, with a reason and a name, and some limits can be changed: see
[When a rule does not fit](authoring.md#when-a-rule-does-not-fit). “Cannot be waived” means that somebody could come
to harm, or that the text or the package would not work. Rules about packages are either the standard's own, or rules
of the house: what platforms and phones need besides, by experience.

This page is made from the rules themselves, by `make docs`.
"""


def document(found: Iterable[Entry]) -> str:
    """The entries, family by family, with a table of contents."""
    families = [(name, list(entries)) for name, entries in groupby(found, key=lambda entry: entry.family)]
    contents = [f"- [{FAMILIES[name].title}](#{_anchor(name)}): {len(entries)}" for name, entries in families]
    parts = [_INTRODUCTION, "\n".join(contents) + "\n"]
    for name, entries in families:
        parts += [f"## {_heading(name)}\n", f"{FAMILIES[name].sentence}\n"]
        parts += ["\n".join(_entry(entry)) + "\n" for entry in entries]
    return "\n".join(parts)


def _heading(name: str) -> str:
    return f"{FAMILIES[name].title} ({name})"


def _anchor(name: str) -> str:
    return "".join(sign for sign in _heading(name).lower().replace(" ", "-") if sign.isalnum() or sign == "-")


def _entry(entry: Entry) -> Iterator[str]:
    """A heading, a line of facts, then why and what to do."""
    severity = "information" if entry.severity == "info" else entry.severity.value
    yield f"### {entry.code}: {entry.title}"
    yield ""
    waived = "can" if entry.waivable else "cannot"
    yield f"*{severity.capitalize()}; {waived} be waived. Looks at {entry.looks_at}.*"
    yield ""
    yield entry.reason
    yield ""
    yield f"**What to do:** {entry.remedy}"
    if entry.example:
        yield ""
        yield entry.example
