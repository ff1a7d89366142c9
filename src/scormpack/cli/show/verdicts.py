"""Verdicts on packages: for people, a head for each, its findings and what platforms do with it; and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scormpack.check.foreseen import OPINIONS
from scormpack.cli import show
from scormpack.cli.show import SEVERITIES, counted, counts_of, plain
from scormpack.cli.show.text import lines
from scormpack.diagnostics import has_error
from scormpack.inspect.about import TITLES
from scormpack.inspect.foresee import Opinion
from scormpack.inspect.meanings import reasons_for
from scormpack.inspect.verdict import Verdict
from scormpack.source.excerpt import Excerpt

if TYPE_CHECKING:
    from scormpack.inspect.play.played import Played

DOES: Final = {
    "works": "takes it",
    "stumbles": "takes it, but",
    "refuses": "does not take it",
    "not_known": "not known",
}
_PARTS: Final = {"scorm": "SCO", "cmi5": "unit"}  # by how the name of a kind begins


class Shown(NamedTuple):
    """A verdict, and what platforms do with the package: all that are known, or those that were `asked` for.

    And what happened while it was `played`, if it was.
    """

    verdict: Verdict
    opinions: Sequence[Opinion]
    asked: bool
    played: Played | None = None


def head(verdict: Verdict) -> str:
    """What a package is: `SCORM 1.2, 1 SCO, 23 files, 60 kB, made by scormpack`."""
    if not verdict.kinds:
        return "not a package that can be read"
    about = verdict.about
    kinds = " and ".join(TITLES.get(kind, kind) for kind in verdict.kinds)
    word = next((word for begin, word in _PARTS.items() if verdict.kinds[0].startswith(begin)), "")
    parts = [kinds, counted(about.parts, word) if word else "", counted(about.files, "file"), _sized(about.size)]
    return ", ".join([*filter(None, parts), *([f"made by {about.maker}"] if about.maker else [])])


def _sized(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 999_500 else f"{max(round(count / 1000), 1)} kB"


def as_text(shown: Sequence[Shown]) -> Iterator[str]:
    """For people. The table of platforms is there for one package only; of many it would bury what was found."""
    reasons, is_one = _reasons(shown), len(shown) == 1
    for each in shown:
        found = counts_of(each.verdict.findings)
        yield f"{each.verdict.name}: {head(each.verdict)}{f'. {found}.' if found else ''}"
        body = list(_body(each, reasons, is_one))
        yield from [*body, ""] if body and not is_one else body


def _body(shown: Shown, reasons: Mapping[str, str], with_table: bool) -> Iterator[str]:
    """What is below the head."""
    found = (each for each in shown.verdict.excerpts if each.finding.code not in OPINIONS)
    yield from lines(_advised_once(found), reasons)
    if shown.asked:
        yield from (line for opinion in shown.opinions for line in _at_length(opinion))
    elif shown.verdict.kinds and with_table:
        yield from _table(shown)


def _advised_once(found: Iterable[Excerpt]) -> Iterator[Excerpt]:
    """The findings of one package; what to do is left to the first of those that are mended alike."""
    met: set[tuple[str, str]] = set()
    for each in found:
        key = each.finding.code, each.finding.hint
        yield each._replace(finding=replace(each.finding, hint="")) if key in met else each
        met.add(key)


def in_form(shown: Sequence[Shown], form: str) -> str:
    """The same in one of the forms for programs, or as a page."""
    if form == "html":
        from scormpack.cli.show.page import as_html

        return as_html(shown)
    reasons = _reasons(shown)
    result = {"packages": [_for_program(each, reasons) for each in shown]}
    return show.in_form([excerpt for each in shown for excerpt in each.verdict.excerpts], form, result, reasons)


def _reasons(shown: Sequence[Shown]) -> dict[str, str]:
    return reasons_for(finding for each in shown for finding in each.verdict.findings)


def _table(shown: Shown) -> Iterator[str]:
    """One line for each platform."""
    width = max(len(each.name) for each in shown.opinions)
    besides = ", besides what is wrong with it on any of them" if has_error(shown.verdict.findings) else ""
    yield f"What platforms do with it, as far as that is known{besides}:"
    for each in shown.opinions:
        yield f"    {each.name:<{width}}  {in_short(each)}"


def in_short(opinion: Opinion) -> str:
    """What a platform does, and the first reason if something is amiss."""
    said = DOES[opinion.verdict]
    if opinion.verdict in ("works", "not_known"):
        return said
    first, *more = opinion.reasons
    others = f" ({counted(len(more), 'more reason')})" if more else ""
    return f"{said}: {first.says}{others}"


def _at_length(opinion: Opinion) -> Iterator[str]:
    """Everything that is known, with its sources."""
    yield f"{opinion.name}: {DOES[opinion.verdict]}"
    for each in opinion.sentences:
        yield f"    - {each.says}{f' [{each.source}, {each.day}]' if each.source else ''}"


def _for_program(shown: Shown, reasons: Mapping[str, str]) -> dict[str, Any]:
    """What JSON has of a package."""
    verdict, about = shown.verdict, shown.verdict.about
    return {
        "path": verdict.name,
        "kinds": list(verdict.kinds),
        "is_ours": verdict.is_ours,
        "title": about.title,
        "maker": about.maker,
        "files": about.files,
        "bytes": about.size,
        "parts": about.parts,
        "findings": [plain(each.finding, reasons) for each in verdict.excerpts],
        "platforms": [_opinion(each) for each in shown.opinions],
    }


def _opinion(opinion: Opinion) -> dict[str, Any]:
    sentences = [each._asdict() for each in opinion.sentences]
    return {"id": opinion.id, "name": opinion.name, "verdict": opinion.verdict, "sentences": sentences}


def with_errors(verdicts: Sequence[Verdict]) -> str:
    """How many of several packages have errors: the last word about a folder of them."""
    worst = Counter(_worst(each) for each in verdicts)
    if len(verdicts) < 2 or not worst["error"]:
        return ""
    return f"{counted(worst['error'], 'package')} with errors."


def _worst(verdict: Verdict) -> str:
    found = {each.severity.value for each in verdict.findings}
    return next((word for word in SEVERITIES if word in found), "")
