"""The list of rules as a document: docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from scormpack.check.catalogue import FAMILIES, Entry

_INTRODUCTION = """\
# Rules

What `scormpack` looks at, and why. Each finding names a code. Here it says why that matters to a worker, and how
to mend it; `scormpack explain SAF-03` says the same in a terminal.

An **error** stops the build. A **warning** does so with `--strict` only. **Information** stops nothing. Most rules
about content can be waived for a time, with a reason and a name, and some limits can be moved: see
[When a rule does not fit](authoring.md#when-a-rule-does-not-fit). Where it says “cannot be waived”, somebody could
come to harm, or the text or the package would not work. About packages there are rules of the standard, and rules of
the house: what platforms and phones need besides, by experience.

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
