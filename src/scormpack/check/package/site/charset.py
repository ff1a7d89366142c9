"""Bytes as the words that a browser shows, and what a page says of its own encoding (HTML, 13.2.3)."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from scormpack.source.patterns import pattern

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 1024  # bytes in which a browser looks for the encoding
_COMMENT = pattern(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARED = pattern(
    rb"""(?:<meta\b[^>]*?\bcharset|<\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
# What browsers read under these names (Encoding, 4.2).
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}


class Words(NamedTuple):
    """What a file says. `declared` is the encoding that it names, `mark` the one that its first bytes tell."""

    text: str
    declared: str = ""
    mark: str = ""
    data: bytes = b""


NONE = Words("")


def words(data: bytes, is_page: bool = True) -> Words:
    """`data` as text, whatever it is."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Words(data[len(mark) :].decode(encoding, "replace"), "", encoding, data)
    declared = _declared(data) if is_page else ""
    return Words(data.decode(encoding_of(declared) or _guessed(data), "replace"), declared, data=data)


def encoding_of(declared: str) -> str:
    """What a browser reads as, for a name that a page gives; empty if there is no such encoding."""
    try:
        name = codecs.lookup(declared).name
        "".encode(name)  # some of the names that Python knows are of no text
    except (LookupError, ValueError, TypeError):
        return ""
    return _READ_AS.get(name, name)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(_COMMENT.sub(b"", data[:_HEAD]))
    return found[1].decode("ascii", "replace") if found else ""


def _guessed(data: bytes) -> str:
    try:
        data.decode()
    except ValueError:
        return "cp1252"
    return "utf-8"
