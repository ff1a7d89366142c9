"""The guide for the person who leads a group through a module."""

from __future__ import annotations

from pydantic import Field

from scormpack.blocks.deck import Deck
from scormpack.source.node import Node
from scormpack.vocabulary import BlockId, Markdown, Phrase


class Step(Node):
    """A part of a session: how long, what to do, what to ask, and which cards or stories of the module to use."""

    minutes: int = Field(ge=1, le=60)
    """How long it takes.
    Example: `8`
    """
    do: Phrase
    """What the leader does, and what the group does.
    Example: `Read the card aloud. In pairs, say the first line to each other.`
    """
    ask: tuple[Phrase, ...] = Field(default=(), max_length=4)
    """Up to four questions for the group.
    Example: `["How would you say it to a nurse you like?"]`
    """
    uses: tuple[BlockId, ...] = ()
    """Cards, stories, questions, checklists or plans on the module's pages that the step uses, by id.
    Example: `[new-task]`
    """


class Plan(Node):
    """A session of so many minutes, step by step."""

    minutes: int = Field(ge=5, le=90)
    """How long the session is: what its steps take together.
    Example: `15`
    """
    steps: tuple[Step, ...] = Field(min_length=1)
    """What happens, in order."""


class IfThis(Node):
    """Something that may happen in a group, and what to do then."""

    happens: str = Field(min_length=1, max_length=120)
    """What may happen in the group.
    Example: `Someone is upset`
    """
    do: Phrase
    """What the leader does then.
    Example: `Slow down and let it be quiet. Offer a break.`
    """


class FacilitatorGuide(Node):
    """The file facilitator.yaml of a module."""

    purpose: Markdown
    """What the group leaves with.
    Example: `The group leaves with a clear line between what is theirs to do and what is not.`
    """
    before: tuple[Phrase, ...] = Field(min_length=1)
    """What to get ready: room, time, things, numbers.
    Example: `[You need a table that everyone can stand around.]`
    """
    ground_rules: tuple[Phrase, ...] = Field(min_length=1)
    """What the group agrees on at the start.
    Example: `["No names of clients, families or colleagues."]`
    """
    plans: tuple[Plan, ...] = Field(min_length=1)
    """Sessions of different lengths; one for each length that groups may have, such as 15, 30 and 60 minutes."""
    if_this_happens: tuple[IfThis, ...] = Field(min_length=1)
    """What may happen in the group, and what to do then."""
    inclusion: tuple[Phrase, ...] = Field(min_length=1)
    """What helps people take part who otherwise could not.
    Example: `[Someone who joins by phone gets the card as a message beforehand.]`
    """
    after: tuple[Phrase, ...] = Field(min_length=1)
    """What to do when the session is over.
    Example: `[Speak to anyone who was quiet or upset.]`
    """
    adapt_online: tuple[Phrase, ...] = Field(min_length=1)
    """What to change when the group meets online.
    Example: `[Nobody has to have the camera on.]`
    """
    deck: Deck | None = None
    """The slides to show: the name of a file in decks/, or the slides themselves.
    Example: `asked-to-do-more`
    """
