"""The words of a PDF that Chromium has made: enough to see what stands on paper, and what does not."""

from __future__ import annotations

import re
import zlib
from unicodedata import normalize

STREAM = re.compile(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FONT = re.compile(
    rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Subtype /Type0(?:(?!endobj).)*?/ToUnicode (\d+) 0 R", re.DOTALL
)
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^<>]*?T[jJ])")
PAIRS = re.compile(rb"beginbfchar\n(.*?)endbfchar|beginbfrange\n(.*?)endbfrange", re.DOTALL)


def words_of(pdf: bytes) -> str:
    """All text in the order in which it is drawn, as `squeezed` writes it."""
    streams = {int(number): _inflated(data) for number, data in STREAM.findall(pdf)}
    fonts = {int(font): _letters(streams[int(table)]) for font, table in FONT.findall(pdf)}
    names = {name: int(font) for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", pdf)}
    letters: dict[int, str] = {}
    text = ""
    for stream in streams.values():
        for name, shown in SHOWN.findall(stream):
            if name:
                letters = fonts.get(names[name], {})
            text += "".join(letters.get(glyph, "") for glyph in _glyphs(shown))
    return squeezed(text)


def squeezed(text: str) -> str:
    """A text without spaces and without the signs that join letters."""
    return "".join(normalize("NFKC", text).split())


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""  # a picture


def _letters(table: bytes) -> dict[int, str]:
    """What each glyph of a font stands for."""
    found: dict[int, str] = {}
    for single, ranges in PAIRS.findall(table):
        for glyph, letter in re.findall(rb"<(\w+)> <(\w+)>", single):
            found[int(glyph, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
        for first, last, letter in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", ranges):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(letter, 16) + step)
    return found


def _glyphs(shown: bytes) -> list[int]:
    return [int(shown[place : place + 4], 16) for place in range(0, len(shown), 4)]
