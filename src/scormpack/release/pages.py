"""What has changed since a provider's last release, as a page: for the manager, and to pass on to learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from scormpack.inspect.judgement import ORDER, Change
from scormpack.release.slip import Given, Slip
from scormpack.render.brand import brand_css
from scormpack.report.words import counted, dated
from scormpack.targets import TARGETS
from scormpack.templates import render_template

_SHORT = {
    Change.LOST: "“{title}” has changed, and progress is lost.",
    Change.STAYS: "“{title}” has changed, and progress stays.",
    Change.NEW: "“{title}” is new.",
}


@dataclass(frozen=True)
class Told:
    """A module as the page tells of it: what has changed is the same in all of its `packages`."""

    title: str
    minutes: int
    version: str
    was: str
    change: Change
    reasons: tuple[str, ...]
    packages: tuple[Given, ...]


def changes_page(slip: Slip, colour: str) -> str:
    """The page: no script, no request; to read on a phone, on a wide screen and on paper."""
    modules = told(slip.packages)
    return render_template(
        "release/changes.html.j2",
        slip=slip,
        colours=brand_css(colour),
        told={change: [each for each in modules if each.change is change] for change in ORDER},
        Change=Change,
        kinds={name: target.title for name, target in TARGETS.items()},
        counted=counted,
        dated=dated,
    )


def in_short(slip: Slip) -> list[str]:
    """A sentence for each module that is not as it was, for the load sheet: the gravest first."""
    return [_SHORT[each.change].format(title=each.title) for each in told(slip.packages) if each.change in _SHORT]


def told(packages: Sequence[Given]) -> list[Told]:
    """The modules in `packages`, the gravest change first; twice if its kinds of package differ in that."""

    def about(each: Given) -> tuple[int, str, str, tuple[str, ...]]:
        return ORDER.index(each.change), each.title, each.was or "", each.reasons

    found = (tuple(group) for _, group in groupby(sorted(packages, key=about), key=about))
    return [
        Told(of[0].title, of[0].minutes, of[0].version, of[0].was or "", of[0].change, of[0].reasons, of)
        for of in found
    ]
