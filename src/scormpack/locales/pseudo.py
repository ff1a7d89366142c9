"""Languages that nobody speaks, made from English: with them one sees whether other languages will have room.

They are called as Unicode's CLDR calls such languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

PSEUDO: Final = {"en-XA": "ltr", "ar-XB": "rtl"}  # and the direction of each
# Vowels twice, so that a word gets about a third longer, as it may in German or in Welsh.
_ACCENTED = str.maketrans(
    {**{vowel: f"{sign}{sign}" for vowel, sign in zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True)}}
    | dict(zip("cdglnrstyzCDGLNRSTYZ", "çđğļñŕšţýžÇĐĞĻÑŔŠŢÝŽ", strict=True))
)
_OUTSIDE = re.compile(r"(\{\w+\})")


def pseudo(language: str, english: Mapping[str, Any]) -> dict[str, Any]:
    """A language's words, made from the English ones: accented and longer."""
    words = {
        name: _longer(word)
        if isinstance(word, str)
        else {kind: form if kind == "by" else _longer(form) for kind, form in word.items()}
        for name, word in english.items()
    }
    return words | {"direction": PSEUDO[language]}


def _longer(text: str) -> str:
    parts = _OUTSIDE.split(text)
    return "".join(part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts))
