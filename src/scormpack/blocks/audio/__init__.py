"""Something to listen to, and the same to read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.blocks.codes import ACC_01, SAF_08
from scormpack.diagnostics import Code
from scormpack.package import ACC_09
from scormpack.source.node import Node
from scormpack.vocabulary import AudioPath, Markdown, Title


class Speaker(Node):
    """A person who is heard: in which role, and whether invented or heard with consent."""

    codes: ClassVar[dict[str, Code]] = {"origin": SAF_08}

    role: str = Field(min_length=1, max_length=80)
    """The role in which the person speaks.
    Example: `A homecare worker`
    """
    origin: Literal["fictional", "used_with_consent"]
    """`used_with_consent` for a real person who has agreed to be heard."""


class Audio(Block):
    """A recording from the module's media folder. It never plays by itself; the transcript is right there."""

    codes: ClassVar[dict[str, Code]] = {"transcript": ACC_01, "autoplay": ACC_09}

    type: Literal["audio"] = "audio"
    title: Title
    """The title of the recording.
    Example: `Joy talks about her first time`
    """
    src: AudioPath
    """A recording in media/, MP3 or M4A.
    Example: `joy.mp3`
    """
    minutes: float = Field(gt=0, le=60)
    """Its length in minutes, with a fraction if you like.
    Example: `1.5`
    """
    speakers: tuple[Speaker, ...] = Field(min_length=1)
    """Who is heard.
    Example: `[{role: A homecare worker, origin: fictional}]`
    """
    summary: Markdown | None = None
    """What it is about.
    Example: `Joy says what helped her.`
    """
    transcript: Markdown
    """Every word, to read instead."""
