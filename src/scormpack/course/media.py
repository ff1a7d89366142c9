"""Media from authors: what they are, not what they are called."""

from __future__ import annotations

import re
from pathlib import Path

from scormpack.cache import NOTHING, Cache
from scormpack.course.captions import ARROW, check_captions
from scormpack.course.model import Asset
from scormpack.course.picture import USUAL, WIDTHS, picture, refuse, there
from scormpack.diagnostics import Place
from scormpack.source.files import read_bytes, read_text, within
from scormpack.vocabulary import AssetPath, AudioPath, CaptionsPath, PicturePath, PosterPath, VideoPath

LARGEST = 50_000_000  # bytes; ACC-08
LARGEST_CAPTIONS = 6_000_000  # bytes, of which each line takes fifty more in the memory
_MP3 = re.compile(rb"ID3|\xff[\xe0-\xff]")
_MPEG4 = re.compile(rb".{4}ftyp", re.DOTALL)
_CAPTIONS = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT[ \t\r\n]")

# By the field that names the file: how it may be called, and how its bytes begin.
_KINDS: dict[type[AssetPath], tuple[str, dict[str, re.Pattern[bytes]]]] = {
    AudioPath: ("recording", {".mp3": _MP3, ".m4a": _MPEG4}),
    VideoPath: ("film", {".mp4": _MPEG4, ".webm": re.compile(rb"\x1a\x45\xdf\xa3")}),
    CaptionsPath: ("file of captions", {".vtt": _CAPTIONS}),
}


def media(word: AssetPath, file: Path, library: Path, place: Place, cache: Cache = NOTHING) -> Asset:
    """The media file that `word` names, from `file` in the folder `library`.

    `place` is where it is named. Raises ContentError (FRM-11, FRM-15, SRC-01, SRC-04 to SRC-07).
    """
    path = f"media/{word}"
    if isinstance(word, PicturePath):
        widths = (USUAL,) if isinstance(word, PosterPath) else WIDTHS
        return picture(path, file, library, place, widths, cache)
    what, beginnings = _KINDS[type(word)]
    there(file, what, list(beginnings), place, library / "media")
    data = read_bytes(file, library, LARGEST)
    if not beginnings[file.suffix.lower()].match(data):
        refuse(f"`{file.name}` is not what its name says", place, "Save it again in that format.")
    if isinstance(word, CaptionsPath):
        text = read_text(file, library, LARGEST_CAPTIONS)
        if ARROW not in text:
            refuse(
                f"`{file.name}` holds no caption", place, "A caption begins with a line `00:00.000 --> 00:04.000`."
            )
        check_captions(text, within(file, library))
    return Asset(path, file, data)
