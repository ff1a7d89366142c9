"""How much of a package is looked into: so much that no course is longer, and so little that nobody waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scormpack.package import DESCRIPTORS
from scormpack.source.patterns import pattern

MOST_FILES: Final = 20_000
LARGEST_LIST: Final = 20_000_000  # bytes that a zip needs to list its files; 20,000 take two million
LARGEST_TEXT: Final = 20_000_000  # bytes of one; a whole course in one page has under ten million
ALL_TEXTS: Final = 60_000_000  # bytes
ALL_FILES: Final = 1_000_000_000  # bytes; platforms cap what they take at a fraction of it
MOST_MARKS: Final = 100_000  # elements of one page or descriptor; a manifest of 20,000 files has half of it
ALL_MARKS: Final = 1_000_000
MOST_ATTRIBUTES: Final = 400_000  # of one page or descriptor, each of which takes a hundred bytes in the memory
ALL_ATTRIBUTES: Final = 2_000_000
MOST_OF_ONE: Final = 300  # attributes of one element; they are held against each other, and a million take an hour
BEYOND: Final = "comes after more than enough others"

_TEXT = pattern(r"\.(x?html?|xht|css|m?js|json|xml|xsd|dtd|xsl|svg|txt|vtt|srt)", re.IGNORECASE)
_MARKED_UP = pattern(r"\.(x?html?|xht|xml|xsd|xsl|svg)", re.IGNORECASE)
# Most tags have a name and nothing else, and are passed over.
_TAG = pattern(
    rb"<(?:(!--.*?(?:-->|\Z)|(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z))"
    rb"|[a-z](?![a-z0-9]*+>)(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|))*+)",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = pattern(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++)|/")


def is_text(path: str) -> bool:
    """Whether rules read what is in the file."""
    return _TEXT.fullmatch(path[path.rfind(".") :]) is not None if "." in path else False


def rank(path: str) -> int:
    """What is read first: descriptors, then other texts. Of what lies beyond the bounds, they tell most."""
    return 0 if path in DESCRIPTORS else 1 if is_text(path) else 2


@dataclass
class Budget:
    """What may still be looked into."""

    room: int = ALL_FILES
    text: int = ALL_TEXTS
    marks: int = ALL_MARKS
    attributes: int = ALL_ATTRIBUTES

    def refuses(self, path: str, size: int) -> str:
        """Why the file is not unpacked; empty if it is, and then its bytes are taken from what may be."""
        if is_text(path) and size > LARGEST_TEXT:
            return f"has {size:,} bytes of text"
        if size > self.room or (is_text(path) and size > self.text):
            return BEYOND
        self.room -= size
        self.text -= size if is_text(path) else 0
        return ""

    def refuses_text(self, path: str, data: bytes) -> str:
        """Why no tree is made of a text; empty if one may be."""
        if not _MARKED_UP.fullmatch(path[path.rfind(".") :]):
            return ""
        data = data.replace(b"\0", b"") if b"\0" in data else data  # of UTF-16
        marks = data.count(b"<")
        if marks > MOST_MARKS:
            return f"has {marks:,} elements"
        if marks > self.marks:
            return BEYOND
        self.marks -= marks
        tags = (_VALUE.sub(b" ", found[0]) for found in _TAG.finditer(data) if not found[1])
        return self._refuses_attributes([len(tag.split()) - 1 for tag in tags])

    def _refuses_attributes(self, counts: list[int]) -> str:
        count, most = sum(counts), max(counts, default=0)
        if most > MOST_OF_ONE:
            return f"has an element with {most:,} attributes"
        if count > MOST_ATTRIBUTES:
            return f"has {count:,} attributes"
        if count > self.attributes:
            return BEYOND
        self.attributes -= count
        return ""
