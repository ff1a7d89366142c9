"""The limits that rules measure against. A library may move one, and says why."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from pydantic import Field

from scormpack.source.node import Node

Limit: TypeAlias = Literal[
    "contact_error_days",
    "contact_warning_days",
    "decisions",
    "duration_percent",
    "grade_error",
    "grade_warning",
    "key_message_words",
    "media_file_mb",
    "micro_minutes",
    "package_most_mb",
    "package_mb",
    "paragraph_sentences",
    "review_months",
    "review_months_safety",
    "review_soon_days",
    "sentence_words",
    "session_minutes",
    "short_minutes",
    "smallest_group",
    "statement_words",
]

DEFAULTS: Final[dict[Limit, float]] = {
    "contact_error_days": 365,
    "contact_warning_days": 180,
    "decisions": 8,
    "duration_percent": 30,
    "grade_error": 9,
    "grade_warning": 6,
    "key_message_words": 25,
    "media_file_mb": 10,
    "micro_minutes": 10,
    "package_most_mb": 50,
    "package_mb": 5,
    "paragraph_sentences": 5,
    "review_months": 24,
    "review_months_safety": 12,
    "review_soon_days": 60,
    "sentence_words": 25,
    "session_minutes": 90,
    "short_minutes": 20,
    "smallest_group": 3,
    "statement_words": 40,
}


class Change(Node):
    """Another value for one limit, and the reason."""

    value: float = Field(gt=0, le=1000)
    """The value for this library.
    Example: `20`
    """
    reason: str = Field(min_length=10)
    """Why.
    Example: `Many of our workers learn English.`
    """
