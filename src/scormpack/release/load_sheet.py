"""The load sheet: one page that says how a provider loads its packages, and how to see that they work."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from scormpack.content.provider import Provider
from scormpack.platforms.known import general
from scormpack.platforms.model import Platform, Sourced
from scormpack.render.brand import brand_css
from scormpack.report.words import counted, dated, listed
from scormpack.targets import TARGETS
from scormpack.templates import render_template

Known = TypeVar("Known", bound=Sourced)
MOST_CHANGES: Final = 5  # more would not leave the page one


@dataclass(frozen=True)
class Parcel:
    """A package as it is handed over: a file with what is in it, and whether it is the same as the last time."""

    title: str
    file: str
    module: str
    version: str
    minutes: int
    target: str
    bytes: int
    sha256: str
    is_unchanged: bool = False


def load_sheet(
    provider: Provider,
    platform: Platform | None,
    packages: Sequence[Parcel],
    day: datetime.date,
    *,
    changes: Sequence[str] = (),
    ask: str = "",
    printed: int = 0,
    plugins: Sequence[str] = (),
) -> str:
    """A page of HTML for whoever loads `packages` into the platform of `provider`; it prints on one sheet of A4.

    Only what is not `is_unchanged` is to be loaded. Without a `platform` it says what is true of most. `changes` are
    sentences about what is new in these packages, `ask` is who answers questions: a name, and how to reach it.
    `printed` is how many files to print or to show come with them, `plugins` names the files of plugins beside them.
    The page needs nothing from elsewhere.
    """
    kinds = Counter(each.target for each in packages)
    known = platform or general(list(kinds))
    target = known.best_of(list(kinds))

    def about(found: Iterable[Known]) -> list[Known]:
        return [each for each in found if each.is_about(target or "")]

    return render_template(
        "release/load_sheet.html.j2",
        provider=provider,
        platform=known,
        named=platform is not None,
        target=target,
        about=about,
        kind=TARGETS[target].title if target else "",
        files=[each for each in packages if each.target == target and not each.is_unchanged],
        unchanged=sum(each.target == target and each.is_unchanged for each in packages),
        others=_others(kinds, target),
        taken=listed([TARGETS[each].title for each in known.targets]),
        changes=changes[:MOST_CHANGES],
        more_changes=max(len(changes) - MOST_CHANGES, 0),
        ask=ask,
        printed=printed,
        plugins=plugins,
        day=day,
        colours=brand_css(provider.brand.colour),
        counted=counted,
        dated=dated,
        size=_size,
    )


def _others(kinds: Counter[str], target: str | None) -> str:
    """The packages of other kinds, in words: `2 files (cmi5) and 1 file (Web page)`."""
    rest = [f"{counted(count, 'file')} ({TARGETS[kind].title})" for kind, count in kinds.items() if kind != target]
    return listed(rest)


def _size(count: int) -> str:
    """`340 kB`, or `1.2 MB`."""
    return f"{count / 1e6:.1f} MB" if count >= 999_500 else f"{max(count / 1000, 1):.0f} kB"
