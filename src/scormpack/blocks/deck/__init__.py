"""Slides for a group, with notes for the person who leads it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from scormpack.blocks.block import Block
from scormpack.source.node import Node, Title, refuse
from scormpack.source.reference import CardId, Markdown, PicturePath, Slug


class Slide(Node):
    """Up to five short points, or one picture, or one card; and what to say, to ask and to wait for."""

    title: Title
    points: tuple[Markdown, ...] = Field(default=(), max_length=5)
    picture: PicturePath | None = None
    alt: str = ""
    card: CardId | None = None
    notes: Markdown
    minutes: int = Field(ge=1, le=60)

    @model_validator(mode="after")
    def _shows_one_thing(self) -> Self:
        shown = sum((bool(self.points), self.picture is not None, self.card is not None))
        if shown > 1:
            raise refuse("FRM-14", "a slide shows points, a picture or a card: one of the three")
        if self.picture is not None and not self.alt:
            raise refuse("ACC-02", "the picture of a slide needs `alt`: what it shows, in words")
        return self


class Deck(Block):
    """Slides in their order."""

    type: Literal["deck"] = "deck"
    id: Slug
    title: Title
    slides: tuple[Slide, ...] = Field(min_length=1, max_length=30)

    def minutes(self) -> int:
        """What all the slides take together."""
        return sum(slide.minutes for slide in self.slides)
