"""Pictures for a report, as SVG in the page: without scripts, without words that only a picture has, as wide as it.

All that tells one thing from another in them is a shape or a length, never a colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from markupsafe import Markup

Mark = Literal["met", "partly"]

_ROW = 40  # pixels of a bar with its label
_CELL = 22  # pixels of a row of a matrix
_LABELS = 30  # percent of the width that the labels of a matrix take
_NUMBERED = 12  # columns, of which each has its number; of more every other one
_LONGEST_LABEL = 34  # characters that fit on the narrowest screen

_BAR: Final = Markup(
    '<text class="label" x="0" y="{top}">{label}</text>'
    '<rect class="track" x="0" y="{at}" width="100%" height="14"/>'
    '<rect class="bar" x="0" y="{at}" width="{width}%" height="14"/>'
)
_SHAPES: Final[Mapping[Mark, Markup]] = {
    "met": Markup('<rect class="bar" x="{x}%" y="{y}" width="{width}%" height="14"/>'),
    "partly": Markup(
        '<rect class="track" x="{x}%" y="{y}" width="{width}%" height="14"/>'
        '<rect class="bar" x="{x}%" y="{half}" width="{width}%" height="7"/>'
    ),
}


def bars(name: str, title: str, description: str, rows: Iterable[tuple[str, float]]) -> Markup:
    """A bar for each row: a short label, which has the number too, and a share, from 0 to 1."""
    drawn = [
        _BAR.format(top=_ROW * n + 14, at=_ROW * n + 20, label=_short(label), width=f"{100 * share:.1f}")
        for n, (label, share) in enumerate(rows)
    ]
    return _picture(name, title, description, _ROW * len(drawn), drawn)


def matrix(
    name: str, title: str, description: str, columns: int, rows: Sequence[tuple[str, Mapping[int, Mark]]]
) -> Markup:
    """A grid: rows with a label each, and numbered columns; a full mark is `met`, half of one `partly`."""
    step = (100 - _LABELS) / max(columns, 1)
    heads = [
        Markup('<text class="head" x="{x:.2f}%" y="14">{n}</text>').format(x=_LABELS + step * (n + 0.5), n=n + 1)
        for n in range(0, columns, 1 if columns <= _NUMBERED else 2)
    ]
    drawn = [part for n, row in enumerate(rows, 1) for part in _row(n, *row, step=step)]
    return _picture(name, title, description, _CELL * (len(rows) + 1), [*heads, *drawn])


def _row(number: int, label: str, marks: Mapping[int, Mark], step: float) -> Iterable[Markup]:
    top = _CELL * number
    yield Markup('<text class="label" x="0" y="{y}">{label}</text>').format(y=top + 15, label=_short(label))
    yield Markup('<rect class="rule" x="0" y="{y}" width="100%" height="1"/>').format(y=top)
    for column, mark in sorted(marks.items()):
        x = f"{_LABELS + step * (column + 0.1):.2f}"
        yield _SHAPES[mark].format(x=x, y=top + 4, half=top + 11, width=f"{0.8 * step:.2f}")


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _picture(name: str, title: str, description: str, height: int, parts: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" width="100%" height="{height}">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>{parts}</svg>'
    ).format(name=name, title=title, description=description, height=height, parts=Markup("").join(parts))
