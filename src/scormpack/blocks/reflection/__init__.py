"""A question to oneself. It is never marked and never leaves the device."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Block
from scormpack.source.reference import Markdown, ObjectiveId, Slug


class Reflection(Block):
    """A prompt with a private note, kept on this device or not at all."""

    codes: ClassVar[dict[str, str]] = {
        "store": "PRV-01",
        "correct": "QUZ-06",
        "critical": "QUZ-06",
        "marks": "QUZ-06",
    }

    type: Literal["reflection"] = "reflection"
    id: Slug
    prompt: Markdown
    objective: ObjectiveId | None = None
    store: Literal["none", "device"] = "device"
