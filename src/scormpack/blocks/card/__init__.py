"""A what-if card with two sides."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.word import Slug
from scormpack.vocabulary import ObjectiveId, Phrase, Sensitivity, Stage, Title


class Card(Block):
    """Front: one question in the worker's voice. Back: what to do, whom to call, what to write down."""

    room: ClassVar[str] = "card"
    type: Literal["card"] = "card"
    id: Slug
    """The name of the card. It never changes.
    Example: `new-task`
    """
    title: Title
    """The title of the card.
    Example: `Asked to do a new task`
    """
    front: Phrase
    """The front: one question in the worker's voice.
    Example: `What if I am asked to do something I have not been trained to do?`
    """
    steps: tuple[Phrase, ...] = Field(min_length=3, max_length=6)
    """The back: what to do, in three to six steps.
    Example: `[Say kindly that you cannot do it yet., Make sure that the person is safe., Call the office.]`
    """
    avoid: Phrase | None = None
    """What not to do. It is shown after “Do not:”.
    Example: `do it just this once.`
    """
    call: Phrase | None = None
    """Whom to call.
    Example: `"The office: {local:office_phone}"`
    """
    record: Phrase | None = None
    """What to write down.
    Example: `"Who asked, and what was agreed."`
    """
    discuss: tuple[Phrase, ...] = Field(default=(), max_length=3)
    """Up to three questions for a group.
    Example: `["How would you say no kindly?"]`
    """
    objective: ObjectiveId | None = None
    """The objective of module.yaml that this practises, by id.
    Example: `who-to-call`
    """
    stage: Stage | None = None
    """When in their work learners need it."""
    sensitivity: tuple[Sensitivity, ...] = ()
    """What in it may be hard to read.
    Example: `[death]`
    """
