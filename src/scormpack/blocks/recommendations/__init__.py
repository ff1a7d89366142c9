"""Recommendations as a checklist for those who have to act on them."""

from __future__ import annotations

from typing import Literal

from scormpack.blocks.block import Block
from scormpack.source.reference import Markdown, RecommendationId, Slug


class Recommendations(Block):
    """Each recommendation with its reason and its measures, to answer: met, partly, not yet.

    What is not met becomes a plan to print. Without `show`, these are the recommendations that the module addresses.
    """

    type: Literal["recommendations"] = "recommendations"
    id: Slug
    text: Markdown | None = None
    show: tuple[RecommendationId, ...] = ()
