"""A question to oneself. It is never marked and never leaves the device."""

from __future__ import annotations

from typing import ClassVar, Literal

from scormpack.blocks.block import Block
from scormpack.blocks.codes import PRV_01, QUZ_06
from scormpack.diagnostics import Code
from scormpack.source.word import Slug
from scormpack.vocabulary import ObjectiveId, Phrase


class Reflection(Block):
    """A prompt with a private note, kept on this device or not at all."""

    codes: ClassVar[dict[str, Code]] = {
        "store": PRV_01,
        "correct": QUZ_06,
        "critical": QUZ_06,
        "marks": QUZ_06,
    }

    type: Literal["reflection"] = "reflection"
    id: Slug
    """The name of the block. It never changes: what the learner writes is stored under it.
    Example: `noticed`
    """
    prompt: Phrase
    """What to think about.
    Example: `When did you last notice something that others missed?`
    """
    objective: ObjectiveId | None = None
    """The objective of module.yaml that this practises, by id.
    Example: `who-to-call`
    """
    store: Literal["none", "device"] = "device"
    """`device` keeps the note in the learner's browser; `none` offers no note, only the prompt."""
