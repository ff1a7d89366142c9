"""Slides for a group, with notes for the person who leads it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from scormpack.blocks.block import Block
from scormpack.blocks.codes import ACC_02, FRM_14
from scormpack.source.node import FieldError, Node
from scormpack.source.word import Slug
from scormpack.vocabulary import CardId, Markdown, Phrase, PicturePath, Title


class Slide(Node):
    """Up to five short points, or one picture, or one card; and what to say, to ask and to wait for."""

    title: Title
    """The heading of the slide.
    Example: `Whose task is it?`
    """
    points: tuple[Phrase, ...] = Field(default=(), max_length=5)
    """Up to five short points.
    Example: `[your employer agrees, you are taught, you are checked]`
    """
    picture: PicturePath | None = None
    """A picture in media/, instead of points.
    Example: `table.jpg`
    """
    alt: str = ""
    """What the picture shows, in words.
    Example: `Two people at a kitchen table`
    """
    card: CardId | None = None
    """A card on the pages of the module, instead of points.
    Example: `new-task`
    """
    notes: Markdown
    """What to say, to ask and to wait for.
    Example: `Read the front aloud. Wait for an answer.`
    """
    minutes: int = Field(ge=1, le=60)
    """How long it takes.
    Example: `4`
    """

    @model_validator(mode="after")
    def _shows_one_thing(self) -> Self:
        shown = sum((bool(self.points), self.picture is not None, self.card is not None))
        if shown > 1:
            raise FieldError(FRM_14, "a slide shows points, a picture or a card: one of the three")
        if self.picture is not None and not self.alt:
            raise FieldError(ACC_02, "the picture of a slide needs `alt`: what it shows, in words")
        return self


class Deck(Block):
    """Slides in their order."""

    type: Literal["deck"] = "deck"
    id: Slug
    """The name of the deck, and of its file.
    Example: `asked-to-do-more`
    """
    title: Title
    """The title of the deck.
    Example: `Asked to do more`
    """
    slides: tuple[Slide, ...] = Field(min_length=1, max_length=30)
    """The slides in their order, at most 30."""

    def minutes(self) -> int:
        """What all the slides take together."""
        return sum(slide.minutes for slide in self.slides)
