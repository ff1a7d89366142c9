"""What a shape is made of: frozen, strict, and refused where it is not as we write it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

from scormpack.cache import named
from scormpack.source.signs import brief
from scormpack.source.word import SLUG, Slug

MARK: Final = 12  # hex digits: enough to tell the parts of one module apart
_LONGEST = 120  # characters of a text that a person is told about

Id = Annotated[str, StringConstraints(pattern=rf"^(?:{SLUG})$", max_length=Slug.longest)]
Mark = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{MARK}}}$")]
Words = Annotated[str, StringConstraints(max_length=2_000)]


class Line(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def mark_of(*texts: str) -> str:
    """What tells these texts from others: the same until one of them changes."""
    return named(*(text.encode("utf-8", "surrogatepass") for text in texts))[:MARK]


def brief_words(text: str) -> str:
    """As much of `text` as a person is shown, on one line."""
    return brief(text, _LONGEST)
