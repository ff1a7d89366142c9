"""What reviewers say about a module: comments beside the text, kept until somebody has answered them."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from scormpack.source.node import Node
from scormpack.source.word import Slug, Spelled
from scormpack.vocabulary import ONE_LINE

MOST_COMMENTS = 200  # on a module, those included that are resolved
LONGEST_QUOTE = 200  # characters

Name = Annotated[str, Field(min_length=1, max_length=70), Spelled(r"^[^\n\r\t]*$", ONE_LINE)]


class Comment(Node):
    """What one person said on one day about one place."""

    name: Name
    """Who says it.
    Example: `Grace Adeyemi`
    """
    date: datetime.date
    """The day on which it was said.
    Example: `2026-11-30`
    """
    resolved_on: datetime.date | None = None
    """The day on which somebody saw to it. Without it the comment is open.
    Example: `2026-12-02`
    """
    block: Slug | None = None
    """What it is about: the id of a block, or else of the page. Without it, the whole module.
    Example: `who-confirms`
    """
    quote: str = Field(default="", max_length=LONGEST_QUOTE)
    """The words that it is about, as they were then. Where the block has no id, they tell which one is meant.
    Example: `Who confirms a death?`
    """
    text: str = Field(min_length=1, max_length=2_000)
    """What is said, in plain words.
    Example: `We say “verify” here.`
    """


class Review(Node):
    """The file review.yaml of a module: `scormpack preview --review` adds to it, and so may anybody."""

    comments: tuple[Comment, ...] = Field(default=(), max_length=MOST_COMMENTS)
    """Every comment, the oldest first."""

    def nodes(self) -> list[Node]:
        """None: what is said about a module is no part of it, and no rule about its text holds there."""
        return []

    def open(self) -> tuple[Comment, ...]:
        """The comments that nobody has seen to."""
        return tuple(each for each in self.comments if each.resolved_on is None)
