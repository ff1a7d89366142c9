"""Recommendations as a checklist for those who have to act on them."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Block
from scormpack.source.word import Slug
from scormpack.vocabulary import Markdown, RecommendationId


class Recommendations(Block):
    """Each recommendation with its reason and its measures, to answer: met, partly, not yet.

    What is not met becomes a plan to print.
    """

    room: ClassVar[str] = "list"

    type: Literal["recommendations"] = "recommendations"
    id: Slug
    """The name of the block. It never changes: the answers are stored under it.
    Example: `where-are-we`
    """
    text: Markdown | None = None
    """What to know before answering.
    Example: `"Answer for your own team, as it is today."`
    """
    show: tuple[RecommendationId, ...] = ()
    """Which recommendations, by id. Without it: those that the module addresses.
    Example: `[eolh-c1, eolh-d1]`
    """
