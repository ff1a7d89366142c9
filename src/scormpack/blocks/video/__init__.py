"""A film, its captions, and the same to read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from scormpack.blocks.block import Block
from scormpack.blocks.codes import ACC_01
from scormpack.diagnostics import Code
from scormpack.package import ACC_09
from scormpack.vocabulary import CaptionsPath, Markdown, Phrase, PosterPath, Title, VideoPath


class Video(Block):
    """A film from the module's media folder. It never plays by itself."""

    codes: ClassVar[dict[str, Code]] = {"captions": ACC_01, "transcript": ACC_01, "autoplay": ACC_09}

    type: Literal["video"] = "video"
    title: Title
    """The title of the film.
    Example: `A moist mouth is comfort`
    """
    src: VideoPath
    """A film in media/, MP4 or WebM.
    Example: `mouth-care.mp4`
    """
    captions: CaptionsPath
    """Its captions in media/, WebVTT.
    Example: `mouth-care.vtt`
    """
    poster: PosterPath | None = None
    """A picture in media/ that is shown until it plays.
    Example: `mouth-care.jpg`
    """
    minutes: float = Field(gt=0, le=60)
    """Its length in minutes, with a fraction if you like.
    Example: `2`
    """
    summary: Markdown | None = None
    """What it is about.
    Example: `How to moisten the lips of someone who no longer drinks.`
    """
    transcript: Markdown
    """What is said and what is shown, to read instead."""
    audio_description: Phrase
    """Where the film is described for people who cannot see it, or why that is not needed.
    Example: `"No description is needed: the worker says each step before she does it."`
    """
