"""Verdicts as one page that can be sent to whoever made the packages: no script, no request, all of it escaped."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from scormpack import __version__
from scormpack.check.foreseen import OPINIONS
from scormpack.cli.show import SEVERITIES, counted
from scormpack.cli.show.verdicts import DOES, Shown, head
from scormpack.clock import today
from scormpack.inspect.meanings import meaning_of
from scormpack.render.brand import brand_css
from scormpack.source.caret import excerpt
from scormpack.source.excerpt import Excerpt
from scormpack.templates import render_template

_COLOUR: Final = "#1F5F6B"
_WIDTH: Final = 120  # cells of a line that is shown
_GRAVITY: Final = {"error": "Errors", "warning": "Warnings", "info": "Worth knowing"}
_STATES: Final = {"works": "met", "stumbles": "partly", "refuses": "missing", "not_known": "not_applicable"}
_IN_BRIEF: Final = {"refuses": "not by", "stumbles": "with trouble by"}
_SPOTS: Final = 10  # places of findings that are alike, where there are many packages
_SIGNS: Final = {"works": "✓", "stumbles": "◐", "refuses": "✗", "not_known": "?"}


class _Spot(NamedTuple):
    """Where something was found, what, the line that stands there, and how to mend it if that is not said of all."""

    place: str
    message: str
    line: str
    fix: str


class _Group(NamedTuple):
    """Findings with one code."""

    code: str
    title: str
    reason: str
    fix: str
    spots: Sequence[_Spot]
    more: int


class _Part(NamedTuple):
    """A package as the page shows it."""

    id: str
    name: str
    head: str
    title: str
    counts: dict[str, int]
    gravities: dict[str, list[_Group]]
    taken: str
    opinions: Sequence[Any]
    played: Any

    @property
    def is_told(self) -> bool:
        """Whether there is more to say of it than its line in the table."""
        return bool(self.gravities or self.opinions or self.played)


def as_html(shown: Sequence[Shown]) -> str:
    """The page about these packages."""
    return render_template(
        "cli/show/page.html.j2",
        colours=brand_css(_COLOUR),
        parts=[_part(each, number, len(shown) == 1) for number, each in enumerate(shown, 1)],
        day=_dated(today()),
        version=__version__,
        counted=counted,
        GRAVITY=_GRAVITY,
        DOES=DOES,
        STATES=_STATES,
        SIGNS=_SIGNS,
    )


def _dated(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _part(shown: Shown, number: int, is_one: bool) -> _Part:
    """Of many packages it has no table of platforms, unless it was asked for, and a few places of each finding."""
    verdict = shown.verdict
    found = [each for each in verdict.excerpts if each.finding.code not in OPINIONS]
    by_gravity = {word: [each for each in found if each.finding.severity.value == word] for word in SEVERITIES}
    return _Part(
        id=f"package-{number}",
        name=verdict.name.rpartition("/")[2] or verdict.name,
        head=head(verdict),
        title=verdict.about.title,
        counts={word: len(each) for word, each in by_gravity.items() if each},
        gravities={word: list(_groups(each, verdict.name, is_one)) for word, each in by_gravity.items() if each},
        taken=_taken(shown) if verdict.kinds else "",
        opinions=shown.opinions if verdict.kinds and (is_one or shown.asked) else (),
        played=shown.played,
    )


def _taken(shown: Shown) -> str:
    """Which platforms take the package, in a few words: those that do not, if there are any."""
    names = {word: [each.name for each in shown.opinions if each.verdict == word] for word in DOES}
    told = [f"{words} {', '.join(names[word])}" for word, words in _IN_BRIEF.items() if names[word]]
    unknown = len(names["not_known"])
    return "; ".join([*told, *([f"not known of {unknown}"] if unknown else [])]) or "by all that are known"


def _groups(found: Iterable[Excerpt], name: str, is_one: bool) -> Iterable[_Group]:
    for code, each in groupby(sorted(found, key=lambda it: it.finding.code), key=lambda it: it.finding.code):
        some = list(each)
        meaning = meaning_of(code)
        fixes = {it.finding.hint for it in some}
        shared = fixes.pop() if len(fixes) == 1 else ""
        few = some if is_one else some[:_SPOTS]
        spots = [_spot(it, name, not shared) for it in few]
        yield _Group(code, meaning.title, meaning.reason, shared, spots, len(some) - len(few))


def _spot(each: Excerpt, name: str, with_fix: bool) -> _Spot:
    place = str(each.finding.place).removeprefix(f"{name}/")
    line = excerpt(each.line, each.finding.place.column, each.end, _WIDTH).line if each.line.strip() else ""
    return _Spot(place, each.finding.message, line.strip(), each.finding.hint if with_fix else "")
