"""Something to listen to, and the same to read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.node import Node, Title
from scormpack.source.reference import AudioPath, Markdown


class Speaker(Node):
    """Who is heard: as what, and whether the person is invented or has agreed to be heard."""

    codes: ClassVar[dict[str, str]] = {"origin": "SAF-08"}

    role: str = Field(min_length=1, max_length=80)
    origin: Literal["fictional", "used_with_consent"]


class Audio(Block):
    """A recording from the module's media folder. It never plays by itself; the transcript is right there."""

    codes: ClassVar[dict[str, str]] = {"transcript": "ACC-01", "autoplay": "ACC-09"}

    type: Literal["audio"] = "audio"
    title: Title
    src: AudioPath
    minutes: float = Field(gt=0, le=60)
    speakers: tuple[Speaker, ...] = Field(min_length=1)
    summary: Markdown | None = None
    transcript: Markdown
