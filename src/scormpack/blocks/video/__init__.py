"""A film, its captions, and the same to read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.source.node import Title
from scormpack.source.reference import CaptionsPath, Markdown, PosterPath, VideoPath


class Video(Block):
    """A film from the module's media folder. It never plays by itself.

    `audio_description` says where the film is described for those who do not see it, or why that is not needed.
    """

    codes: ClassVar[dict[str, str]] = {"captions": "ACC-01", "transcript": "ACC-01", "autoplay": "ACC-09"}

    type: Literal["video"] = "video"
    title: Title
    src: VideoPath
    captions: CaptionsPath
    poster: PosterPath | None = None
    minutes: float = Field(gt=0, le=60)
    summary: Markdown | None = None
    transcript: Markdown
    audio_description: Markdown
