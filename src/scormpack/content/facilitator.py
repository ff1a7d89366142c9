"""The guide for the person who leads a group through a module."""

from __future__ import annotations

from pydantic import Field

from scormpack.blocks.deck import Deck
from scormpack.source.node import Node
from scormpack.source.reference import BlockId, Markdown


class Step(Node):
    """A part of a session: how long, what to do, what to ask, and which cards or stories of the module to use."""

    minutes: int = Field(ge=1, le=60)
    do: Markdown
    ask: tuple[Markdown, ...] = Field(default=(), max_length=4)
    uses: tuple[BlockId, ...] = ()


class Plan(Node):
    """A session of so many minutes, step by step."""

    minutes: int = Field(ge=5, le=90)
    steps: tuple[Step, ...] = Field(min_length=1)


class IfThis(Node):
    """Something that may happen in a group, and what to do then."""

    happens: str = Field(min_length=1, max_length=120)
    do: Markdown


class FacilitatorGuide(Node):
    """The file facilitator.yaml of a module. `deck` names a file in decks/."""

    purpose: Markdown
    before: tuple[Markdown, ...] = Field(min_length=1)
    ground_rules: tuple[Markdown, ...] = Field(min_length=1)
    plans: tuple[Plan, ...] = Field(min_length=1)
    if_this_happens: tuple[IfThis, ...] = Field(min_length=1)
    inclusion: tuple[Markdown, ...] = Field(min_length=1)
    after: tuple[Markdown, ...] = Field(min_length=1)
    adapt_online: tuple[Markdown, ...] = Field(min_length=1)
    deck: Deck | None = None
